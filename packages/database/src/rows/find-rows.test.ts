import { BigIntType, type FilterQuery, type Ref, raw } from '@mikro-orm/core';
import {
  Entity,
  Formula,
  ManyToOne,
  PrimaryKey,
  Property,
  ReflectMetadataProvider,
} from '@mikro-orm/decorators/legacy';
import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../database.js';
import { findRows } from './find-rows.js';

@Entity({ tableName: 'shelf' })
class Shelf {
  @PrimaryKey({ type: 'text' })
  id: string;
}

@Entity({ tableName: 'book' })
class Book {
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Shelf, { ref: true, nullable: true })
  shelf: Ref<Shelf> | null;

  @Property({ type: 'text' })
  title: string;

  @Property({ type: 'string[]' })
  subjects: string[];

  @Property({ type: new BigIntType('number'), nullable: true })
  price: number | null;

  @Property({ type: 'double', columnType: 'numeric', nullable: true })
  weight: number | null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  soldAt: Date | null;

  @Property({ type: 'date', nullable: true })
  printedOn: string | null;

  @Property({ type: 'boolean' })
  isLent: boolean;

  @Property({ type: 'json' })
  remarks: object;

  @Property({ type: 'text', lazy: true })
  text: string;

  @Formula((columns) => `upper(${columns.title})`, { type: 'text', lazy: false })
  loudTitle?: string;

  get label(): string {
    return `${this.title} (${this.id})`;
  }
}

let database: Database;
let orm: MikroORM;

beforeAll(async () => {
  database = await openDatabase({});
  const statements = [
    'create schema library',
    'create table library.shelf (id text primary key)',
    `create table library.book (id text primary key, shelf_id text references library.shelf, title text not null,
       subjects text[] not null, price bigint, weight numeric, sold_at timestamptz, printed_on date,
       is_lent boolean not null, remarks jsonb not null, text text not null)`,
    `insert into library.shelf values ('s1')`,
    `insert into library.book values
       ('b1', 's1', 'Vår "i" Ås', '{"norsk, vår","a\\\\b"}', 9007199254740991, 1.5,
         '2026-03-02 10:00:00.123+02', '2026-03-01', true, '{"by": ["x"]}', 'long'),
       ('b2', null, 'Øl', '{}', null, null, null, null, false, '[]', 'longer')`,
    'grant usage on schema library to public',
    'grant select on all tables in schema library to public',
  ];
  await sql.raw('create role samspill_public').execute(database.owner);
  for (const statement of statements) await sql.raw(statement).execute(database.owner);
  orm = await MikroORM.init({
    driver: PostgreSqlDriver,
    dbName: database.name,
    schema: 'library',
    entities: [Book, Shelf],
    metadataProvider: ReflectMetadataProvider,
    ensureDatabase: false,
    driverOptions: database.kysely,
  });
});
afterAll(() => database?.close());

const idsOf = (books: readonly Book[]) => books.map(({ id }) => id).sort();

it('reads what an entity has, with its methods, and no unit of work knows of it', async () => {
  const em = orm.em.fork();
  const [row] = await findRows(em, Book, { id: 'b1' });
  const entity = await orm.em.fork().findOneOrFail(Book, { id: 'b1' });
  const { shelf, ...rest } = { ...row };
  expect(shelf).toEqual({ id: 's1' });
  expect(rest).toEqual({
    id: entity.id,
    title: entity.title,
    subjects: entity.subjects,
    price: entity.price,
    weight: entity.weight,
    soldAt: entity.soldAt,
    printedOn: entity.printedOn,
    isLent: entity.isLent,
    remarks: entity.remarks,
    loudTitle: entity.loudTitle,
  });
  expect(row).toBeInstanceOf(Book);
  expect(row?.label).toBe('Vår "i" Ås (b1)');
  expect([...em.getUnitOfWork().getIdentityMap()]).toEqual([]);
  if (row) row.title = 'other';
  await em.flush();
  expect((await findRows(em, Book, { id: 'b1' }))[0]?.title).toBe(entity.title);
});

it('reads the lazy ones when told, and only some when told', async () => {
  const [whole] = await findRows(orm.em.fork(), Book, { id: 'b1' }, { also: ['text'] });
  expect(whole).toMatchObject({ title: 'Vår "i" Ås', text: 'long' });
  const [some] = await findRows(orm.em.fork(), Book, { id: 'b1' }, { fields: ['text'] });
  expect({ ...some }).toEqual({ id: 'b1', text: 'long' });
});

describe('finds what the ORM finds', () => {
  const conditions: Record<string, FilterQuery<Book>> = {
    nothing: {},
    'a value': { title: 'Øl' },
    'no value': { price: null },
    'a value or another': { id: { $in: ['b1', 'b3'] } },
    'one of a list': { id: ['b2'] },
    'one of none': { id: { $in: [] } },
    'a reference': { shelf: 's1' },
    'not a value': { title: { $ne: 'Øl' } },
    'any value': { soldAt: { $ne: null } },
    'after a time': { soldAt: { $gt: new Date('2026-03-02T08:00:00.122Z') } },
    'between numbers': { price: { $gte: 1, $lte: Number.MAX_SAFE_INTEGER } },
    'a day': { printedOn: { $lt: '2026-03-02' } },
    'an element': { subjects: { $contains: ['norsk, vår'] } },
    'an element with a backslash': { subjects: { $contains: ['a\\b'] } },
    'a yes': { isLent: true },
    alternatives: { $or: [{ id: 'b1', isLent: false }, { title: 'Øl' }] },
    'no alternatives': { $or: [] },
    'all of nothing': { $and: [] },
    'nested ones': { $and: [{ $or: [{ price: null }, { price: { $lt: 5 } }] }, { isLent: false }] },
    'SQL by hand': { [raw('lower(title) = lower(?) and id <> ?', ['ØL', 'x'])]: [] } as never,
    'what no book has': { title: "'; drop table library.book; --" },
  };
  it.each(Object.entries(conditions))('%s', async (_, where) => {
    const expected = await orm.em.fork().find(Book, where);
    expect(idsOf(await findRows(orm.em.fork(), Book, where))).toEqual(idsOf(expected));
  });

  it('in an order', async () => {
    const find = async (orderBy: object) =>
      (await findRows(orm.em.fork(), Book, {}, { orderBy: orderBy as never })).map(({ id }) => id);
    expect(await find({ price: 'desc nulls last' })).toEqual(['b1', 'b2']);
    expect(await find([{ isLent: 'asc' }, { id: 'desc' }])).toEqual(['b2', 'b1']);
  });
});

it.each<[string, object]>([
  ['of an unknown property', { tittle: 'x' }],
  ['with an operator that nobody has written', { title: { $ilike: 'x' } }],
  ['with nothing to compare with', { title: undefined }],
  ['of a comparison with nothing', { price: { $gt: null } }],
])('leaves out no condition %s', async (_, where) => {
  await expect(findRows(orm.em.fork(), Book, where as never)).rejects.toThrow(TypeError);
});

it('calls a failure what the ORM calls it', async () => {
  const where = { [raw('title > 1 / 0')]: [] } as never;
  const failure = await orm.em
    .fork()
    .find(Book, where)
    .catch((error) => error);
  await expect(findRows(orm.em.fork(), Book, where)).rejects.toThrow(failure.constructor);
});

it('does not let anybody take for null what was not read', async () => {
  const [some] = await findRows(orm.em.fork(), Book, { id: 'b1' }, { fields: ['price'] });
  expect(some?.price).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => some?.label).toThrow('Book.title was not read');
});
