import { describe, expect, it } from 'vitest';
import type { Block, PrintedDocument } from './document.js';
import { renderHtml } from './render-html.js';
import { htmlResponse, pdfResponse } from './responses.js';

const document = (blocks: readonly Block[], more: Partial<PrintedDocument> = {}): PrintedDocument => ({
  title: 'Oppsummering',
  language: 'nn',
  author: 'Indre Østfold kommune',
  createdAt: new Date('2026-10-17T12:00:00Z'),
  blocks,
  ...more,
});

describe('a page', () => {
  it('is complete, in its language, with headings and tables that say what they are', () => {
    const html = renderHtml(
      document([
        { kind: 'title', text: 'Tittel' },
        { kind: 'heading', text: 'Del' },
        { kind: 'paragraph', text: 'Éi\nto' },
        { kind: 'list', items: ['a', 'b'] },
        { kind: 'table', columns: ['Nr.', 'Navn'], rows: [['1', 'Åse'], ['2']] },
        { kind: 'small', text: 'liten' },
        { kind: 'space' },
      ]),
    );
    expect(html).toMatch(/^<!doctype html>\n<html lang="nn">/);
    expect(html).toContain('<meta charset="utf-8">');
    expect(html).toContain('<title>Oppsummering</title>');
    expect(html).toContain('<h1>Tittel</h1>');
    expect(html).toContain('<h2>Del</h2>');
    expect(html).toContain('<p>Éi<br>to</p>');
    expect(html).toContain('<li>a</li>');
    expect(html).toContain('<thead><tr><th scope="col">Nr.</th><th scope="col">Navn</th></tr></thead>');
    expect(html).toContain('<tr><td>1</td><td>Åse</td></tr>');
    expect(html).toContain('<tr><td>2</td><td></td></tr>');
    expect(html).toContain('@media print');
  });

  it('escapes all that is said, everywhere', () => {
    const evil = `</title><script>alert('1')</script><img src=x onerror="x">&\u0000`;
    const blocks: Block[] = [
      { kind: 'title', text: evil },
      { kind: 'heading', text: evil },
      { kind: 'paragraph', text: evil },
      { kind: 'small', text: evil },
      { kind: 'list', items: [evil] },
      { kind: 'table', columns: [evil], rows: [[evil]] },
    ];
    const html = renderHtml(document(blocks, { title: evil, author: evil }));
    expect(html).not.toMatch(/<script|<img/);
    expect(html).not.toContain('\u0000');
    expect(html.match(/<\/title>/g)).toHaveLength(1);
    const escaped =
      '&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&lt;img src=x onerror=&quot;x&quot;&gt;&amp;';
    expect(html.split(escaped)).toHaveLength(10);
  });

  it('refuses a row with more cells than there are columns', () => {
    const table: Block = { kind: 'table', columns: ['a'], rows: [['1', '2']] };
    expect(() => renderHtml(document([table]))).toThrow(RangeError);
  });
});

describe('answers', () => {
  it('let a page show itself and do nothing else', async () => {
    const response = htmlResponse('<p>ø</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'unsafe-inline'");
    expect(policy).not.toContain('script-src');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('<p>ø</p>');
  });

  it.each([
    [
      'Bevis for Åse.pdf',
      'inline; filename="Bevis for _se.pdf"; filename*=UTF-8\'\'Bevis%20for%20%C3%85se.pdf',
    ],
    ['../../etc/passwd', 'inline; filename="..-..-etc-passwd.pdf"; filename*=UTF-8\'\'..-..-etc-passwd.pdf'],
    [
      'a"\r\nSet-Cookie: x',
      'inline; filename="a- Set-Cookie- x.pdf"; filename*=UTF-8\'\'a-%20Set-Cookie-%20x.pdf',
    ],
    ['', 'inline; filename="dokument.pdf"; filename*=UTF-8\'\'dokument.pdf'],
    ['\ud800 100%', 'inline; filename="100_.pdf"; filename*=UTF-8\'\'100%25.pdf'],
  ])('give %j a name that is safe', async (name, expected) => {
    const response = pdfResponse(new Uint8Array([37, 80]), name);
    expect(response.headers.get('content-disposition')).toBe(expected);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array([37, 80]));
  });
});
