import { isRefusedByDatabase } from '@samspill/subgraph';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidEmailAddress } from './email-address.js';
import { hello, openMailStore } from './mail.test-support.js';
import { queueMail } from './queue-mail.js';

let mail: Awaited<ReturnType<typeof openMailStore>>;
beforeAll(async () => {
  mail = await openMailStore();
});
afterAll(() => mail.close());
beforeEach(() => mail.empty());

describe('a letter that is queued', () => {
  it('is rendered then, in the language of whom it is to', async () => {
    await mail.queue({ language: 'nb', once: 'a' });
    await mail.queue({ language: 'nn', once: 'b' });
    await mail.queue({ language: 'en', once: 'c', calendar: 'BEGIN:VCALENDAR', personId: 'P-1' });
    const rows = await mail.rows();
    expect(rows.map(({ subject }) => subject).sort()).toEqual(['Hei, Åse', 'Hei, Åse', 'Hello, Åse']);
    expect(rows.map(({ body_text: text }) => text?.split('\n')[0]).sort()).toEqual([
      'Velkomen, Åse.',
      'Velkommen, Åse.',
      'Welcome, Åse.',
    ]);
    const english = rows.find(({ subject }) => subject === 'Hello, Åse');
    expect(english).toMatchObject({
      state: 'WAITING',
      attempts: 0,
      to_email: 'ase@firma.example.no',
      to_name: 'Åse Nordmann',
      person_id: 'P-1',
      calendar: 'BEGIN:VCALENDAR',
      message_id: `<${english?.id}@localhost>`,
    });
  });

  it('is there once for what it is for, however often that is done', async () => {
    await mail.queue();
    await mail.queue({ data: { name: 'en annen' } });
    await mail.store.as('writer').transactional(async (em) => {
      await queueMail({ em }, mail.store, hello());
      await queueMail({ em }, mail.store, hello({ once: 'hello:2' }));
      await queueMail({ em }, mail.store, hello({ once: 'hello:2' }));
    });
    const rows = await mail.rows();
    expect(rows).toHaveLength(2);
    expect(rows.map(({ subject }) => subject)).toEqual(['Hei, Åse', 'Hei, Åse']);
    expect(JSON.stringify(rows)).not.toContain('hello:1');
  });

  it('goes with the change that it tells of', async () => {
    const failing = mail.store.as('writer').transactional(async (em) => {
      await queueMail({ em }, mail.store, hello());
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await mail.rows()).toEqual([]);
  });

  it('does not count as written when it was there already', async () => {
    await mail.queue();
    await mail.store.as('writer').transactional(async (em) => {
      await queueMail({ em }, mail.store, hello());
      const [row] = await em.execute<{ written: boolean }[]>(
        'select pg_current_xact_id_if_assigned() is not null as written',
      );
      expect(row?.written).toBe(false);
    });
  });

  it('is refused where the address is none, without the address in the message', async () => {
    const error = await mail.queue({ to: { email: 'x@y.no\r\nBcc: hemmelig@a.no' } }).catch((each) => each);
    expect(error).toBeInstanceOf(InvalidEmailAddress);
    expect(String(error)).not.toContain('hemmelig');
    expect(await mail.rows()).toEqual([]);
  });

  it('has a name on one line', async () => {
    await mail.queue({ to: { email: 'a@b.no', name: 'Åse\r\nBcc: x@y.no' } });
    expect((await mail.rows())[0]?.to_name).toBe('Åse Bcc: x@y.no');
  });

  it('can be of whatever somebody wrote', async () => {
    const name = 'half \ud800 and \u0000 none';
    await mail.queue({ data: { name }, to: { email: 'a@b.no', name } });
    expect((await mail.rows())[0]?.to_name).toBe('half \uFFFD and none');
  });
});

describe('the database alone', () => {
  it('lets whoever changes something put a letter there, and no more', async () => {
    await mail.queue();
    for (const role of ['public', 'reader', 'writer'] as const) {
      for (const statement of [
        'select * from events.mail',
        `update events.mail set to_email = 'a@b.no'`,
        'delete from events.mail',
        `insert into events.mail (id) values ('x')`,
      ]) {
        await expect(mail.store.as(role).execute(statement), `${role}: ${statement}`).rejects.toSatisfy(
          isRefusedByDatabase,
        );
      }
    }
    expect(await mail.rows()).toHaveLength(1);
  });

  it.each(['public', 'reader'] as const)('lets no %s put one there', async (role) => {
    const queued = mail.store.as(role).transactional((em) => queueMail({ em }, mail.store, hello()));
    await expect(queued).rejects.toSatisfy(isRefusedByDatabase);
  });

  it('says nothing of a letter in what an error says', async () => {
    const tooLong = mail.queue({ calendar: 'x'.repeat(100_001), to: { email: 'hemmelig@firma.no' } });
    const error = (await tooLong.catch((each) => each)) as Error;
    expect(error.message).toContain('mail_calendar_check');
    expect(`${error.message} ${error.stack}`).not.toMatch(/hemmelig|Velkommen/);
  });
});
