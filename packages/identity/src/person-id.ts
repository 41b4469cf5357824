import { createHash } from 'node:crypto';

/** Douglas Crockford's base 32: no I, L, O or U, so that it can be read aloud and never spells anything. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 26;
const BITS_OF_SHA256 = 256n;

/**
 * The pseudonym of a person: the same for the same subject at the same issuer, and nothing else.
 *
 * It hides only as well as the subject is hard to guess. The subjects of ID-porten and Ansattporten are random and
 * pairwise, which is enough; a national identity number has eleven digits and would be found by trying them all,
 * so claim mappings refuse to use one.
 */
export function personIdOf(issuerName: string, subject: string): string {
  const digest = createHash('sha256').update(`${issuerName}\u0000${subject}`).digest('hex');
  let rest = BigInt(`0x${digest}`) >> (BITS_OF_SHA256 - BigInt(CHARACTERS * 5));
  let text = '';
  for (let i = 0; i < CHARACTERS; i++) {
    text = ALPHABET[Number(rest & 31n)] + text;
    rest >>= 5n;
  }
  return `P-${text}`;
}

/** Whether a text is a pseudonym as {@link personIdOf} makes them. */
export function isPersonId(text: string): boolean {
  return /^P-[0-9A-HJKMNP-TV-Z]{26}$/.test(text);
}
