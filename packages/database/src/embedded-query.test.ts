import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EmbeddedQueries } from './embedded-query.js';
import { emptyDatabase } from './empty-database.js';
import { keepStatement } from './rows/kept-statements.js';

let pglite: PGlite;
let queries: EmbeddedQueries;
beforeAll(async () => {
  pglite = await PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined });
  queries = new EmbeddedQueries(pglite);
});
afterAll(() => pglite?.close());

it.each<[type: string, value: unknown]>([
  ['text', 'Ås, «\'\\"» 🙂'],
  ['text', null],
  ['int', -1],
  ['boolean', true],
  ['text[]', ['a', 'b,"c"', '\\', 'null', '']],
  ['text[]', []],
  ['text[]', ['a', null]],
  ['jsonb', { a: [1, { b: null }] }],
  ['bytea', new Uint8Array([0, 255, 39])],
  ['timestamptz', new Date('2026-03-02T09:00:00.123Z')],
])('gives back what it was given: %s %o', async (type, value) => {
  const { rows } = await queries.query<{ same: unknown }>(`select $1::${type} as same`, [value]);
  expect(rows).toEqual([{ same: value }]);
});

it('says how many rows were written', async () => {
  await queries.query('create table note (id int primary key)', []);
  expect((await queries.query('insert into note values (1), (2)', [])).numAffectedRows).toBe(2n);
  expect((await queries.query('delete from note where id > $1', [1])).numAffectedRows).toBe(1n);
  expect((await queries.query('select * from note', [])).numAffectedRows).toBeUndefined();
});

it('has a statement that is to be kept parsed once, also when its first values were refused', async () => {
  const half = 'select 10 / $1::int as half';
  keepStatement(half);
  const sent = vi.spyOn(pglite, 'execProtocolStream');
  await expect(queries.query(half, [0])).rejects.toThrow('division by zero');
  for (const divisor of [2, 5]) {
    expect((await queries.query(half, [divisor])).rows).toEqual([{ half: 10 / divisor }]);
  }
  const withText = sent.mock.calls.filter(([message]) => Buffer.from(message).includes(half));
  expect(withText).toHaveLength(2);
  const { rows } = await queries.query('select count(*)::int as kept from pg_prepared_statements', []);
  expect(rows).toEqual([{ kept: 1 }]);
});

it('is whole again after a statement that failed', async () => {
  await expect(queries.query('select nonsense', [])).rejects.toThrow('column "nonsense" does not exist');
  expect((await queries.query('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
});
