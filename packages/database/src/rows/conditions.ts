import { type FilterQuery, RawQueryFragment } from '@mikro-orm/core';
import type { RowShape } from './row-shape.js';

/** The values of a statement, in the order of their numbers. */
export class Parameters {
  readonly values: unknown[] = [];

  /** What stands for a value in the statement. */
  add(value: unknown): string {
    // As text, because drivers write a Date in the machine's time zone.
    this.values.push(value instanceof Date ? value.toISOString() : value);
    return `$${this.values.length}`;
  }
}

const OPERATORS: Readonly<Record<string, string>> = {
  $ne: '<>',
  $gt: '>',
  $gte: '>=',
  $lt: '<',
  $lte: '<=',
  $contains: '@>',
};

/**
 * The SQL of a condition in MikroORM's own spelling, as far as lists and loaders use it: equality, `$in`, comparisons,
 * `$contains`, `$and`, `$or` and `raw()`. MikroORM takes as long to write such a statement as PostgreSQL to answer it.
 * @throws TypeError for anything else, so that a condition is never left out.
 */
export function conditionOf<T extends object>(
  shape: RowShape<T>,
  where: FilterQuery<T>,
  parameters: Parameters,
): string {
  const parts: string[] = [];
  for (const key of Reflect.ownKeys(where as object)) {
    const value = (where as Record<PropertyKey, unknown>)[key];
    if (typeof key === 'symbol') parts.push(writtenByHand(key, parameters));
    else if (key === '$and' || key === '$or') {
      parts.push(joined(shape, value as FilterQuery<T>[], key === '$and' ? 'and' : 'or', parameters));
    } else parts.push(comparison(shape.column(key), value, parameters));
  }
  return allOf(parts);
}

/** The SQL of several conditions, all of which have to be fulfilled. */
export function conditionOfAll<T extends object>(
  shape: RowShape<T>,
  conditions: readonly FilterQuery<T>[],
  parameters: Parameters,
): string {
  return joined(shape, conditions, 'and', parameters);
}

/** Whether a condition asks for nothing but these properties. One written by hand might ask for any. */
export function asksOnly<T>(condition: FilterQuery<T>, properties: readonly string[]): boolean {
  return Reflect.ownKeys(condition as object).every((key) => properties.some((property) => property === key));
}

/** Nothing to fulfil is fulfilled. */
export const allOf = (conditions: readonly string[]): string => conditions.join(' and ') || 'true';

function joined<T extends object>(
  shape: RowShape<T>,
  conditions: readonly FilterQuery<T>[],
  word: 'and' | 'or',
  parameters: Parameters,
): string {
  // One of no alternatives: nothing.
  if (conditions.length === 0) return word === 'and' ? 'true' : 'false';
  const parts = conditions.map((each) => `(${conditionOf(shape, each, parameters)})`);
  return `(${parts.join(` ${word} `)})`;
}

function comparison(column: string, value: unknown, parameters: Parameters): string {
  if (value === null) return `${column} is null`;
  if (Array.isArray(value)) return `${column} = any(${parameters.add(value)})`;
  if (
    value instanceof Date ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  )
    return `${column} = ${parameters.add(value)}`;
  if (typeof value !== 'object') throw new TypeError(`${column} cannot be compared with ${String(value)}.`);
  return allOf(
    Object.entries(value).map(([operator, operand]) => {
      if (operator === '$in') return `${column} = any(${parameters.add(operand)})`;
      if (operator === '$ne' && operand === null) return `${column} is not null`;
      const written = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
      if (!written || operand === null || operand === undefined)
        throw new TypeError(`${column} cannot be asked for ${operator} ${String(operand)}.`);
      return `${column} ${written} ${parameters.add(operand)}`;
    }),
  );
}

function writtenByHand(key: symbol, parameters: Parameters): string {
  const fragment = RawQueryFragment.getKnownFragment(key);
  if (!fragment) throw new TypeError(`${String(key)} is no condition.`);
  const values = fragment.params.values();
  return `(${fragment.sql.replaceAll('?', () => parameters.add(values.next().value))})`;
}
