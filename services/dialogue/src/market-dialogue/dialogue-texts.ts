import { isEmailAddress } from '@samspill/mail';
import type { Mendable, Messages } from '@samspill/subgraph';
import { cpvBranches, type DialogueData } from './market-dialogue.js';

/** What an officer decides about a dialogue, as it is stored. */
export type DialogueWords = Pick<
  DialogueData,
  | 'title'
  | 'description'
  | 'opensAt'
  | 'closesAt'
  | 'expectedTenderDate'
  | 'cpv'
  | 'additionalCpv'
  | 'nuts'
  | 'url'
  | 'contact'
  | 'language'
>;

/** As somebody wrote it. What is left out is not touched. */
export type GivenWords = { readonly [Name in keyof DialogueWords]?: DialogueWords[Name] | null };

/** The most characters of each. */
export const LONGEST_IN_DIALOGUE = {
  title: 200,
  description: 10_000,
  url: 500,
  name: 200,
  email: 254,
  telephone: 30,
} as const;

const MOST_CODES = 20;

/** The words without the space around them, and everything about them that has to be mended. */
export function dialogueWords(given: GivenWords): { words: Partial<DialogueData>; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const words: Partial<DialogueData> = {};
  const checked = (text: string, longest: number, path: readonly string[]): string => {
    const { text: clean, mend: wrong } = cleanText(text, longest, path);
    mend.push(...wrong);
    return clean;
  };
  const optional = (text: string | null | undefined, longest: number, path: readonly string[]) =>
    text == null || text.trim() === '' ? null : checked(text, longest, path);
  const { title, description, url, contact, language } = given;
  if (title !== undefined) words.title = checked(title ?? '', LONGEST_IN_DIALOGUE.title, ['input', 'title']);
  if (description !== undefined) {
    words.description = optional(description, LONGEST_IN_DIALOGUE.description, ['input', 'description']);
  }
  if (url !== undefined) {
    words.url = optional(url, LONGEST_IN_DIALOGUE.url, ['input', 'url']);
    if (words.url !== null && !isWebAddress(words.url)) mend.push(noWebAddress(['input', 'url']));
  }
  if (contact !== undefined) {
    const { name, email, telephone } = contact ?? { name: null, email: null, telephone: null };
    const path = (part: string) => ['input', 'contact', part];
    words.contact = {
      name: optional(name, LONGEST_IN_DIALOGUE.name, path('name')),
      email: optional(email, LONGEST_IN_DIALOGUE.email, path('email')),
      telephone: optional(telephone, LONGEST_IN_DIALOGUE.telephone, path('telephone')),
    };
    const address = words.contact.email;
    if (address !== null && !isEmailAddress(address)) mend.push(noEmailAddress(path('email')));
  }
  if (language !== undefined) {
    words.language = language ?? 'NOR';
    if (!/^[A-Z]{3}$/.test(words.language)) mend.push(noLanguage);
  }
  for (const name of ['opensAt', 'closesAt', 'expectedTenderDate', 'cpv'] as const) {
    if (given[name] !== undefined) Object.assign(words, { [name]: given[name] });
  }
  for (const name of ['additionalCpv', 'nuts'] as const) {
    const codes = given[name];
    if (codes === undefined) continue;
    words[name] = [...new Set(codes ?? [])];
    if (words[name].length > MOST_CODES) mend.push(tooMany(['input', name], MOST_CODES));
  }
  return { words, mend };
}

/** The branches follow from the codes, also where only one of the two was changed. */
export function withBranches(
  words: Partial<DialogueData>,
  known: Pick<DialogueData, 'cpv' | 'additionalCpv'>,
): Partial<DialogueData> {
  const { cpv, additionalCpv } = { ...known, ...words };
  return { ...words, cpvBranches: cpvBranches([cpv, ...additionalCpv]) };
}

/** A text that has to say something: trimmed, in characters that PostgreSQL keeps. */
export function cleanText(
  given: string,
  longest: number,
  path: readonly string[],
): { text: string; mend: Mendable[] } {
  const text = given.toWellFormed().replaceAll('\u0000', '').trim();
  if (text === '') return { text, mend: [textMissing(path)] };
  return { text, mend: text.length > longest ? [textTooLong(path, longest)] : [] };
}

/** `https://…` and `http://…`, and nothing that a browser would run. */
export function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** The deadline comes after the opening. */
export function datesInOrder({ opensAt, closesAt }: Pick<DialogueData, 'opensAt' | 'closesAt'>): Mendable[] {
  if (opensAt === null || closesAt === null || opensAt < closesAt) return [];
  return [{ code: 'DATES_OUT_OF_ORDER', path: ['input', 'closesAt'], messages: OUT_OF_ORDER }];
}

/** What a dialogue needs before the market can be told of it. */
export function whatIsMissing(dialogue: DialogueData, now: Date): Mendable[] {
  const { description, contact, closesAt } = dialogue;
  const mend: Mendable[] = [];
  if (description === null) mend.push({ ...textMissing(['input', 'id']), messages: NO_DESCRIPTION });
  if (!contact?.email && !contact?.telephone) {
    mend.push({ code: 'CONTACT_MISSING', path: ['input', 'id'], messages: NO_CONTACT });
  }
  if (closesAt === null)
    mend.push({ code: 'DEADLINE_MISSING', path: ['input', 'id'], messages: NO_DEADLINE });
  else if (closesAt <= now) mend.push(deadlineInThePast(['input', 'id']));
  return mend;
}

export const textMissing = (path: readonly string[]): Mendable => ({
  code: 'TEXT_MISSING',
  path,
  messages: {
    nb: 'Her mangler det tekst. Skriv noe.',
    nn: 'Her manglar det tekst. Skriv noko.',
    en: 'There is no text here. Write something.',
  },
});

const textTooLong = (path: readonly string[], longest: number): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Teksten kan ha høyst ${longest} tegn. Kort den ned.`,
    nn: `Teksten kan ha høgst ${longest} teikn. Kort han ned.`,
    en: `The text may have at most ${longest} characters. Shorten it.`,
  },
});

export const tooMany = (path: readonly string[], most: number): Mendable => ({
  code: 'TOO_MANY',
  path,
  messages: {
    nb: `Det kan være høyst ${most} her. Behold de viktigste.`,
    nn: `Det kan vere høgst ${most} her. Behald dei viktigaste.`,
    en: `There may be at most ${most} here. Keep the most important ones.`,
  },
});

export const noWebAddress = (path: readonly string[]): Mendable => ({
  code: 'NOT_A_WEB_ADDRESS',
  path,
  messages: {
    nb: 'Dette er ikke en nettadresse. Skriv den helt ut, med https:// foran.',
    nn: 'Dette er ikkje ei nettadresse. Skriv ho heilt ut, med https:// framfor.',
    en: 'This is not a web address. Write it in full, beginning with https://.',
  },
});

export const noEmailAddress = (path: readonly string[]): Mendable => ({
  code: 'NOT_AN_EMAIL_ADDRESS',
  path,
  messages: {
    nb: 'Dette er ikke en e-postadresse. Skriv den som navn@firma.no.',
    nn: 'Dette er ikkje ei e-postadresse. Skriv ho som namn@firma.no.',
    en: 'This is not an e-mail address. Write it as name@company.no.',
  },
});

export const deadlineInThePast = (path: readonly string[]): Mendable => ({
  code: 'DEADLINE_IN_THE_PAST',
  path,
  messages: {
    nb: 'Svarfristen er allerede passert. Sett den til et senere tidspunkt.',
    nn: 'Svarfristen er allereie passert. Set han til eit seinare tidspunkt.',
    en: 'The deadline for answers has passed already. Set it to a later time.',
  },
});

const noLanguage: Mendable = {
  code: 'NOT_A_LANGUAGE',
  path: ['input', 'language'],
  messages: {
    nb: 'Skriv språket med tre store bokstaver (ISO 639-2), som NOB, NNO eller ENG.',
    nn: 'Skriv språket med tre store bokstavar (ISO 639-2), som NOB, NNO eller ENG.',
    en: 'Write the language in three capital letters (ISO 639-2), such as NOB, NNO or ENG.',
  },
};

const OUT_OF_ORDER: Messages = {
  nb: 'Svarfristen må komme etter at dialogen åpner.',
  nn: 'Svarfristen må kome etter at dialogen opnar.',
  en: 'The deadline for answers must come after the opening.',
};

const NO_DESCRIPTION: Messages = {
  nb: 'Dialogen har ingen beskrivelse. Skriv hva kommunen vil vite, og hvorfor, før den varsles.',
  nn: 'Dialogen har inga skildring. Skriv kva kommunen vil vite, og kvifor, før han blir varsla.',
  en: 'The dialogue has no description. Write what the municipality wants to learn, and why, before announcing it.',
};

const NO_CONTACT: Messages = {
  nb: 'Dialogen har ingen kontakt. Gi en e-postadresse eller et telefonnummer før den varsles.',
  nn: 'Dialogen har ingen kontakt. Gje ei e-postadresse eller eit telefonnummer før han blir varsla.',
  en: 'The dialogue has no contact. Give an e-mail address or a telephone number before announcing it.',
};

const NO_DEADLINE: Messages = {
  nb: 'Dialogen har ingen svarfrist. Sett «closesAt», så alle har like lang tid.',
  nn: 'Dialogen har ingen svarfrist. Set «closesAt», så alle har like lang tid.',
  en: 'The dialogue has no deadline for answers. Set "closesAt", so that everybody has equally long.',
};
