import { readFile } from 'node:fs/promises';
import { EntitySchema } from '@mikro-orm/core';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { type Database, openDatabase } from '@samspill/database';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { personForgotten, procurementsJoined, suppliersNamed } from './contracts.js';
import { MessageBus } from './message-bus.js';

const Nothing = new EntitySchema({ name: 'Nothing', properties: { id: { type: 'number', primary: true } } });
const message = { from: 'a', into: 'b' };

let database: Database;
let orm: MikroORM;
let bus: MessageBus;
let received: string[] = [];
let errors: string[] = [];
let failures = 0;

beforeAll(async () => {
  database = await openDatabase({});
  orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    dbName: database.name,
    entities: [Nothing],
    driverOptions: database.owner,
    ensureDatabase: false,
  });
  bus = await MessageBus.open(database, {
    onError: (error) => errors.push(error.message),
    pollingSeconds: 0.5,
  });
  await bus.receive('dialogue', procurementsJoined, async ({ from, into }) => {
    if (failures-- > 0) throw new Error('not this time');
    received.push(`dialogue ${from} → ${into}`);
  });
  await bus.receive('events', procurementsJoined, async ({ from, into }) => {
    received.push(`events ${from} → ${into}`);
  });
});

beforeEach(() => {
  received = [];
  errors = [];
  failures = 0;
});

afterAll(async () => {
  await bus.close();
  await database.close();
});

const settled = async () => {
  while ((await bus.backlog()) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
};

it('delivers a message to every receiver once its transaction is committed', async () => {
  await orm.em.fork().transactional(async (em) => {
    await bus.publish(em, procurementsJoined, [message]);
    expect(received).toEqual([]);
  });
  await settled();
  expect(received.sort()).toEqual(['dialogue a → b', 'events a → b']);
});

it('delivers nothing of a transaction that is rolled back', async () => {
  const attempt = orm.em.fork().transactional(async (em) => {
    await bus.publish(em, procurementsJoined, [message]);
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(await bus.backlog()).toBe(0);
  expect(received).toEqual([]);
});

it('tries again what a receiver could not handle, and reports it', async () => {
  failures = 1;
  await orm.em.fork().transactional((em) => bus.publish(em, procurementsJoined, [message]));
  await settled();
  expect(errors).toEqual(['not this time']);
  expect(received.sort()).toEqual(['dialogue a → b', 'events a → b']);
});

it('refuses to publish outside a transaction, and what does not have the shape', async () => {
  await expect(bus.publish(orm.em.fork(), procurementsJoined, [message])).rejects.toThrow(
    /outside a transaction/,
  );
  const misshapen = { from: 'a' } as unknown as typeof message;
  await expect(
    orm.em.fork().transactional((em) => bus.publish(em, procurementsJoined, [misshapen])),
  ).rejects.toThrow(/into/);
});

it('lets nobody receive what is not meant for them', async () => {
  await expect(bus.receive('events', suppliersNamed, async () => undefined)).rejects.toThrow(
    /not a receiver/,
  );
});

it('hands over what a process was handling that died', async () => {
  const named = { noticeId: 'n-01', dispatchedAt: '2024-01-01T00:00:00.000Z', suppliers: [] };
  await orm.em.fork().transactional((em) => bus.publish(em, suppliersNamed, [named]));
  // As a killed process leaves it behind: being handled, by nobody.
  await orm.em.fork().execute(`update messages.job set state = 'active' where name like 'suppliers%'`);
  expect(await bus.backlog()).toBe(1);

  const restarted = await MessageBus.open(database, { onError: (error) => errors.push(error.message) });
  try {
    await restarted.receive('suppliers', suppliersNamed, async ({ noticeId }) => {
      received.push(noticeId);
    });
    await settled();
  } finally {
    await restarted.close();
  }
  expect(received).toEqual(['n-01']);
  expect(errors).toEqual([]);
});

it('keeps what waits and what failed for years, and what was handled for a week', async () => {
  const named = { noticeId: 'kept', dispatchedAt: '2024-01-01T00:00:00.000Z', suppliers: [] };
  await orm.em.fork().transactional((em) => bus.publish(em, suppliersNamed, [named, named, named]));
  const em = orm.em.fork();
  const ours = `name = 'suppliers.suppliers-named' and data->>'noticeId' = 'kept'`;
  const endOne = (state: string) =>
    em.execute(
      `update messages.job set state = '${state}', completed_on = now() - interval '1 year' where id = (select id from messages.job where ${ours} and state = 'created' limit 1)`,
    );
  await endOne('failed');
  await endOne('completed');
  const restarted = await MessageBus.open(database, { onError: (error) => errors.push(error.message) });
  await restarted.close();
  const left = await em.execute(
    `select state, deletion_seconds, keep_until > now() + interval '50 years' as years from messages.job where ${ours} order by state`,
  );
  expect(left).toEqual([
    { state: 'created', deletion_seconds: 0, years: true },
    { state: 'failed', deletion_seconds: 0, years: true },
  ]);
});

it('handles a failed message again once an operator says so', async () => {
  await orm.em.fork().execute(await retryStatement());
  await bus.receive('suppliers', suppliersNamed, async ({ noticeId }) => {
    received.push(noticeId);
  });
  await settled();
  expect(received).toEqual(['kept', 'kept']);
});

/** The statement that the manual gives, so that it stays one that works. */
async function retryStatement(): Promise<string> {
  const manual = await readFile(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
  const sql = /```sql\n(update messages\.job[\s\S]*?)```/.exec(manual)?.[1];
  if (!sql) throw new Error('docs/operations.md no longer says how a failed message is tried again.');
  return sql;
}

it('keeps nothing about a person once everybody has heard it, and what nobody has heard yet', async () => {
  const told: string[] = [];
  for (const receiver of ['tenders', 'suppliers', 'dialogue'] as const) {
    await bus.receive(receiver, personForgotten, async () => void told.push(receiver));
  }
  const payload = { personId: 'P-somebody' };
  await orm.em.fork().transactional((em) => bus.publish(em, personForgotten, [payload]));
  const left = async () => {
    const rows = await orm.em
      .fork()
      .execute<{ name: string }[]>(
        `select name from messages.job where data->>'personId' = 'P-somebody' order by name`,
      );
    return rows.map(({ name }) => name);
  };
  await expect.poll(left, { timeout: 10_000 }).toEqual(['events.person-forgotten']);
  expect(told.sort()).toEqual(['dialogue', 'suppliers', 'tenders']);

  await bus.receive('events', personForgotten, async () => void told.push('events'));
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  expect(told).toHaveLength(4);
});
