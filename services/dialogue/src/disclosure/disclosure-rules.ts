import type { Mendable } from '@samspill/subgraph';

/** Read in one sitting, and as a part of a mail. */
export const LONGEST_DISCLOSURE = 5_000;

/** As much of a dialogue as says who may be told something in it. */
export interface TellingFacts {
  readonly ledHere: boolean;
  readonly announcedAt: Date | null;
  readonly closedAt: Date | null;
  readonly summarisedAt: Date | null;
}

/** What keeps everybody from being told something. Late is better than never: neither the deadline nor the tender does. */
export function mayTellAll(dialogue: TellingFacts): Mendable | null {
  if (!dialogue.ledHere) return notLedHere(['input', 'dialogueId']);
  if (dialogue.announcedAt === null) return notAnnounced(['input', 'dialogueId']);
  return dialogue.summarisedAt === null ? null : alreadySummarised(['input', 'dialogueId']);
}

/** What else keeps one from being told something that the others do not know. */
export function mayTellOne(dialogue: TellingFacts): Mendable | null {
  const never = mayTellAll(dialogue);
  if (never) return never;
  return dialogue.closedAt === null ? null : alreadyClosed(['input', 'toldTo']);
}

/** The words without the space around them, and what has to be mended about them. */
export function toldWords(
  given: string,
  path: readonly string[],
  longest = LONGEST_DISCLOSURE,
): { text: string; mend: Mendable[] } {
  // PostgreSQL keeps neither halves of characters nor U+0000, and nobody means them.
  const text = given.toWellFormed().replaceAll('\u0000', '').trim();
  if (text === '') return { text, mend: [textMissing(path)] };
  return { text, mend: text.length > longest ? [textTooLong(path, longest)] : [] };
}

const textMissing = (path: readonly string[]): Mendable => ({
  code: 'TEXT_MISSING',
  path,
  messages: {
    nb: 'Her mangler det tekst. Skriv det slik at alle kan lese det.',
    nn: 'Her manglar det tekst. Skriv det slik at alle kan lese det.',
    en: 'There is no text here. Write it so that everybody can read it.',
  },
});

const textTooLong = (path: readonly string[], longest: number): Mendable => ({
  code: 'TEXT_TOO_LONG',
  path,
  messages: {
    nb: `Teksten kan ha høyst ${longest} tegn. Kort den ned, eller del den.`,
    nn: `Teksten kan ha høgst ${longest} teikn. Kort han ned, eller del han.`,
    en: `The text may have at most ${longest} characters. Shorten it, or divide it.`,
  },
});

export const notLedHere = (path: readonly string[]): Mendable => ({
  code: 'NOT_LED_HERE',
  path,
  messages: {
    nb: 'Denne markedsdialogen ledes ikke i Samspill: den er bare gjengitt fra en kunngjøring. Opprett en markedsdialog her for å føre logg.',
    nn: 'Denne marknadsdialogen blir ikkje leidd i Samspill: han er berre attgjeven frå ei kunngjering. Opprett ein marknadsdialog her for å føre logg.',
    en: 'This market dialogue is not led in Samspill: it is only shown from a notice. Create a market dialogue here to keep a ledger.',
  },
});

export const notAnnounced = (path: readonly string[]): Mendable => ({
  code: 'NOT_ANNOUNCED',
  path,
  messages: {
    nb: 'Markedsdialogen er ikke varslet ennå. Varsle den først, så alle kan følge med fra starten.',
    nn: 'Marknadsdialogen er ikkje varsla enno. Varsle han først, så alle kan følgje med frå starten.',
    en: 'The market dialogue has not been announced yet. Announce it first, so that everybody can follow it from the start.',
  },
});

const alreadyClosed = (path: readonly string[]): Mendable => ({
  code: 'ALREADY_CLOSED',
  path,
  messages: {
    nb: 'Markedsdialogen er lukket, så ingen kan få vite noe alene. Gi opplysningen til alle i stedet.',
    nn: 'Marknadsdialogen er lukka, så ingen kan få vite noko åleine. Gje opplysninga til alle i staden.',
    en: 'The market dialogue is closed, so nobody can be told anything alone. Tell everybody instead.',
  },
});

const alreadySummarised = (path: readonly string[]): Mendable => ({
  code: 'ALREADY_SUMMARISED',
  path,
  messages: {
    nb: 'Markedsdialogen er oppsummert, og loggen er ferdig. Føy opplysningen til oppsummeringen («addToSummary») i stedet.',
    nn: 'Marknadsdialogen er oppsummert, og loggen er ferdig. Føy opplysninga til oppsummeringa («addToSummary») i staden.',
    en: 'The market dialogue has been summarised, and its ledger is complete. Add what you have to say to the summary ("addToSummary") instead.',
  },
});

export const toldInTheFuture: Mendable = {
  code: 'TOLD_IN_THE_FUTURE',
  path: ['input', 'toldAt'],
  messages: {
    nb: 'Tidspunktet er ikke kommet ennå. Loggfør opplysningen når den er gitt.',
    nn: 'Tidspunktet er ikkje kome enno. Loggfør opplysninga når ho er gjeven.',
    en: 'That moment has not come yet. Write down what was told once it has been.',
  },
};

export const nameMissing: Mendable = {
  code: 'NAME_MISSING',
  path: ['input', 'toldToName'],
  messages: {
    nb: 'Leverandøren deltar ikke i dialogen, så navnet er ikke kjent. Oppgi navnet i «toldToName».',
    nn: 'Leverandøren deltek ikkje i dialogen, så namnet er ikkje kjent. Oppgje namnet i «toldToName».',
    en: 'The supplier does not take part in the dialogue, so its name is not known. Give the name in "toldToName".',
  },
};

export const noSuchEntry: Mendable = {
  code: 'NO_SUCH_DISCLOSURE',
  path: ['input', 'corrects'],
  messages: {
    nb: 'Det er ingen slik opplysning i loggen til denne dialogen. Se «marketDialogue { ledger }».',
    nn: 'Det er inga slik opplysning i loggen til denne dialogen. Sjå «marketDialogue { ledger }».',
    en: 'There is no such entry in the ledger of this dialogue. See "marketDialogue { ledger }".',
  },
};

export const alreadyPublished: Mendable = {
  code: 'ALREADY_PUBLISHED',
  path: ['input', 'id'],
  messages: {
    nb: 'Alle har fått denne opplysningen allerede.',
    nn: 'Alle har fått denne opplysninga allereie.',
    en: 'Everybody has got this already.',
  },
};
