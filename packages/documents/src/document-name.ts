import type { Mendable, Messages } from '@samspill/subgraph';
import { type DocumentPurpose, extensionsOf, typeByName } from './purpose.js';

/** In characters, as a reader counts them. */
const LONGEST_NAME = 200;

export type GivenName = { readonly name: string; readonly mediaType: string } | { readonly mend: Mendable };

/**
 * What a client calls its file. It is kept to be shown and to be downloaded under, and never becomes a path of
 * ours; but on the reader's machine it does, so anything that could lead elsewhere there is refused, not cleaned:
 * a name that was meant to deceive is better not taken in under another.
 */
export function documentName(given: string, { mediaTypes }: DocumentPurpose): GivenName {
  const name = given.normalize('NFC').trim();
  if (name === '') return fault('DOCUMENT_NAME_MISSING', MISSING);
  if (/[/\\]/.test(name) || /^[a-z]:/i.test(name) || /^\.+$/.test(name)) {
    return fault('DOCUMENT_NAME_HAS_PATH', HAS_PATH);
  }
  // Beside what cannot be seen: what turns the direction of reading, so that “gpj.exe” looks like “exe.jpg”.
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u.test(name) || !name.isWellFormed()) {
    return fault('DOCUMENT_NAME_HAS_CONTROL_CHARACTERS', HAS_CONTROL_CHARACTERS);
  }
  if ([...name].length > LONGEST_NAME) return fault('DOCUMENT_NAME_TOO_LONG', TOO_LONG);
  const mediaType = typeByName(name);
  if (mediaType === null || !mediaTypes.includes(mediaType)) {
    const taken = mediaTypes.flatMap(extensionsOf).map((extension) => `.${extension}`);
    return fault('DOCUMENT_TYPE_NOT_TAKEN', typeNotTaken(taken.join(', ')));
  }
  return { name, mediaType };
}

const fault = (code: string, messages: Messages): GivenName => ({
  mend: { code, messages, path: ['input', 'name'] },
});

const MISSING: Messages = {
  nb: 'Filen mangler navn. Oppgi det, med endelse, for eksempel «plan.pdf».',
  nn: 'Fila manglar namn. Oppgje det, med ending, til dømes «plan.pdf».',
  en: 'The file has no name. State it, with its extension, such as "plan.pdf".',
};

const HAS_PATH: Messages = {
  nb: 'Filnavnet inneholder en sti. Oppgi bare navnet, for eksempel «plan.pdf».',
  nn: 'Filnamnet inneheld ein sti. Oppgje berre namnet, til dømes «plan.pdf».',
  en: 'The file name contains a path. State the name alone, such as "plan.pdf".',
};

const HAS_CONTROL_CHARACTERS: Messages = {
  nb: 'Filnavnet inneholder tegn som ikke vises. Skriv navnet på nytt.',
  nn: 'Filnamnet inneheld teikn som ikkje blir viste. Skriv namnet på nytt.',
  en: 'The file name contains characters that cannot be seen. Write the name anew.',
};

const TOO_LONG: Messages = {
  nb: `Filnavnet er for langt. Bruk høyst ${LONGEST_NAME} tegn.`,
  nn: `Filnamnet er for langt. Bruk høgst ${LONGEST_NAME} teikn.`,
  en: `The file name is too long. Use at most ${LONGEST_NAME} characters.`,
};

const typeNotTaken = (taken: string): Messages => ({
  nb: `Filer med denne endelsen tas ikke imot her. Bruk en av disse: ${taken}.`,
  nn: `Filer med denne endinga blir ikkje tekne imot her. Bruk ei av desse: ${taken}.`,
  en: `Files with this extension are not taken here. Use one of these: ${taken}.`,
});
