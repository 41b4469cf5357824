import type { Mendable } from '@samspill/subgraph';

/** The words of a need, as they are stored. */
export interface NeedTexts {
  title: string;
  effect: string;
  users: string;
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
  successCriteria: 500,
  volume: 500,
} as const satisfies Record<keyof NeedTexts, number>;

export const MOST_CRITERIA = 20;

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
  return { texts, mend };
}

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
