import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { announceChanges } from './announce-changes.js';
import { type Database, openDatabase } from './database.js';

let database: Database;
let heard: (string | null)[];
let stop: () => void;

beforeAll(async () => {
  database = await openDatabase({});
  const { owner } = database;
  await sql`create schema shop`.execute(owner);
  await sql`create table shop.ware (id int primary key, price int)`.execute(owner);
  await sql`create table shop.audit_log (id int)`.execute(owner);
  await announceChanges(owner, 'shop');
  // At every start of a service.
  await announceChanges(owner, 'shop');
});
afterAll(() => database.close());

beforeEach(async () => {
  stop?.();
  heard = [];
  stop = database.changes.follow('shop', (generation) => heard.push(generation));
  while (heard.at(-1) == null) await new Promise((resolve) => setTimeout(resolve, 5));
  heard.length = 0;
});

const run = (text: string) => sql.raw(text).execute(database.owner);

it('hears of every kind of change before whoever made it goes on', async () => {
  await run('insert into shop.ware values (1, 10)');
  expect(heard).toHaveLength(1);
  await run('update shop.ware set price = 11');
  expect(heard).toHaveLength(2);
  await run('delete from shop.ware');
  expect(heard).toHaveLength(3);
  await run('truncate shop.ware');
  expect(heard).toHaveLength(4);
  expect(new Set(heard).size, 'each state has a name of its own').toBe(4);
});

it('hears once of a transaction, however much it wrote, when it is committed', async () => {
  await database.owner.transaction().execute(async (transaction) => {
    for (let id = 10; id < 20; id++) {
      await sql`insert into shop.ware values (${id}, 1)`.execute(transaction);
      await sql`savepoint s`.execute(transaction);
      await sql`update shop.ware set price = 2`.execute(transaction);
    }
    expect(heard).toEqual([]);
  });
  expect(heard).toHaveLength(1);
});

it('hears nothing of what was undone, met nothing, only read, or stands in the audit log', async () => {
  await database.owner
    .transaction()
    .execute(async (transaction) => {
      await sql`insert into shop.ware values (99, 1)`.execute(transaction);
      throw new Error('undone');
    })
    .catch(() => undefined);
  await run('update shop.ware set price = 1 where id = 12345');
  await run('delete from shop.ware where id = 12345');
  await run('select * from shop.ware');
  await run('insert into shop.audit_log values (1)');
  expect(heard).toEqual([]);
});

it('tells whoever comes later the same, and whoever has left nothing', async () => {
  await run('insert into shop.ware values (30, 1)');
  const later: (string | null)[] = [];
  const stopLater = database.changes.follow('shop', (generation) => later.push(generation));
  expect(later).toEqual(heard);
  stopLater();
  await run('insert into shop.ware values (31, 1)');
  expect(later).toHaveLength(1);
  expect(heard).toHaveLength(2);
});

it('is not disturbed by other schemas', async () => {
  await run('create schema elsewhere');
  await run('create table elsewhere.ware (id int)');
  await announceChanges(database.owner, 'elsewhere');
  await run('insert into elsewhere.ware values (1)');
  expect(heard).toEqual([]);
});
