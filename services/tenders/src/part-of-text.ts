import { raw } from '@mikro-orm/core';

/**
 * The conditions that a part of a column's text is this, in upper or lower case. The first finds by an index whatever
 * has the same three characters in a row anywhere; the second makes sure. Two characters have nothing to find by.
 */
export function hasPart(column: 'name' | 'title', part: string): object[] {
  const isPart = { [raw(`position(lower(?) in lower(${column})) > 0`, [part])]: [] };
  if (part.length < 3) return [isPart];
  return [{ [raw(`tenders.trigrams(${column}) @> tenders.trigrams(?)`, [part])]: [] }, isPart];
}
