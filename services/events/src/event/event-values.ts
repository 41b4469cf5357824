import { InvalidEmailAddress, isEmailAddress } from '@samspill/mail';
import type { Language, Mendable } from '@samspill/subgraph';
import { isMunicipalityNumber } from '@samspill/values';
import type { EventFacts } from './event.js';
import {
  languageUnknown,
  missing,
  municipalityUnknown,
  outOfRange,
  tooLong,
  urlUnclear,
} from './event-messages.js';
import type { Venue } from './venue.js';

/** What hosts say of an event; the rest follows from what happens to it. */
export const EDITABLE = [
  'title',
  'description',
  'kind',
  'startsAt',
  'endsAt',
  'venue',
  'online',
  'url',
  'capacity',
  'organiser',
  'registrationOpensAt',
  'registrationClosesAt',
  'seatsPerOrganisation',
  'offerHours',
  'contactEmail',
  'language',
  'personalDataDays',
  'dialogueId',
  'tenderId',
  'procurementId',
] as const satisfies readonly (keyof EventFacts)[];

export type EventValues = Pick<EventFacts, (typeof EDITABLE)[number]>;

/** As somebody wrote it. What is left out is not touched. */
export type GivenEvent = {
  readonly [Name in Exclude<keyof EventValues, 'language'>]?: EventValues[Name] | null;
} & { readonly language?: string | null };

export const LONGEST = {
  title: 200,
  description: 10_000,
  organiser: 200,
  url: 2_000,
  contactEmail: 254,
  venueName: 200,
  venueAddress: 200,
  venueCity: 100,
  id: 100,
  reason: 1_000,
} as const;

export const RANGES = {
  capacity: [0, 100_000],
  seatsPerOrganisation: [1, 10_000],
  offerHours: [1, 336],
  personalDataDays: [1, 730],
} as const satisfies Partial<Record<keyof EventValues, readonly [number, number]>>;

/** May be null, which takes away what was said. */
const CLEARABLE: ReadonlySet<string> = new Set([
  'venue',
  'url',
  'capacity',
  'registrationOpensAt',
  'registrationClosesAt',
  'seatsPerOrganisation',
  'contactEmail',
  'dialogueId',
  'tenderId',
  'procurementId',
]);

/** The values without the space around them, and everything about each of them that has to be mended. */
export function eventValues(given: GivenEvent): { values: Partial<EventValues>; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const values: Record<string, unknown> = {};
  for (const name of EDITABLE) {
    const value = given[name];
    if (value === undefined) continue;
    const path = ['input', name];
    if (value === null) {
      if (CLEARABLE.has(name)) values[name] = null;
      else mend.push(missing(path));
      continue;
    }
    const checked = checkedValue(name, value, path);
    mend.push(...checked.mend);
    values[name] = checked.value;
  }
  return { values: values as Partial<EventValues>, mend };
}

interface Checked {
  readonly value: unknown;
  readonly mend: readonly Mendable[];
}

function checkedValue(name: keyof EventValues, value: unknown, path: readonly string[]): Checked {
  switch (name) {
    case 'title':
    case 'description':
    case 'organiser':
      return text(value as string, LONGEST[name], path);
    case 'dialogueId':
    case 'tenderId':
    case 'procurementId':
      return text(value as string, LONGEST.id, path);
    case 'url':
      return kindOfText(value as string, LONGEST.url, path, isWebAddress, urlUnclear);
    case 'contactEmail':
      return kindOfText(
        value as string,
        LONGEST.contactEmail,
        path,
        isEmailAddress,
        InvalidEmailAddress.mend,
      );
    case 'language':
      return kindOfText(value as string, 2, path, isLanguage, languageUnknown);
    case 'capacity':
    case 'seatsPerOrganisation':
    case 'offerHours':
    case 'personalDataDays':
      return { value, mend: within(value as number, RANGES[name], path) };
    case 'venue':
      return venue(value as Venue, path);
    default:
      return { value, mend: [] };
  }
}

/** The words without the space around them; somebody has to have written some. */
export function text(given: string, longest: number, path: readonly string[]): Checked & { value: string } {
  const value = given.trim();
  if (value === '') return { value, mend: [missing(path)] };
  return { value, mend: value.length > longest ? [tooLong(path, longest)] : [] };
}

function kindOfText(
  given: string,
  longest: number,
  path: readonly string[],
  isOne: (text: string) => boolean,
  otherwise: (path: readonly string[]) => Mendable,
): Checked {
  const { value, mend } = text(given, longest, path);
  return { value, mend: mend.length > 0 || isOne(value) ? mend : [otherwise(path)] };
}

export function within(
  value: number,
  [least, most]: readonly [number, number],
  path: readonly string[],
): Mendable[] {
  return value < least || value > most ? [outOfRange(path, least, most)] : [];
}

function venue(given: Venue, path: readonly string[]): Checked {
  const name = text(given.name, LONGEST.venueName, [...path, 'name']);
  const optional = (words: string | null | undefined, longest: number, at: string) =>
    words === null || words === undefined ? { value: null, mend: [] } : text(words, longest, [...path, at]);
  const address = optional(given.address, LONGEST.venueAddress, 'address');
  const city = optional(given.city, LONGEST.venueCity, 'city');
  const municipalityNumber = given.municipalityNumber ?? null;
  const isKnown = municipalityNumber === null || isMunicipalityNumber(municipalityNumber);
  return {
    value: { name: name.value, address: address.value, city: city.value, municipalityNumber },
    mend: [
      ...name.mend,
      ...address.mend,
      ...city.mend,
      ...(isKnown ? [] : [municipalityUnknown([...path, 'municipality'])]),
    ],
  };
}

function isWebAddress(given: string): boolean {
  return URL.canParse(given) && ['http:', 'https:'].includes(new URL(given).protocol);
}

export const isLanguage = (given: string): given is Language => ['nb', 'nn', 'en'].includes(given);
