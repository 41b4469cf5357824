import type { EntityClass, EntityProperty, FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { asksOnly, conditionOfAll, Parameters } from './rows/conditions.js';
import { orderOf } from './rows/find-rows.js';
import { ALIAS, type RowShape, shapeOf } from './rows/row-shape.js';
import { rowsOf } from './rows/statement.js';

/**
 * Keyset pagination: a page starts after the values of the row where the last one ended, so that the
 * millionth page costs as much as the first and rows added meanwhile neither repeat nor vanish.
 */
export interface KeysetOrder {
  /** Part of the cursor: a cursor of one order is refused in another. */
  readonly name: string;
  /** The entity's property to order by. Rows without a value come last. The entity's `id` breaks ties. */
  readonly property: string;
  readonly direction: 'asc' | 'desc';
  /** Properties that the order's index holds besides. Of such an order, all rows have a value. @default [] */
  readonly alsoIndexed?: readonly string[];
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

/** Which rows a list has. */
export interface ListOf<T extends object> {
  readonly entity: EntityClass<T>;
  readonly where: readonly FilterQuery<T>[];
  /** What of its rows is read, besides what its pages need. @default all but the lazy ones */
  readonly fields?: readonly string[] | undefined;
}

/** One page of a list, as {@link findRows} gives rows. One row more than asked for tells whether there is another page. */
export async function keysetPage<T extends object>(
  em: EntityManager,
  { entity, where, fields }: ListOf<T>,
  order: KeysetOrder,
  request: KeysetRequest,
): Promise<KeysetPage<T>> {
  const { backward, limit } = direction(request);
  const shape = shapeOf(em, entity);
  const selection = shape.selection(fields && [...fields, 'id', order.property]);
  const parameters = new Parameters();
  const within = boundaries(em, entity, order, request);
  const sort = orderBy(em, entity, order, backward);
  const of = (conditions: readonly FilterQuery<T>[]) =>
    `from ${shape.table} as "${ALIAS}" where ${conditionOfAll(shape, [...conditions, ...within], parameters)}${sort} limit ${limit + 1}`;
  const alternatives = alternativesInIndex(where, order);
  const rows = await rowsOf<Record<string, unknown>>(em, {
    sql: alternatives
      ? `select ${selection.sql} from (${keysOfAll(alternatives.map(of), shape.column(order.property))}${sort} limit ${limit + 1}) page
         join ${shape.table} as "${ALIAS}" using (id)${sort}`
      : `select ${selection.sql} ${of(where)}`,
    parameters: parameters.values,
    // Which index is best for a page depends on how many rows have what is asked for.
    isKept: parameters.values.length === 0,
  });
  return toPage(
    order,
    request,
    rows.map((row) => shape.read(row, selection)),
  );
}

/**
 * The alternatives of a list, with everything that each has to fulfil, if one of them is found in the order's index
 * alone. Each is then asked by itself: taken together, the others would have every row read. Null otherwise.
 */
function alternativesInIndex<T>(
  where: readonly FilterQuery<T>[],
  { property, alsoIndexed = [] }: KeysetOrder,
): FilterQuery<T>[][] | null {
  const ofOrder = where.filter((condition) => asksOnly(condition, [property]));
  const [other, ...more] = where.filter((condition) => !ofOrder.includes(condition));
  const { $or: alternatives = [] } = (other ?? {}) as { readonly $or?: FilterQuery<T>[] };
  const isInIndex = alternatives.some((alternative) => asksOnly(alternative, alsoIndexed));
  return isInIndex && more.length === 0 ? alternatives.map((alternative) => [alternative, ...ofOrder]) : null;
}

/** The keys of lists together. Which rows is asked first, so that those on the way to them are not read. */
function keysOfAll(lists: readonly string[], orderedBy: string): string {
  const keys = lists.map((list) => `(select id, ${orderedBy} ${list})`);
  return `select id from (${keys.join(' union ')}) as "${ALIAS}"`;
}

/** A list inside a list: the property that says to which parent a row belongs. */
export interface ParentColumn {
  readonly property: string;
}

/**
 * The same page for many parents at once: one SQL statement, however many parents there are. Each group
 * is the values of the parent column that make one parent's list: its own key, or for a municipality its
 * number and those of all that became part of it. Groups may overlap.
 */
export async function keysetPagesByParent<T extends object>(
  em: EntityManager,
  { entity, where, fields }: ListOf<T>,
  parent: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  order: KeysetOrder,
  request: KeysetRequest,
): Promise<Map<string, KeysetPage<T>>> {
  const { backward, limit } = direction(request);
  const sort = isAscending(order, backward) ? 'asc' : 'desc';
  const shape = shapeOf(em, entity);
  const selection = shape.selection(fields && [...fields, 'id', order.property]);
  const parameters = new Parameters();
  const members = membershipOf(em, entity, parent, groups, parameters);
  const own = parameters.values.length;
  const conditions = [...where, ...boundaries(em, entity, order, request)];
  const condition = conditionOfAll(shape, conditions, parameters);
  // As many as the whole page from every value of a group: an index gives those without reading the rest.
  const candidates = `select ${selection.sql}, ${shape.column(order.property)} as "#place"
    from ${shape.table} as "${ALIAS}" where ${isOfMember(shape, parent)} and ${condition}${orderBy(em, entity, order, backward)} limit ${limit + 1}`;
  const rows = await rowsOf<Record<string, unknown> & { '#parent': number }>(em, {
    sql: `select "#parent", ${selection.names} from (
       select membership.parent as "#parent", candidate.*, row_number() over (
         partition by membership.parent
         order by candidate."#place" ${sort} ${backward ? 'nulls first' : 'nulls last'}, candidate.id ${sort}
       ) as "#number"
       from ${members} cross join lateral (${candidates}) candidate
     ) numbered where "#number" <= ${limit + 1} order by "#number"`,
    parameters: parameters.values,
    isKept: parameters.values.length === own,
  });
  const byParent = Map.groupBy(rows, (row) => row['#parent']);
  return new Map(
    [...groups.keys()].map((key, index) => {
      const found = (byParent.get(index) ?? []).map((row) => shape.read(row, selection));
      return [key, toPage(order, request, found)];
    }),
  );
}

/**
 * How many rows there are, and no more than `limit`: rows are counted one by one, and a list of a million that stops
 * at a thousand costs what a list of a thousand does. Null counts to the end.
 */
export async function countUpTo<T extends object>(
  em: EntityManager,
  { entity, where }: ListOf<T>,
  limit: number | null,
): Promise<number> {
  const shape = shapeOf(em, entity);
  const parameters = new Parameters();
  const condition = conditionOfAll(shape, where, parameters);
  const counted = `select from ${shape.table} as "${ALIAS}" where ${condition}${limitTo(limit)}`;
  const [row] = await rowsOf<{ total: number }>(em, {
    sql: `select count(*)::int as total from (${counted}) counted`,
    parameters: parameters.values,
    isKept: parameters.values.length === 0,
  });
  return row?.total ?? 0;
}

/** How many rows each group has, counted to `limit` at most, in one SQL statement. */
export async function countByParent<T extends object>(
  em: EntityManager,
  { entity, where }: ListOf<T>,
  parent: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  limit: number | null = null,
): Promise<Map<string, number>> {
  const shape = shapeOf(em, entity);
  const parameters = new Parameters();
  const members = membershipOf(em, entity, parent, groups, parameters);
  const own = parameters.values.length;
  const condition = conditionOfAll(shape, where, parameters);
  const counted = `select from ${shape.table} as "${ALIAS}" where ${isOfMember(shape, parent)} and ${condition}${limitTo(limit)}`;
  const rows = await rowsOf<{ parent: number; total: number }>(em, {
    sql: `select membership.parent, ${limit === null ? 'sum(own.total)' : `least(sum(own.total), ${limit})`}::int as total
     from ${members} cross join lateral (select count(*) as total from (${counted}) row) own
     group by membership.parent`,
    parameters: parameters.values,
    isKept: parameters.values.length === own,
  });
  const keys = [...groups.keys()];
  return new Map(rows.map((row) => [keys[row.parent] as string, row.total]));
}

const limitTo = (limit: number | null): string => (limit === null ? '' : ` limit ${limit}`);

/** A row of the list that a member of `membershipOf` makes. */
const isOfMember = <T extends object>(shape: RowShape<T>, { property }: ParentColumn): string =>
  `${shape.column(property)} = membership.value`;

/**
 * Which values make which parent's list, as rows: the parent is its place among the groups. As JSON, of which
 * PostgreSQL expects as many rows before it sees the values as after: with an array, it would plan a kept statement
 * anew each time, because it takes the plan for any values for a worse one.
 */
function membershipOf<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  { property }: ParentColumn,
  groups: ReadonlyMap<string, readonly string[]>,
  parameters: Parameters,
): string {
  const pairs = [...groups.values()].flatMap((values, parent) =>
    [...new Set(values)].map((value) => ({ parent, value })),
  );
  const { columnTypes } = propertyOf(em, entity, property);
  return `json_to_recordset(${parameters.add(JSON.stringify(pairs))}::json) as membership(parent int, value ${columnTypes[0]})`;
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
function orderBy<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  order: KeysetOrder,
  backward: boolean,
): string {
  const direction = isAscending(order, backward) ? 'asc' : 'desc';
  const nulls = backward ? ' nulls first' : ' nulls last';
  const isNullable = propertyOf(em, entity, order.property).nullable;
  const orders = [{ [order.property]: `${direction}${isNullable ? nulls : ''}` }, { id: direction }];
  return orderOf(shapeOf(em, entity), orders);
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

function toPage<T extends object>(order: KeysetOrder, request: KeysetRequest, rows: T[]): KeysetPage<T> {
  const { backward, limit } = direction(request);
  const more = rows.length > limit;
  const kept = more ? rows.slice(0, limit) : rows;
  if (backward) kept.reverse();
  return {
    rows: kept,
    // The cursor itself is a row that exists, on the side where it stands.
    hasNextPage: (!backward && more) || request.before !== undefined,
    hasPreviousPage: (backward && more) || request.after !== undefined,
    cursorOf: (row) => encodeCursor(order, { value: cursorValue(row, order.property), id: (row as Row).id }),
  };
}

function cursorValue(row: object, property: string): string | number | null {
  const value = (row as Record<string, unknown>)[property];
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'bigint') return Number(value);
  return value as string | number;
}
