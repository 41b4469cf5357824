import { hash } from 'node:crypto';

/** What two questions of the public have to have in common to have the same answer. */
export interface Question {
  /** What {@link digestOf} makes of the query's text. */
  readonly digest: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
  /** Messages and some texts follow the reader's language. */
  readonly language: string;
  /** The `Accept` of the request: what the answer is called follows it. */
  readonly accept?: string | undefined;
}

/** Stands for a text in few characters. */
export const digestOf = (text: string): string => hash('sha256', text, 'base64url');

/**
 * The key of a question. Every part says where it ends: otherwise somebody could put the end of one into the beginning
 * of the next, and be answered, or have others answered, what was said to another question.
 *
 * Null for variables that are nested so deep that they cannot even be written down.
 */
export function answerKey({
  digest,
  operationName,
  variables,
  language,
  accept = '',
}: Question): string | null {
  try {
    const asked = JSON.stringify([operationName ?? '', language, accept]);
    return `${asked}${canonicalJson(variables ?? {})}${digest}`;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The same text for the same value of JSON, in whatever order its keys were written. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(byKey);
  return `{${members.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join()}}`;
}

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);
