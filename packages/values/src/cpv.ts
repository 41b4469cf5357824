/** A code of the Common Procurement Vocabulary, Regulation (EC) 213/2008. */
export interface Cpv {
  /** The eight digits, which is all that eForms uses. */
  code: string;
  /** The ninth digit after a hyphen, where it was written. It is not verified: its algorithm was never published. */
  checkDigit: string | null;
}

export function parseCpv(text: string): Cpv | null {
  const match = /^(\d{8})(?:-(\d))?$/.exec(text.trim());
  // Divisions run from 03 to 98: `00000000` is a filler, not a code.
  if (!match?.[1] || match[1].startsWith('00')) return null;
  return { code: match[1], checkDigit: match[2] ?? null };
}

/** A branch of the tree, from division (two digits) to the full code: what a search or an alert filters on. */
export function isCpvPrefix(text: string): boolean {
  return /^\d{2,8}$/.test(text) && !text.startsWith('00');
}

/**
 * The branch that a search for a code means, without its zeros at the end: 45000000 stands for all of division
 * 45, because the zeros are the tree's way of saying "and below". Null for what is no code and no beginning of one.
 */
export function cpvBranch(text: string): string | null {
  const digits = text.trim().replace(/-\d$/, '');
  if (!isCpvPrefix(digits)) return null;
  return digits.length === 8 ? digits.replace(/0+$/, '').padEnd(2, '0') : digits;
}
