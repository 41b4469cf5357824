import { createHash } from 'node:crypto';
import type { SummarisedDisclosure, SummaryContent } from './summary-content.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The same shape with points in time instead of texts, as the rows have them. */
type AsRows<T> = T extends readonly (infer Each)[]
  ? readonly AsRows<Each>[]
  : T extends object
    ? { readonly [Key in keyof T]: Key extends `${string}At` | 'at' ? AsTime<T[Key]> : AsRows<T[Key]> }
    : T;
type AsTime<T> = T extends string ? Date : T;

/** What is known of a dialogue, without anything that a supplier calls a trade secret. In any order. */
export type SummaryFacts = AsRows<Omit<SummaryContent, 'version' | 'disclosures'>> & {
  readonly disclosures: readonly (AsRows<Omit<SummarisedDisclosure, 'corrects'>> & {
    readonly id: string;
    readonly correctsId: string | null;
  })[];
};

/**
 * Makes the generated part of the summary. Every input and every entry of the ledger is in it; there is nothing here
 * that could leave one out. The same facts give the same content, whichever order they came in.
 */
export function composeSummary(facts: SummaryFacts): SummaryContent {
  const numberOf = new Map(facts.disclosures.map(({ id, number }) => [id, number]));
  const disclosures = facts.disclosures.map(({ id: _, correctsId, ...told }) => ({
    ...told,
    corrects: correctsId === null ? null : (numberOf.get(correctsId) ?? null),
  }));
  const content = {
    version: 1,
    ...facts,
    participants: sorted(facts.participants, byName),
    inputs: sorted(facts.inputs, byNumber),
    comments: sorted(facts.comments, byNumber),
    rounds: sorted(facts.rounds, byNumber).map((round) => ({
      ...round,
      lot: sorted(round.lot, (a, b) => a.position - b.position),
      meetings: sorted(round.meetings, (a, b) => a.startsAt.getTime() - b.startsAt.getTime() || byName(a, b)),
    })),
    disclosures: sorted(disclosures, byNumber),
  };
  return withTextsForTimes(content) as unknown as SummaryContent;
}

const sorted = <T>(all: readonly T[], compare: (a: T, b: T) => number): T[] => [...all].sort(compare);

interface Named {
  readonly organisationName: string;
  readonly organisationNumber: string;
}

// Not by locale: a summary is the same wherever it is made.
const compared = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byName = (a: Named, b: Named): number =>
  compared(a.organisationName, b.organisationName) || compared(a.organisationNumber, b.organisationNumber);

const byNumber = (a: { number: number | null }, b: { number: number | null }): number =>
  (a.number ?? Number.POSITIVE_INFINITY) - (b.number ?? Number.POSITIVE_INFINITY) || 0;

/** Also takes what JSON and PostgreSQL would not give back as it was: U+0000, and halves of characters. */
function withTextsForTimes(value: unknown): Json {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\u0000', '');
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withTextsForTimes);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withTextsForTimes(each)]));
}

/** JSON without a choice: keys in order, no space. What the hash of a summary is the hash of. */
export function canonicalText(content: SummaryContent): string {
  return JSON.stringify(inOrder(content as unknown as Json));
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, Json>).sort(([a], [b]) => compared(a, b));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

export const hashOf = (content: SummaryContent): string =>
  createHash('sha256').update(canonicalText(content), 'utf8').digest('hex');
