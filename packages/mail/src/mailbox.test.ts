import { PublicError, type RequestContext } from '@samspill/subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMailStore } from './mail.test-support.js';
import { mailboxRoutes } from './mailbox.js';
import { KEPT, Outbox } from './outbox.js';

let mail: Awaited<ReturnType<typeof openMailStore>>;
beforeAll(async () => {
  mail = await openMailStore();
});
afterAll(() => mail.close());
beforeEach(() => mail.empty());

const ORIGIN = 'http://127.0.0.1:4000';
const deliver = async () => {
  while ((await new Outbox(mail.store).deliver()) > 0);
};

async function open(path: string, params: Record<string, string> = {}, language = 'nb') {
  const url = new URL(path, ORIGIN);
  const pattern = [
    '/mailbox',
    ...('id' in params ? ['/:id'] : []),
    ...(path.endsWith('/html') ? ['/html'] : []),
  ].join('');
  const route = mailboxRoutes(mail.store).find((each) => each.path === pattern);
  if (!route) throw new Error(`There is no ${pattern}.`);
  const context = { language } as RequestContext;
  const response = await route.handle({ request: new Request(url), url, params, context });
  return { response, html: await response.text() };
}
const letter = async (id: string, path = '') => open(`/events/mailbox/${id}${path}`, { id });

describe('the mailbox', () => {
  it('is there for a developer alone', () => {
    const route = { smtpUrl: 'smtp://x', from: 'a@b.no' };
    expect(mailboxRoutes(mail.storeOf({ personas: true })).map(({ path }) => path)).toEqual([
      '/mailbox',
      '/mailbox/:id',
      '/mailbox/:id/html',
    ]);
    expect(mailboxRoutes(mail.storeOf({}))).toEqual([]);
    expect(mailboxRoutes(mail.storeOf({ personas: false }))).toEqual([]);
    expect(mailboxRoutes(mail.storeOf({ personas: true, mail: route }))).toEqual([]);
  });

  it('has what was delivered, and not what waits', async () => {
    expect((await open('/events/mailbox')).html).toContain('Ingen brev ennå.');
    await mail.queue();
    expect((await open('/events/mailbox')).html).toContain('Ingen brev ennå.');
    await deliver();
    const { html, response } = await open('/events/mailbox');
    expect(html).toContain('Hei, Åse');
    expect(html).toContain('Åse Nordmann &lt;ase@firma.example.no&gt;');
    expect(html).toMatch(/^<!doctype html>\n<html lang="nb">/);
    expect(html).toContain('<th scope="col">Emne</th>');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/style-src 'sha256-[\w+/=]+';/);
    expect(policy).not.toContain('unsafe');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['nb', 'Postkasse'],
    ['nn', 'Dei kjem hit'],
    ['en', 'Mailbox'],
  ])('speaks %s', async (language, expected) => {
    expect((await open('/events/mailbox', {}, language)).html).toContain(expected);
  });

  it('shows the newest first, in pages that miss and repeat nothing', async () => {
    // Three at each point in time, so that time alone does not tell them apart.
    for (let each = 0; each < 120; each += 1) {
      if (each % 3 === 0) mail.clock.advance(1);
      await mail.queue({ once: `hello:${each}`, data: { name: `nr. ${each};` } });
    }
    await deliver();
    const seen: number[] = [];
    let path: string | undefined = '/events/mailbox';
    let pages = 0;
    while (path) {
      const { html } = await open(path);
      pages += 1;
      seen.push(...[...html.matchAll(/nr\. (\d+);/g)].map((match) => Number(match[1])));
      path = /<a href="([^"]+)" rel="next">/.exec(html)?.[1];
    }
    expect(pages).toBe(3);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    const times = seen.map((each) => Math.floor(each / 3));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it.each(['x', "1.'; drop table events.mail", '1', '99999999999999999.a'])(
    'refuses the page %j',
    async (before) => {
      await expect(open(`/events/mailbox?before=${encodeURIComponent(before)}`)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    },
  );
});

describe('a letter in it', () => {
  it('can be read, and what it asks for done', async () => {
    await mail.queue({ calendar: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST' });
    await deliver();
    const [row] = await mail.rows();
    const { html } = await letter(row?.id ?? '');
    expect(html).toContain('<h1 lang="nb">Hei, Åse</h1>');
    expect(html).toContain('<p>Velkommen, Åse.</p>');
    expect(html).toContain('<a href="https://a.example.no/p/1?x=1&amp;y=2" rel="noreferrer">');
    expect(html).toContain('METHOD:REQUEST</pre>');
  });

  it('can be seen as mail programmes show it, and does nothing there', async () => {
    await mail.queue();
    await deliver();
    const [row] = await mail.rows();
    const { html, response } = await letter(row?.id ?? '', '/html');
    expect(html).toBe(row?.body_html);
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'; style-src 'unsafe-inline'",
    );
  });

  it('is shown as text, whatever is written in it', async () => {
    const evil = `</title><script>alert(1)</script><img src=x onerror="alert('2')">`;
    await mail.queue({ data: { name: evil }, to: { email: 'a@b.no', name: evil }, calendar: evil });
    await deliver();
    const [row] = await mail.rows();
    for (const { html } of [
      await open('/events/mailbox'),
      await letter(row?.id ?? ''),
      await letter(row?.id ?? '', '/html'),
    ]) {
      expect(html).not.toMatch(/<script|<img/);
      expect(html.match(/<\/title>/g)).toHaveLength(1);
      expect(html).toContain('&lt;script&gt;');
    }
  });

  it('is empty once it is old', async () => {
    await mail.queue();
    await deliver();
    mail.clock.advance(KEPT);
    await new Outbox(mail.store).clear();
    const [row] = await mail.rows();
    expect((await open('/events/mailbox')).html).toContain('(slettet)');
    expect((await letter(row?.id ?? '')).html).not.toContain('Åse');
    await expect(letter(row?.id ?? '', '/html')).rejects.toThrow(PublicError);
  });

  it.each(['nothing', "' or true --"])('is not found as %j', async (id) => {
    await expect(letter(encodeURIComponent(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
