import type { Mendable } from '@samspill/subgraph';

export const MOST_PARAGRAPHS = 2_000;
export const LONGEST_DRAFT = 500_000;

/** The paragraphs of a text: what empty lines stand between. */
export function paragraphsOf(text: string): string[] {
  return text
    .toWellFormed()
    .replaceAll('\u0000', '')
    .replaceAll(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

export interface Place {
  /** From 1. */
  readonly paragraph: number;
  readonly from: number;
  readonly to: number;
  readonly quote: string;
}

/** Whether the place exists and says what the comment takes it to say; what was read may have been replaced meanwhile. */
export function placeMatches(paragraphs: readonly string[], { paragraph, from, to, quote }: Place): boolean {
  const text = paragraphs[paragraph - 1];
  if (text === undefined || from < 0 || from >= to || to > text.length) return false;
  return text.slice(from, to) === quote;
}

export const placeDoesNotMatch: Mendable = {
  code: 'PLACE_DOES_NOT_MATCH',
  path: ['input', 'quote'],
  messages: {
    nb: 'Teksten på dette stedet er en annen enn sitatet. Utkastet kan ha kommet i ny versjon: hent det igjen, og merk stedet på nytt.',
    nn: 'Teksten på denne staden er ein annan enn sitatet. Utkastet kan ha kome i ny versjon: hent det igjen, og merk staden på nytt.',
    en: 'The text at this place is not what is quoted. There may be a new version of the draft: get it again, and mark the place anew.',
  },
};
