/** What two questions of the public have to have in common to have the same answer. */
export interface Question {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
  /** Messages and some texts follow the reader's language. */
  readonly language: string;
  /** The `Accept` of the request: what the answer is called follows it. */
  readonly accept?: string | undefined;
}

/**
 * The key of a question. Every part says where it ends: otherwise somebody could put the end of one into the beginning
 * of the next, and be answered, or have others answered, what was said to another question.
 *
 * Null for variables that are nested so deep that they cannot even be written down.
 */
export function answerKey({
  query,
  operationName,
  variables,
  language,
  accept = '',
}: Question): string | null {
  try {
    const asked = [operationName ?? '', canonicalJson(variables ?? {}), language, accept];
    return `${JSON.stringify(asked)}${query}`;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The same text for the same value, in whatever order its keys were written. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isRecord(each) ? Object.fromEntries(Object.entries(each).sort(byKey)) : each,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
