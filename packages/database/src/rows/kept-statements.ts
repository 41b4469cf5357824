/**
 * Statements that PostgreSQL keeps, by their text, with the names that it keeps them under. Each connection has it
 * parse one when it first needs it, and it then plans them for any values instead of anew for each.
 */
const kept = new Map<string, string>();

/** Clients decide which fields they ask for, and a plan takes some 50 kB on every connection, for ever. */
const MOST_KEPT = 300;

/** Has every connection keep a statement from now on. Past so many it is only sent. */
export function keepStatement(sql: string): void {
  if (kept.size < MOST_KEPT && !kept.has(sql)) kept.set(sql, `samspill-${kept.size}`);
}

/** The name that a statement is kept under, or undefined. */
export const keptName = (sql: string): string | undefined => kept.get(sql);
