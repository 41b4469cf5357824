import { repairMojibake } from './mojibake.js';
import type { LocalisedText } from './notice.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

/** Norwegian readers' languages first, then the one that most others read. */
const PREFERRED = ['NOR', 'NOB', 'NNO', 'ENG'];

/** ISO 639-2 for "undetermined": the key of a text whose language the notice does not say. */
const UNDETERMINED = 'UND';

/** Of titles and names. The longest real ones have some 400 characters. */
export const NAME_LENGTH = 2_000;
/** Of descriptions; about thirty printed pages. */
const TEXT_LENGTH = 100_000;

const ALPHA_3 = new Map([
  ['NO', 'NOR'],
  ['NB', 'NOB'],
  ['NN', 'NNO'],
  ['EN', 'ENG'],
]);

/** One text from the elements that carry its translations. Null when all are empty. */
export function localised(
  elements: readonly XmlElement[],
  field: string,
  reading: Reading,
): LocalisedText | null {
  // Some senders publish one text as several paragraphs of the same language.
  const asParagraphs = (before: string, next: string) => `${before}\n${next}`;
  return choose(texts(elements, field, reading, asParagraphs, TEXT_LENGTH), reading.language);
}

/** Like {@link localised}, for what has one line: of two names in the same language the first stands. */
export function localisedName(
  elements: readonly XmlElement[],
  field: string,
  reading: Reading,
): LocalisedText | null {
  const keepFirst = (before: string, next: string) => {
    reading.remarks.add('TEXT_REPAIRED', field, next, {
      nb: 'Navnet er publisert flere ganger på samme språk. Det første er brukt.',
      en: 'The name was published several times in the same language. The first is used.',
    });
    return before;
  };
  return choose(texts(elements, field, reading, keepFirst, NAME_LENGTH), reading.language);
}

function texts(
  elements: readonly XmlElement[],
  field: string,
  reading: Reading,
  merge: (before: string, next: string) => string,
  longest: number,
): Map<string, string> {
  const byLanguage = new Map<string, string>();
  for (const element of elements) {
    const value = cleanText(element.text, field, reading);
    if (value === '') continue;
    const language = languageOf(element) ?? UNDETERMINED;
    const before = byLanguage.get(language);
    byLanguage.set(language, before === undefined || before === value ? value : merge(before, value));
  }
  for (const [language, value] of byLanguage) {
    byLanguage.set(language, shortened(value, longest, field, reading));
  }
  return byLanguage;
}

/** What has more than so many characters is cut: lists show names, and indexes hold them. */
export function shortened(value: string, longest: number, field: string, { remarks }: Reading): string {
  if (value.length <= longest) return value;
  remarks.add('TEXT_SHORTENED', field, value, {
    nb: `Teksten er lengre enn ${longest} tegn og er forkortet.`,
    en: `The text is longer than ${longest} characters and has been shortened.`,
  });
  // Half a character at the end is none, and the database refuses it.
  return value.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '');
}

function choose(byLanguage: ReadonlyMap<string, string>, own: string | null): LocalisedText | null {
  const order = [...PREFERRED, own ?? UNDETERMINED, UNDETERMINED, ...byLanguage.keys()];
  const chosen = order.find((language) => byLanguage.has(language));
  if (chosen === undefined) return null;
  return {
    value: byLanguage.get(chosen) ?? '',
    language: chosen === UNDETERMINED ? null : chosen,
    all: Object.fromEntries(byLanguage),
  };
}

/** The text as it was meant: trimmed, with mojibake undone. */
export function cleanText(raw: string, field: string, { remarks }: Reading): string {
  const repaired = repairMojibake(raw);
  if (repaired === null) return raw;
  remarks.add('TEXT_REPAIRED', field, raw, {
    nb: 'Teksten var publisert med ødelagte tegn og er rettet.',
    en: 'The text was published with broken characters and has been repaired.',
  });
  return repaired.trim();
}

/** Only codes become keys: what a sender writes in languageID must not be able to name `__proto__`. */
function languageOf(element: XmlElement): string | null {
  const code = element.attributes.get('languageID')?.trim().toUpperCase() ?? '';
  return ALPHA_3.get(code) ?? (/^[A-Z]{2,3}$/.test(code) ? code : null);
}
