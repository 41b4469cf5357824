import { PGlite } from '@electric-sql/pglite';
import { Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ConnectionHeldTooLong, EmbeddedConnection, EmbeddedDialect } from './embedded-dialect.js';
import { emptyDatabase } from './empty-database.js';

let kysely: Kysely<unknown>;

beforeAll(async () => {
  const pglite = await PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined });
  kysely = new Kysely({ dialect: new EmbeddedDialect(new EmbeddedConnection(pglite, 200), null) });
  await sql`create table counter (value int)`.execute(kysely);
  await sql`insert into counter values (0)`.execute(kysely);
});

afterAll(() => kysely.destroy());

it('lets transactions take turns: none loses what another wrote', async () => {
  const increment = () =>
    kysely.transaction().execute(async (transaction) => {
      const { rows } = await sql<{ value: number }>`select value from counter`.execute(transaction);
      await sql`update counter set value = ${(rows[0]?.value ?? 0) + 1}`.execute(transaction);
    });
  await Promise.all(Array.from({ length: 20 }, increment));
  expect((await sql`select value from counter`.execute(kysely)).rows).toEqual([{ value: 20 }]);
});

it('says what is wrong instead of hanging, and works on afterwards', async () => {
  const nested = kysely.transaction().execute(() => sql`select 1`.execute(kysely));
  await expect(nested).rejects.toThrow(ConnectionHeldTooLong);
  expect((await sql`select 1 as one`.execute(kysely)).rows).toEqual([{ one: 1 }]);
});

it('is free again after a connection that could not be had', async () => {
  const pglite = await PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined });
  const driver = new EmbeddedDialect(new EmbeddedConnection(pglite, 200), 'nobody').createDriver();
  await expect(driver.acquireConnection()).rejects.toThrow('role "nobody" does not exist');
  await pglite.exec('create role nobody');
  await expect(driver.acquireConnection()).resolves.toBeDefined();
});

it('gives each its role, and changes it only when somebody else had the connection', async () => {
  const pglite = await PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined });
  await pglite.exec('create role somebody; create role everybody');
  const connection = new EmbeddedConnection(pglite);
  const [somebody, everybody, owner] = ['somebody', 'everybody', null].map(
    (role) => new Kysely<unknown>({ dialect: new EmbeddedDialect(connection, role) }),
  );
  const statements = vi.spyOn(pglite, 'query');
  const who = async (kysely?: Kysely<unknown>) =>
    (await sql<{ role: string }>`select current_user::text as role`.execute(kysely as Kysely<unknown>))
      .rows[0]?.role;
  expect(await who(somebody)).toBe('somebody');
  expect(await who(everybody)).toBe('everybody');
  expect(await who(everybody)).toBe('everybody');
  expect(await who(owner)).toBe('postgres');
  expect(statements.mock.calls.filter(([text]) => /role "|reset role/.test(text))).toHaveLength(3);
  await owner?.destroy();
});

it('leaves nobody in the transaction that the message queue could not finish', async () => {
  const pglite = await PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined });
  const connection = new EmbeddedConnection(pglite, 200);
  const owner = new Kysely<unknown>({ dialect: new EmbeddedDialect(connection, null) });
  const queue = connection.asOwner();
  await expect(queue.exec('begin; select 1 / 0; commit')).rejects.toThrow('division by zero');
  const { rows } = await owner
    .transaction()
    .execute((transaction) => sql<{ one: number }>`select 1 as one`.execute(transaction));
  expect(rows).toEqual([{ one: 1 }]);
  await owner.destroy();
});
