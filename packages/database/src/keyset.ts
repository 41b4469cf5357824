import { type EntityClass, type EntityProperty, type FilterQuery, raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Keyset pagination: a page starts after the values of the row where the last one ended, so that the
 * millionth page costs as much as the first and rows added meanwhile neither repeat nor vanish.
 */
export interface KeysetOrder {
  /** Part of the cursor: a cursor of one order is refused in another. */
  readonly name: string;
  /** The entity's property to order by. Rows without a value come last. The entity's `id` breaks ties. */
  readonly property: string;
  /** The column of that property. */
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

export interface KeysetRequest {
  readonly first?: number;
  readonly after?: string;
  readonly last?: number;
  readonly before?: string;
}

export interface KeysetPage<T> {
  readonly rows: T[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  cursorOf(row: T): string;
}

/** A cursor that is not ours, or belongs to another order. The client should start from the first page. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  constructor(readonly cursor: string) {
    super('The cursor is not one that this list, in this order, has given out.');
  }
}

export interface Cursor {
  readonly value: string | number | null;
  readonly id: string;
}

export function encodeCursor(order: KeysetOrder, cursor: Cursor): string {
  return Buffer.from(JSON.stringify([order.name, cursor.value, cursor.id])).toString('base64url');
}

export function decodeCursor(order: KeysetOrder, text: string): Cursor {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new InvalidCursor(text);
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw new InvalidCursor(text);
  const [name, value, id] = parts as unknown[];
  const isValue = value === null || typeof value === 'string' || typeof value === 'number';
  if (name !== order.name || !isValue || typeof id !== 'string') throw new InvalidCursor(text);
  // Out of reach of whoever checks what a client sends: base64 hides it, and PostgreSQL refuses it.
  if (`${value}${id}`.includes('\u0000')) throw new InvalidCursor(text);
  return { value, id };
}

type Row = { id: string };

/** One page of a list. One SQL statement; one row more than asked for tells whether there is another page. */
export async function keysetPage<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  where: FilterQuery<T>[],
  order: KeysetOrder,
  request: KeysetRequest,
): Promise<KeysetPage<T>> {
  const { backward, limit } = direction(request);
  const conditions = [...where, ...boundaries(em, entity, order, request)];
  const rows = await em.find(entity, (conditions.length ? { $and: conditions } : {}) as never, {
    orderBy: orderOf(em, entity, order, backward) as never,
    limit: limit + 1,
  });
  return toPage(order, request, rows as (T & Row)[]);
}

/** A list inside a list: the column that says to which parent a row belongs. */
export interface ParentColumn {
  readonly property: string;
  readonly column: string;
}

/**
 * The same page for many parents at once: two SQL statements, however many parents there are. Each group
 * is the values of the parent column that make one parent's list: its own key, or for a municipality its
 * number and those of all that became part of it. Groups may overlap.
 */
export async function keysetPagesByParent<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  parent: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  where: FilterQuery<T>[],
  order: KeysetOrder,
  request: KeysetRequest,
): Promise<Map<string, KeysetPage<T>>> {
  const { backward, limit } = direction(request);
  const sort = isAscending(order, backward) ? 'asc' : 'desc';
  const { columnTypes } = propertyOf(em, entity, parent.property);
  // As many as the whole page from every value of a group: an index gives those without reading the rest.
  const candidates = em
    .createQueryBuilder(entity, 'row')
    .select(['id', raw(`"row".${order.column} as place`)] as never)
    .where({
      $and: [
        { [raw(`"row".${parent.column} = membership.value`)]: [] },
        ...where,
        ...boundaries(em, entity, order, request),
      ],
    } as never)
    .orderBy(orderOf(em, entity, order, backward) as never)
    .limit(limit + 1)
    .getFormattedQuery();
  const chosen = await em.execute<{ parent: string; id: string }[]>(
    `select parent, id from (
       select membership.parent, candidate.id, row_number() over (
         partition by membership.parent
         order by candidate.place ${sort} ${backward ? 'nulls first' : 'nulls last'}, candidate.id ${sort}
       ) as number
       from ${membershipOf(em, groups, columnTypes[0])} cross join lateral (${candidates}) candidate
     ) numbered where number <= ${limit + 1} order by number`,
  );
  const ids = [...new Set(chosen.map((row) => row.id))];
  const rows = (await em.find(entity, { id: { $in: ids } } as never)) as (T & Row)[];
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  const chosenByParent = Map.groupBy(chosen, (row) => row.parent);
  return new Map(
    [...groups.keys()].map((key) => {
      const own = (chosenByParent.get(key) ?? []).flatMap((row) => byId.get(String(row.id)) ?? []);
      return [key, toPage(order, request, own)];
    }),
  );
}

/** How many rows each group has, in one SQL statement. */
export async function countByParent<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  parent: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  where: FilterQuery<T>[],
): Promise<Map<string, number>> {
  const rows = await em.execute<{ parent: string; total: number }[]>(
    `select membership.parent, count(*)::int as total
     from ${candidatesOf(em, entity, parent, groups, where)} group by membership.parent`,
  );
  return new Map(rows.map((row) => [row.parent, row.total]));
}

function candidatesOf<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  parent: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  conditions: FilterQuery<T>[],
): string {
  const rows = em
    .createQueryBuilder(entity, 'row')
    .select(['id', raw(`"row".${parent.column} as belongs`)] as never)
    .where({
      $and: [{ [parent.property]: { $in: [...new Set([...groups.values()].flat())] } }, ...conditions],
    } as never)
    .getFormattedQuery();
  return `(${rows}) candidate join ${membershipOf(em, groups)} on membership.value = candidate.belongs::text`;
}

/** Which values make which parent's list, as rows. */
function membershipOf(
  em: EntityManager,
  groups: ReadonlyMap<string, readonly string[]>,
  columnType = 'text',
): string {
  const pairs = [...groups].flatMap(([key, values]) =>
    [...new Set(values)].map((value) => ({ parent: key, value })),
  );
  const quoted = em.getPlatform().quoteValue(JSON.stringify(pairs));
  return `json_to_recordset(${quoted}) as membership(parent text, value ${columnType})`;
}

function propertyOf<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  property: string,
): EntityProperty {
  return em.getMetadata(entity).properties[property as never];
}

function direction(request: KeysetRequest): { backward: boolean; limit: number } {
  const backward = request.last !== undefined;
  const limit = backward ? request.last : request.first;
  if (limit === undefined) throw new TypeError('A page needs first or last.');
  return { backward, limit };
}

function isAscending(order: KeysetOrder, backward: boolean): boolean {
  return (order.direction === 'asc') !== backward;
}

/** Where every row has a value, saying where those without one come would only keep the index from being used. */
function orderOf<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  order: KeysetOrder,
  backward: boolean,
): object[] {
  const direction = isAscending(order, backward) ? 'asc' : 'desc';
  const nulls = backward ? ' nulls first' : ' nulls last';
  const isNullable = propertyOf(em, entity, order.property).nullable;
  return [{ [order.property]: `${direction}${isNullable ? nulls : ''}` }, { id: direction }];
}

function boundaries<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  order: KeysetOrder,
  request: KeysetRequest,
): FilterQuery<T>[] {
  const { columnTypes, nullable = false } = propertyOf(em, entity, order.property);
  const read = (text: string) => {
    const cursor = decodeCursor(order, text);
    const fits = fitsColumn(cursor.value, columnTypes[0] ?? 'text') && (nullable || cursor.value !== null);
    if (!fits) throw new InvalidCursor(text);
    return cursor;
  };
  const conditions: FilterQuery<T>[] = [];
  if (request.after !== undefined) conditions.push(beyond(order, nullable, read(request.after), 'after'));
  if (request.before !== undefined) conditions.push(beyond(order, nullable, read(request.before), 'before'));
  return conditions;
}

/**
 * Whether a value may be compared with a column of this type. Anybody can write a cursor: PostgreSQL
 * would fail on text for a number, and understand `yesterday`.
 */
export function fitsColumn(value: Cursor['value'], columnType: string): boolean {
  if (value === null) return true;
  if (/^(timestamp|date)/.test(columnType)) return typeof value === 'string' && isTime(value);
  if (/^(big|small)?int|^(numeric|double|real)/.test(columnType)) return Number.isSafeInteger(value);
  return typeof value === 'string';
}

const ISO_TIME = /^\d{4}-[01]\d-[0-3]\d(T[0-2]\d:[0-5]\d:[0-5]\d(\.\d{3})?Z)?$/;

/** Not every text of that shape is a time: there is no 39th day, and PostgreSQL knows no year 0. */
function isTime(text: string): boolean {
  if (!ISO_TIME.test(text) || text.startsWith('0000')) return false;
  const time = new Date(text);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.replace(/Z$/, ''));
}

/** Rows after (or before) the cursor, in an order where rows without a value come last. */
function beyond<T>(
  order: KeysetOrder,
  nullable: boolean,
  cursor: Cursor,
  side: 'after' | 'before',
): FilterQuery<T> {
  const { property } = order;
  const operator = (order.direction === 'asc') === (side === 'after') ? '$gt' : '$lt';
  const tie = { [property]: cursor.value, id: { [operator]: cursor.id } };
  if (cursor.value === null) {
    return (side === 'after' ? tie : { $or: [tie, { [property]: { $ne: null } }] }) as FilterQuery<T>;
  }
  const alternatives: object[] = [{ [property]: { [operator]: cursor.value } }, tie];
  if (side === 'after' && nullable) return { $or: [...alternatives, { [property]: null }] } as FilterQuery<T>;
  // Says nothing new, but an index can begin there; of alternatives alone it would be read from its start.
  const range = { [property]: { [`${operator}e`]: cursor.value } };
  return { $and: [range, { $or: alternatives }] } as FilterQuery<T>;
}

function toPage<T extends Row>(order: KeysetOrder, request: KeysetRequest, rows: T[]): KeysetPage<T> {
  const { backward, limit } = direction(request);
  const more = rows.length > limit;
  const kept = more ? rows.slice(0, limit) : rows;
  if (backward) kept.reverse();
  return {
    rows: kept,
    // The cursor itself is a row that exists, on the side where it stands.
    hasNextPage: (!backward && more) || request.before !== undefined,
    hasPreviousPage: (backward && more) || request.after !== undefined,
    cursorOf: (row) => encodeCursor(order, { value: cursorValue(row, order.property), id: row.id }),
  };
}

function cursorValue(row: object, property: string): string | number | null {
  const value = (row as Record<string, unknown>)[property];
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  return value as string | number;
}
