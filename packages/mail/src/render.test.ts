import { describe, expect, it } from 'vitest';
import { renderLetter } from './render.js';

const evil = `<img src=x onerror="alert('1')">&`;
const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';

describe('a letter', () => {
  it('is text and a page that say the same', () => {
    const { subject, text, html } = renderLetter(
      {
        subject: 'Plassen din er bekreftet',
        paragraphs: ['Hei.', 'Du har\nto plasser.', '  '],
        link: { label: 'Se påmeldingen', url: 'https://a.no/p?x=1&y=2' },
      },
      'nb',
    );
    expect(subject).toBe('Plassen din er bekreftet');
    expect(text).toBe('Hei.\n\nDu har\nto plasser.\n\nSe påmeldingen:\nhttps://a.no/p?x=1&y=2\n');
    expect(html).toContain('<html lang="nb">');
    expect(html).toContain('<title>Plassen din er bekreftet</title>');
    expect(html).toContain('<p>Du har<br>to plasser.</p>');
    expect(html).toContain('<a href="https://a.no/p?x=1&amp;y=2">Se påmeldingen</a>');
    expect(html).not.toContain('<p></p>');
  });

  it('escapes all that is said, and brings no pictures', () => {
    const { html } = renderLetter(
      { subject: evil, paragraphs: [evil], link: { label: evil, url: `https://a.no/"><img src=x>` } },
      'en',
    );
    expect(html).not.toContain('<img');
    expect(html.split(escaped)).toHaveLength(5);
  });

  it('has one line of subject, whatever it is made of', () => {
    const { subject } = renderLetter(
      { subject: 'Hei\r\nBcc: alle@a.no\u2028\u0000 du', paragraphs: [] },
      'nb',
    );
    expect(subject).toBe('Hei Bcc: alle@a.no du');
    expect(renderLetter({ subject: 'x'.repeat(900), paragraphs: [] }, 'nb').subject).toHaveLength(250);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])('does not link to %s', (url) => {
    expect(() => renderLetter({ subject: 's', paragraphs: [], link: { label: 'x', url } }, 'nb')).toThrow();
  });
});
