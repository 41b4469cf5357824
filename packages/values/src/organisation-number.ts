/** Why a text is not a Norwegian organisation number. */
export type OrganisationNumberFault = 'EMPTY' | 'NOT_NINE_DIGITS' | 'FIRST_DIGIT' | 'CHECK_DIGIT';

export type NormalisedOrganisationNumber =
  | { ok: true; value: string /** The input was not the bare nine digits. */; changed: boolean }
  | { ok: false; reason: OrganisationNumberFault };

/** MOD11 weights of the Register of Legal Entities, first digit first. */
const WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2] as const;

const PREFIX = /^(?:org(?:anisasjons)?\.?(?:nummer|nr|no)?\.?:?)/i;

/**
 * Reads the spellings that buyers really publish: `923 609 016`, `NO 923609016 MVA`, `Org.nr. 923.609.016`,
 * with non-breaking spaces or full-width digits (hence NFKC). Anything that has more in it than a number
 * is refused rather than searched: "Larvik kommune 918082956" is a name, and the caller decides about names.
 */
export function normaliseOrganisationNumber(raw: string | null | undefined): NormalisedOrganisationNumber {
  const compact = (raw ?? '').normalize('NFKC').replace(/[\s.\-\u2010-\u2015\u200b\ufeff]/g, '');
  if (compact === '') return { ok: false, reason: 'EMPTY' };
  const value = compact
    .replace(PREFIX, '')
    .replace(/^NO:?(?=\d)/i, '')
    .replace(/MVA$/i, '');
  if (!/^\d{9}$/.test(value)) return { ok: false, reason: 'NOT_NINE_DIGITS' };
  // 8 and 9 are given to real organisations, 2 and 3 to the synthetic ones of the public test environments.
  if (!/^[2389]/.test(value)) return { ok: false, reason: 'FIRST_DIGIT' };
  if (organisationNumberCheckDigit(value.slice(0, 8)) !== Number(value[8])) {
    return { ok: false, reason: 'CHECK_DIGIT' };
  }
  return { ok: true, value, changed: value !== raw };
}

/** True for exactly nine digits with a valid check digit; spaces and prefixes are not accepted. */
export function isOrganisationNumber(text: string): boolean {
  const result = normaliseOrganisationNumber(text);
  return result.ok && !result.changed;
}

/** Null when MOD11 gives 10: such numbers are never issued. */
export function organisationNumberCheckDigit(eightDigits: string): number | null {
  if (!/^\d{8}$/.test(eightDigits)) {
    throw new RangeError('A check digit is computed from exactly eight digits');
  }
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(eightDigits[i]), 0);
  const digit = (11 - (sum % 11)) % 11;
  return digit === 10 ? null : digit;
}
