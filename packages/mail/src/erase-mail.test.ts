import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eraseMailOf, type MailOwner } from './erase-mail.js';
import { openMailStore, startSmtp } from './mail.test-support.js';
import { Outbox } from './outbox.js';
import { smtpSender } from './smtp-sender.js';

let mail: Awaited<ReturnType<typeof openMailStore>>;
beforeAll(async () => {
  mail = await openMailStore();
});
afterAll(() => mail.close());

const kari = { email: 'kari@firma.example.no', name: 'Kari' };
beforeEach(async () => {
  await mail.empty();
  // Sent: one by id, one by address alone. Waiting: one of hers, one of somebody else's.
  await mail.queue({
    once: 'sent',
    personId: 'P-kari',
    to: kari,
    data: { name: 'Kari' },
    about: { type: 'Event', id: 'e-1' },
  });
  await mail.queue({
    once: 'address',
    to: { email: 'KARI@firma.example.no' },
    data: { name: 'Kari' },
    about: { type: 'Event', id: 'e-2' },
  });
  await mail.queue({ once: 'others', personId: 'P-ola', about: { type: 'Event', id: 'e-1' } });
  await new Outbox(mail.store).deliver();
  await mail.queue({
    once: 'waiting',
    personId: 'P-kari',
    to: kari,
    data: { name: 'Kari' },
    about: { type: 'Event', id: 'e-1' },
  });
  await mail.queue({ once: 'others waiting', personId: 'P-ola', about: { type: 'Event', id: 'e-2' } });
});

const erase = (who: MailOwner) =>
  mail.store.as('system').transactional((em) => eraseMailOf(em, 'events', who));
const left = async () =>
  (await mail.rows())
    .filter(({ to_email: email }) => email !== null)
    .map(({ subject, state, about_id }) => [subject, state, about_id].join())
    .sort();

describe('erasing a person', () => {
  it('leaves nothing of them, everything of others, and the counts', async () => {
    await erase({ personId: 'P-kari', email: kari.email });
    const rows = await mail.rows();
    expect(JSON.stringify(rows)).not.toMatch(/kari/i);
    expect(rows).toHaveLength(5);
    expect(rows.map(({ state }) => state).sort()).toEqual(['SENT', 'SENT', 'SENT', 'WAITING', 'WITHDRAWN']);
    expect(await left()).toEqual(['Hei, Åse,SENT,e-1', 'Hei, Åse,WAITING,e-2']);
  });

  it('sends nothing that waited for them, and the same letter does not come back', async () => {
    await erase({ personId: 'P-kari' });
    await mail.queue({ once: 'waiting', personId: 'P-kari', to: kari });
    const server = await startSmtp();
    const outbox = new Outbox(mail.store);
    const send = smtpSender(server.route);
    for (let letter = await outbox.claim(); letter; letter = await outbox.claim()) await send(letter);
    expect(server.received.map(({ to }) => to[0])).toEqual(['ase@firma.example.no']);
    await server.close();
  });

  it('can be by address alone, in whatever letters it was written', async () => {
    await erase({ email: 'kari@FIRMA.example.no' });
    expect(JSON.stringify(await mail.rows())).not.toMatch(/kari@|Kari/);
  });

  it('can be of what is about one thing, of everybody or of one', async () => {
    await erase({ personId: 'P-kari', about: { type: 'Event', id: 'e-1' } });
    expect(await left()).toEqual(['Hei, Kari,SENT,e-2', 'Hei, Åse,SENT,e-1', 'Hei, Åse,WAITING,e-2']);
    await erase({ about: { type: 'Event', id: 'e-2' } });
    expect(await left()).toEqual(['Hei, Åse,SENT,e-1']);
  });

  it('is never of everybody by mistake', async () => {
    await expect(erase({})).rejects.toThrow();
    expect(await left()).toHaveLength(5);
  });

  it('counts a letter that was on its way as sent, and knows no more of it', async () => {
    const outbox = new Outbox(mail.store);
    const letters = [await outbox.claim(), await outbox.claim()];
    const letter = letters.find((each) => each?.toEmail === kari.email);
    if (!letter) throw new Error('It waits.');
    await erase({ personId: 'P-kari', email: kari.email });
    await outbox.sent(letter);
    const row = (await mail.rows()).find(({ id }) => id === letter.id);
    expect(row).toMatchObject({ state: 'SENT', to_email: null, subject: null, body_text: null });
  });
});
