import { type FilterQuery, raw } from '@mikro-orm/core';
import { PublicError } from './errors.js';

/** The longest text that is searched for. PostgreSQL parses it anew for every statement, and a long one into a large query. */
export const LONGEST_SEARCH = 1_000;

/**
 * The condition that rows match words, in any inflection, by their generated `search` column. No words
 * are no condition: that is what an empty search field means.
 *
 * Where a policy hides some of the rows, PostgreSQL may not use the index of that column. `idsWith` is then the
 * database's function that finds them: see the migrations «search under policies».
 */
export function matchesText<T>(text: string | null | undefined, idsWith?: string): FilterQuery<T>[] {
  if (!text?.trim()) return [];
  if (text.length > LONGEST_SEARCH) {
    throw PublicError.badInput(
      {
        nb: `Søketeksten kan ha høyst ${LONGEST_SEARCH} tegn. Søk etter færre ord.`,
        nn: `Søketeksten kan ha høgst ${LONGEST_SEARCH} teikn. Søk etter færre ord.`,
        en: `The text to search for may have at most ${LONGEST_SEARCH} characters. Search for fewer words.`,
      },
      'filter.text',
    );
  }
  const condition = idsWith
    ? `id in (select ${idsWith}(?))`
    : "search @@ websearch_to_tsquery('norwegian', ?)";
  return [{ [raw(condition, [text])]: [] } as FilterQuery<T>];
}
