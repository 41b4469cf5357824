import type { Mendable } from '@samspill/subgraph';

/** The words of a need, as they are stored. */
export interface NeedTexts {
  title: string;
  effect: string;
  users: string;
  constraints: string[];
  successCriteria: string[];
  volume: string | null;
}

/** As somebody wrote them. What is left out is not touched. */
export type GivenTexts = { readonly [Name in keyof NeedTexts]?: NeedTexts[Name] | null };

/** The most characters of each, so that a need can be read in one sitting. */
export const LONGEST = {
  title: 200,
  effect: 5_000,
  users: 2_000,
  constraints: 500,
  successCriteria: 500,
  volume: 500,
} as const satisfies Record<keyof NeedTexts, number>;

export const MOST_CRITERIA = 20;
export const MOST_CONSTRAINTS = 20;

/** The words without the space around them, and everything about them that has to be mended. */
export function needTexts(given: GivenTexts): { texts: Partial<NeedTexts>; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const texts: Partial<NeedTexts> = {};
  const words = (text: string | null, name: keyof NeedTexts, ...at: string[]): string => {
    const path = ['input', name, ...at];
    const trimmed = text?.trim() ?? '';
    if (trimmed === '') mend.push(missing(path));
    if (trimmed.length > LONGEST[name]) mend.push(tooLong(path, LONGEST[name]));
    return trimmed;
  };
  for (const name of ['title', 'effect', 'users'] as const) {
    if (given[name] !== undefined) texts[name] = words(given[name], name);
  }
  // The only one that there may be nothing to say about yet.
  if (given.volume !== undefined) texts.volume = given.volume === null ? null : words(given.volume, 'volume');
  if (given.successCriteria !== undefined) {
    const criteria = given.successCriteria ?? [];
    const path = ['input', 'successCriteria'];
    if (criteria.length === 0) mend.push(missing(path));
    if (criteria.length > MOST_CRITERIA) mend.push(tooMany(path));
    else texts.successCriteria = criteria.map((each, at) => words(each, 'successCriteria', String(at)));
  }
  // Nothing has to be a constraint: none at all is the best that a supplier can read.
  if (given.constraints !== undefined) {
    const constraints = given.constraints ?? [];
    if (constraints.length > MOST_CONSTRAINTS) mend.push(tooManyConstraints);
    else texts.constraints = constraints.map((each, at) => words(each, 'constraints', String(at)));
  }
  return { texts, mend };
}

/** One text alone, such as an explanation, by the same rules. */
export function wordsOf(
  text: string,
  path: readonly string[],
  longest: number,
): { readonly text: string } | { readonly mend: readonly Mendable[] } {
  const trimmed = text.trim();
  if (trimmed === '') return { mend: [nothingSaid(path)] };
  return trimmed.length > longest ? { mend: [tooLong(path, longest)] } : { text: trimmed };
}

const nothingSaid = (path: readonly string[]): Mendable => ({
  code: 'TEXT_MISSING',
  path,
  messages: {
    nb: 'Her mangler det tekst. Skriv noe som andre kan forstå det av.',
    nn: 'Her manglar det tekst. Skriv noko som andre kan forstå det av.',
    en: 'There is no text here. Write something that others can understand it by.',
  },
});

const missing = (path: readonly string[]): Mendable => ({
  code: 'TEXT_MISSING',
  path,
  messages: {
    nb: 'Her mangler det tekst. Skriv noe, også i et utkast; du kan endre det fram til behovet er publisert.',
    nn: 'Her manglar det tekst. Skriv noko, også i eit utkast; du kan endre det fram til behovet er publisert.',
    en: 'There is no text here. Write something, also in a draft; you can change it until the need is published.',
  },
});

const tooLong = (path: readonly string[], longest: number): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Teksten kan ha høyst ${longest} tegn. Kort den ned.`,
    nn: `Teksten kan ha høgst ${longest} teikn. Kort han ned.`,
    en: `The text may have at most ${longest} characters. Shorten it.`,
  },
});

const tooMany = (path: readonly string[]): Mendable => ({
  code: 'TOO_MANY_CRITERIA',
  path,
  messages: {
    nb: `Et behov kan ha høyst ${MOST_CRITERIA} suksesskriterier. Behold de viktigste.`,
    nn: `Eit behov kan ha høgst ${MOST_CRITERIA} suksesskriterium. Behald dei viktigaste.`,
    en: `A need may have at most ${MOST_CRITERIA} success criteria. Keep the most important ones.`,
  },
});

const tooManyConstraints: Mendable = {
  code: 'TOO_MANY_CONSTRAINTS',
  path: ['input', 'constraints'],
  messages: {
    nb: `Et behov kan ha høyst ${MOST_CONSTRAINTS} rammer. Behold dem som virkelig må holde, uansett løsning.`,
    nn: `Eit behov kan ha høgst ${MOST_CONSTRAINTS} rammer. Behald dei som verkeleg må halde, uansett løysing.`,
    en: `A need may have at most ${MOST_CONSTRAINTS} constraints. Keep those that really must hold, whatever the solution.`,
  },
};
