import { type EntityClass, type FilterQuery, raw } from '@mikro-orm/core';
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
  const conditions = [...where, ...boundaries<T>(order, request)];
  const rows = await em.find(
    entity,
    (conditions.length ? { $and: conditions } : {}) as never,
    {
      orderBy: [
        { [order.property]: sortOf(order, backward) },
        { id: isAscending(order, backward) ? 'asc' : 'desc' },
      ] as never,
      limit: limit + 1,
    },
  );
  return toPage(order, request, rows as (T & Row)[]);
}

/**
 * The same page for many parents at once, for a list inside a list: two SQL statements, however many
 * parents there are. `parentColumn` is the foreign key, `parentOf` reads it from a row.
 */
export async function keysetPagesByParent<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  parent: { property: string; column: string; of: (row: T) => string; ids: readonly string[] },
  where: FilterQuery<T>[],
  order: KeysetOrder,
  request: KeysetRequest,
): Promise<Map<string, KeysetPage<T>>> {
  const { backward, limit } = direction(request);
  const sort = isAscending(order, backward) ? 'asc' : 'desc';
  const nulls = backward ? 'nulls first' : 'nulls last';
  const conditions = [
    { [parent.property]: { $in: [...parent.ids] } },
    ...where,
    ...boundaries<T>(order, request),
  ] as FilterQuery<T>[];
  const ranked = em
    .createQueryBuilder(entity, 'ranked')
    .select([
      'id' as never,
      raw(
        `row_number() over (partition by ranked.${parent.column} order by ranked.${order.column} ${sort} ${nulls}, ranked.id ${sort}) as place`,
      ) as never,
    ])
    .where({ $and: conditions } as never)
    .getFormattedQuery();
  const ids = await em.execute<Row[]>(`select id from (${ranked}) numbered where place <= ${limit + 1}`);
  const rows = await em.find(entity, { id: { $in: ids.map((row) => row.id) } } as never, {
    orderBy: [
      { [order.property]: sortOf(order, backward) },
      { id: isAscending(order, backward) ? 'asc' : 'desc' },
    ] as never,
  });
  const byParent = new Map<string, (T & Row)[]>(parent.ids.map((id) => [id, []]));
  for (const row of rows as (T & Row)[]) byParent.get(parent.of(row))?.push(row);
  return new Map([...byParent].map(([id, group]) => [id, toPage(order, request, group)]));
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

function sortOf(order: KeysetOrder, backward: boolean): string {
  return `${isAscending(order, backward) ? 'asc' : 'desc'} ${backward ? 'nulls first' : 'nulls last'}`;
}

function boundaries<T>(order: KeysetOrder, request: KeysetRequest): FilterQuery<T>[] {
  const conditions: FilterQuery<T>[] = [];
  if (request.after) conditions.push(beyond(order, decodeCursor(order, request.after), 'after'));
  if (request.before) conditions.push(beyond(order, decodeCursor(order, request.before), 'before'));
  return conditions;
}

/** Rows after (or before) the cursor, in an order where rows without a value come last. */
function beyond<T>(order: KeysetOrder, cursor: Cursor, side: 'after' | 'before'): FilterQuery<T> {
  const { property } = order;
  const operator = (order.direction === 'asc') === (side === 'after') ? '$gt' : '$lt';
  const tie = { [property]: cursor.value, id: { [operator]: cursor.id } };
  if (cursor.value === null) {
    return (side === 'after' ? tie : { $or: [tie, { [property]: { $ne: null } }] }) as FilterQuery<T>;
  }
  const alternatives: object[] = [{ [property]: { [operator]: cursor.value } }, tie];
  if (side === 'after') alternatives.push({ [property]: null });
  return { $or: alternatives } as FilterQuery<T>;
}

function toPage<T extends Row>(order: KeysetOrder, request: KeysetRequest, rows: T[]): KeysetPage<T> {
  const { backward, limit } = direction(request);
  const more = rows.length > limit;
  const kept = more ? rows.slice(0, limit) : rows;
  if (backward) kept.reverse();
  return {
    rows: kept,
    // On the side that the page came from, the cursor itself is a row that exists.
    hasNextPage: backward ? request.before !== undefined : more,
    hasPreviousPage: backward ? more : request.after !== undefined,
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
