import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openMailStore, startSmtp } from './mail.test-support.js';
import { KEPT, LEASE, Outbox, PATIENCE, pauseAfter } from './outbox.js';
import { sendMail, sendWaiting } from './send-mail.js';
import { type SendLetter, smtpSender } from './smtp-sender.js';

let mail: Awaited<ReturnType<typeof openMailStore>>;
beforeAll(async () => {
  mail = await openMailStore();
});
afterAll(() => mail.close());
beforeEach(() => mail.empty());
// Whatever happened to a letter, the log tells neither whom it was to nor what it said.
afterEach(() => {
  expect(mail.log.map(({ text }) => text).join()).not.toMatch(/firma|@|Nordmann|Velkommen|Åse/);
});

async function smtp(...options: Parameters<typeof startSmtp>) {
  const server = await startSmtp(...options);
  onTestFinished(server.close);
  const store = mail.storeOf({ mail: server.route });
  const outbox = new Outbox(store);
  const send = smtpSender(server.route);
  return { ...server, store, outbox, send, run: () => sendWaiting(store, outbox, send) };
}
const states = async () => (await mail.rows()).map(({ state }) => state);
const HOUR = 3_600_000;

/** What stands in a message, with its parts decoded as far as these tests need it. */
const decoded = (source: string) =>
  source
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/(=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());

describe('sending', () => {
  it('gives the mail server the letter, as text and as a page', async () => {
    const { run, received } = await smtp();
    await mail.queue();
    await run();
    expect(received).toHaveLength(1);
    const [{ from, to, source, messageId }] = received as [(typeof received)[0]];
    const [row] = await mail.rows();
    expect(from).toBe('ikke-svar@samspill.example.no');
    expect(to).toEqual(['ase@firma.example.no']);
    expect(messageId).toBe(row?.message_id);
    expect(source).toMatch(/^Date: Thu, 01 Oct 2026 08:00:00 \+0000\r$/m);
    expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(source).toContain('text/plain; charset=utf-8');
    expect(source).toContain('text/html; charset=utf-8');
    expect(source).not.toContain('text/calendar');
    expect(decoded(source)).toContain('Velkommen, Åse.');
    expect(row).toMatchObject({ state: 'SENT', attempts: 1, failure: null });
    await run();
    expect(received).toHaveLength(1);
  });

  it('brings an invitation in the manner that mail programmes understand', async () => {
    const { run, received } = await smtp();
    await mail.queue({ calendar: 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n' });
    await run();
    expect(received[0]?.source).toMatch(/text\/calendar; charset=utf-8;\s*method=CANCEL/i);
    expect(received[0]?.source).toContain('filename=samspill.ics');
  });

  it('lets nothing that somebody wrote become a header or a receiver', async () => {
    const { run, received } = await smtp();
    const name = 'Åse", <b@c.no>\r\nBcc: alle@a.no\r\n\r\n<script>';
    await mail.queue({ data: { name }, to: { email: 'ase@firma.example.no', name } });
    await run();
    expect(received[0]?.to).toEqual(['ase@firma.example.no']);
    const [head = ''] = received[0]?.source.split('\r\n\r\n') ?? [];
    expect(head).not.toMatch(/^Bcc:/im);
    expect(head.match(/^(To|Subject|From):/gm)).toHaveLength(3);
    const [, page] = decoded(received[0]?.source ?? '').split('text/html');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });

  it('is done once by two that send at the same time', async () => {
    const { run, received, store, outbox } = await smtp();
    const { route, ...second } = await smtp();
    const other = () => sendWaiting(store, outbox, second.send);
    for (let letter = 0; letter < 40; letter += 1) await mail.queue({ once: `hello:${letter}` });
    await Promise.all([run(), other(), run(), other()]);
    const all = [...received, ...second.received];
    expect(all).toHaveLength(40);
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(40);
    expect(second.received.length).toBeGreaterThan(0);
    expect(new Set(await states())).toEqual(new Set(['SENT']));
  });

  it('takes over from one that died before the letter was sent, once its time is over', async () => {
    const { run, received, outbox } = await smtp();
    await mail.queue();
    expect(await outbox.claim()).not.toBeNull();
    await run();
    expect(received).toHaveLength(0);
    mail.clock.advance(LEASE - 1);
    await run();
    expect(received).toHaveLength(0);
    mail.clock.advance(1);
    await run();
    expect(received).toHaveLength(1);
    expect(await mail.rows()).toMatchObject([{ state: 'SENT', attempts: 2 }]);
  });

  it('sends the very same message again for one that died before it could say that it was sent', async () => {
    const { run, received, outbox, send } = await smtp();
    await mail.queue();
    const letter = await outbox.claim();
    if (!letter) throw new Error('There is a letter.');
    expect(await send(letter)).toEqual({ kind: 'SENT' });
    mail.clock.advance(LEASE);
    await run();
    expect(received).toHaveLength(2);
    expect(received[0]?.messageId).toBe(received[1]?.messageId);
    expect(received[0]?.messageId).toMatch(/^<[\w-]{36}@/);
    const [first, second] = received.map(({ source }) => /^Date: (.*)\r$/m.exec(source)?.[1]);
    expect(first).toBe(second);
    mail.clock.advance(PATIENCE);
    await run();
    expect(received).toHaveLength(2);
  });

  it('does not count against a letter what one who has lost it says of it', async () => {
    const { outbox } = await smtp();
    await mail.queue();
    const slow = await outbox.claim();
    mail.clock.advance(LEASE);
    const quick = await outbox.claim();
    if (!slow || !quick) throw new Error('There is a letter.');
    await outbox.postpone(slow, 'ETIMEDOUT');
    await outbox.refused(slow, 'EENVELOPE 550');
    expect(await mail.rows()).toMatchObject([{ state: 'WAITING', attempts: 2, failure: null }]);
    await outbox.sent(slow);
    await outbox.postpone(quick, 'ETIMEDOUT');
    expect(await states()).toEqual(['SENT']);
  });
});

describe('a letter that cannot be sent', () => {
  const answer = (responseCode: number, message: string) =>
    Object.assign(new Error(message), { responseCode });

  it('is tried again later, and arrives', async () => {
    let isBusy = true;
    const { run, received } = await smtp({
      onRcptTo: ({ address }, _, done) => done(isBusy ? answer(451, `Try later for ${address}`) : undefined),
    });
    await mail.queue();
    await run();
    expect(await mail.rows()).toMatchObject([{ state: 'WAITING', attempts: 1, failure: 'EENVELOPE 451' }]);
    isBusy = false;
    mail.clock.advance(pauseAfter(1) - 1);
    await run();
    expect(received).toHaveLength(0);
    mail.clock.advance(1);
    await run();
    expect(received).toHaveLength(1);
    expect(await mail.rows()).toMatchObject([{ state: 'SENT', attempts: 2, failure: null }]);
  });

  it('is given up after three days, loudly', async () => {
    const { log } = mail;
    const send: SendLetter = async () => ({ kind: 'LATER', failure: 'EENVELOPE 451' });
    const outbox = new Outbox(mail.store);
    const run = () => sendWaiting(mail.store, outbox, send);
    await mail.queue();
    const start = mail.clock.now().getTime();
    let runs = 0;
    while ((await states())[0] === 'WAITING' && runs < 1_000) {
      await run();
      mail.clock.advance(HOUR / 4);
      runs += 1;
    }
    expect(await states()).toEqual(['FAILED']);
    const days = (mail.clock.now().getTime() - start) / 24 / HOUR;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.2);
    const [row] = await mail.rows();
    expect(row?.attempts).toBeGreaterThan(35);
    expect(row?.attempts).toBeLessThan(60);
    const errors = log.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]?.text).toContain(row?.id);
    expect(errors[0]?.text).toContain('EENVELOPE 451');
  });

  it('is given up at once where there is no such mailbox', async () => {
    const { run } = await smtp({
      onRcptTo: ({ address }, _, done) => done(answer(550, `5.1.1 <${address}> is unknown`)),
    });
    await mail.queue();
    await run();
    expect(await mail.rows()).toMatchObject([{ state: 'FAILED', attempts: 1, failure: 'EENVELOPE 550' }]);
    expect(mail.log).toMatchObject([{ level: 'error' }]);
  });

  it.each([
    [
      'may not send by this server',
      { onRcptTo: (_a, _s, done) => done(answer(550, '5.7.1 Relaying denied')) },
    ],
    ['may not send as this address', { onMailFrom: (_a, _s, done) => done(answer(553, 'Not yours')) }],
  ] satisfies [string, Parameters<typeof startSmtp>[0]][])(
    'waits where somebody has to mend that we %s',
    async (_, options) => {
      const { run } = await smtp(options);
      await mail.queue();
      await run();
      expect(await states()).toEqual(['WAITING']);
    },
  );

  it('waits while there is no server, and does not try all the others in vain', async () => {
    const { run, close } = await startSmtp().then((server) => {
      const store = mail.storeOf({ mail: server.route });
      return { ...server, run: () => sendWaiting(store, new Outbox(store), smtpSender(server.route)) };
    });
    await close();
    for (let letter = 0; letter < 20; letter += 1) await mail.queue({ once: `hello:${letter}` });
    await run();
    const rows = await mail.rows();
    expect(rows.every(({ state }) => state === 'WAITING')).toBe(true);
    expect(rows.filter(({ attempts }) => attempts > 0).length).toBeLessThanOrEqual(4);
  });

  it('does not hold up the letters behind it', async () => {
    const { run, received } = await smtp({
      onRcptTo: ({ address }, _, done) =>
        done(address.startsWith('borte') ? answer(451, 'Later') : undefined),
    });
    await mail.queue({ once: 'a', to: { email: 'borte@firma.example.no' } });
    await mail.queue({ once: 'b' });
    await run();
    expect(received).toHaveLength(1);
  });

  it('is not held for ever by a server that says nothing', async () => {
    const { route } = await smtp({ onData: () => undefined });
    await mail.queue();
    const outbox = new Outbox(mail.storeOf({ mail: route }));
    const letter = await outbox.claim();
    if (!letter) throw new Error('There is a letter.');
    expect(await smtpSender(route, 200)(letter)).toEqual({ kind: 'UNREACHABLE', failure: 'TOO_LONG' });
  });

  it('that ends whoever tries it is given up all the same', async () => {
    const { outbox, run, received } = await smtp();
    await mail.queue();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await outbox.claim();
      mail.clock.advance(PATIENCE / 2);
    }
    await run();
    expect(received).toHaveLength(0);
    expect(await states()).toEqual(['FAILED']);
  });

  it('gets its chance after a week in which nobody sent anything', async () => {
    const { run, received } = await smtp();
    await mail.queue();
    mail.clock.advance(7 * 24 * HOUR);
    await run();
    expect(received).toHaveLength(1);
  });

  it('lets what is under way end before a failure of ours is told', async () => {
    const { store, outbox } = await smtp();
    for (const once of ['a', 'b']) await mail.queue({ once });
    let ended = 0;
    let calls = 0;
    const send: SendLetter = async () => {
      calls += 1;
      if (calls === 1) throw new Error('A fault of ours');
      await pause(50);
      ended += 1;
      return { kind: 'SENT' };
    };
    await expect(sendWaiting(store, outbox, send)).rejects.toThrow('A fault of ours');
    expect(ended).toBe(1);
  });
});

describe('without a mail server', () => {
  it('letters are delivered into the mailbox, by the work of the service', async () => {
    const stop = await sendMail(mail.store);
    onTestFinished(stop);
    await mail.queue();
    await expect.poll(states, { timeout: 5_000 }).toEqual(['SENT']);
    expect(mail.log).toEqual([]);
    await stop();
    await mail.queue({ once: 'later' });
    await pause(1_300);
    expect((await states()).sort()).toEqual(['SENT', 'WAITING']);
  });

  it('an operator is told, where nobody could open the mailbox', async () => {
    const stop = await sendMail(mail.storeOf({}));
    await stop();
    expect(mail.log).toMatchObject([{ level: 'warn' }]);
    expect(mail.log[0]?.text).toContain('SMTP_URL');
  });

  it('each is delivered once, by as many as there are', async () => {
    for (let letter = 0; letter < 450; letter += 1) await mail.queue({ once: `hello:${letter}` });
    const outbox = new Outbox(mail.store);
    const delivered = await Promise.all(Array.from({ length: 6 }, () => outbox.deliver()));
    expect(delivered.reduce((sum, each) => sum + each)).toBe(450);
    expect((await mail.rows()).every(({ state, attempts }) => state === 'SENT' && attempts === 1)).toBe(true);
  });
});

it('empties letters a month after they were sent or given up, and keeps that there were', async () => {
  const { run, outbox } = await smtp({
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith('borte') ? Object.assign(new Error('no'), { responseCode: 550 }) : undefined),
  });
  await mail.queue({ once: 'a', personId: 'P-1', calendar: 'METHOD:REQUEST' });
  await mail.queue({ once: 'b', to: { email: 'borte@firma.example.no' } });
  await run();
  await mail.queue({ once: 'c' });
  mail.clock.advance(KEPT - 1);
  await outbox.clear();
  expect((await mail.rows()).every(({ to_email: email }) => email !== null)).toBe(true);
  mail.clock.advance(1);
  await outbox.clear();
  const rows = await mail.rows();
  expect(rows.map(({ state }) => state).sort()).toEqual(['FAILED', 'SENT', 'WAITING']);
  for (const row of rows) {
    const { person_id, to_email, to_name, subject, body_text, body_html, calendar } = row;
    const said = [person_id, to_email, to_name, subject, body_text, body_html, calendar];
    if (row.state === 'WAITING') expect(row.to_email).toBe('ase@firma.example.no');
    else expect(said).toEqual(Array(7).fill(null));
  }
});
