import { randomBytes } from 'node:crypto';

/** Crockford’s base 32: no I, L, O and U, which people take for something else, or find in words. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 10;

/** A code to check in with. Nobody guesses one: there are 2^50, and only hosts can try. */
export function newCheckInCode(random: Uint8Array = randomBytes(LENGTH)): string {
  return [...random.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** As it is printed: in two groups, which are easier to read aloud. */
export const printedCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`;

/** The code that somebody has typed or read aloud; null when it cannot be one. */
export function readCheckInCode(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((each) => ALPHABET.includes(each)) ? code : null;
}
