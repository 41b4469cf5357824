/** The codes that eForms adds to NUTS for "anywhere" (BT-727). */
const ANYWHERE = new Set(['anyw', 'anyw-eea', 'anyw-cou']);

/**
 * Has the form of a NUTS code (a country and up to three characters) or means "anywhere". Which codes exist
 * changes with each version of the regulation, so existence is a question for a code list with dates.
 */
export function isNuts(text: string): boolean {
  return ANYWHERE.has(text) || /^[A-Z]{2}[0-9A-Z]{0,3}$/.test(text);
}

/** `NO083` lies in `NO08` and `NO`: a filter by region is a filter by prefix. "Anywhere" lies in nothing. */
export function isWithinNuts(code: string, region: string): boolean {
  return isNuts(code) && isNuts(region) && !ANYWHERE.has(region) && code.startsWith(region);
}
