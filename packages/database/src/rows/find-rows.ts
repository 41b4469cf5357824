import type { EntityClass, FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { conditionOf, Parameters } from './conditions.js';
import { ALIAS, type RowShape, shapeOf } from './row-shape.js';
import { rowsOf } from './statement.js';

/** By which properties, such as `{ announcedAt: 'desc nulls last' }`. */
export type RowOrder = { readonly [property: string]: string | undefined };

export interface FindRowsOptions {
  readonly orderBy?: RowOrder | readonly RowOrder[];
  /** Which properties; the primary key comes along. @default all but the lazy ones */
  readonly fields?: readonly string[];
  /** Lazy ones that are wanted besides. */
  readonly also?: readonly string[];
}

/**
 * All rows that fulfil a condition, mostly those of some keys, as plain objects of the entity's class: for reading.
 * Nothing of it is in the unit of work; what is to be changed is found with `em.find`.
 */
export async function findRows<T extends object>(
  em: EntityManager,
  entity: EntityClass<T>,
  where: FilterQuery<T>,
  { orderBy = [], fields, also }: FindRowsOptions = {},
): Promise<T[]> {
  const shape = shapeOf(em, entity);
  const selection = shape.selection(fields, also);
  const parameters = new Parameters();
  const condition = conditionOf(shape, where, parameters);
  const order = orderOf(shape, [orderBy].flat());
  const sql = `select ${selection.sql} from ${shape.table} as "${ALIAS}" where ${condition}${order}`;
  // Whatever the keys are, their index finds their rows.
  const rows = await rowsOf<Record<string, unknown>>(em, {
    sql,
    parameters: parameters.values,
    isKept: true,
  });
  return rows.map((row) => shape.read(row, selection));
}

const DIRECTION = /^(asc|desc)( nulls (first|last))?$/;

/** ` order by …`, or nothing. */
export function orderOf<T extends object>(shape: RowShape<T>, orders: readonly RowOrder[]): string {
  const terms = orders.flatMap((order) =>
    Object.entries(order).map(([property, direction]) => {
      if (!direction || !DIRECTION.test(direction)) throw new TypeError(`"${direction}" is no direction.`);
      return `${shape.column(property)} ${direction}`;
    }),
  );
  return terms.length ? ` order by ${terms.join(', ')}` : '';
}
