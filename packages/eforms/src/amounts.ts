import { type Money, parseDecimalAmount } from '@samspill/values';
import { first, textOf } from './find.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

export function moneyAt(
  from: XmlElement | null,
  field: string,
  { remarks }: Reading,
  ...path: string[]
): Money | null {
  const element = first(from, ...path);
  if (!element || element.text === '') return null;
  const currency = element.attributes.get('currencyID') ?? '';
  const money = parseDecimalAmount(element.text, currency);
  // TED publishes -1 in place of a value that is withheld (BT-195); no real one is below zero.
  if (money === null || money.amount < 0) {
    remarks.add('AMOUNT_INVALID', field, `${element.text} ${currency}`.trim(), {
      nb: 'Beløpet kan ikke leses, mangler valuta eller er holdt tilbake. Det er utelatt.',
      en: 'The amount cannot be read, has no currency or is withheld. It is left out.',
    });
    return null;
  }
  return money;
}

/** Counts, ranks, percentages and durations; never money. Null also for -1, which stands for "withheld". */
export function numberAt(from: XmlElement | null, ...path: string[]): number | null {
  const text = textOf(from, ...path);
  return text !== null && /^\+?\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

/** xsd:boolean has four spellings. */
export function indicatorAt(from: XmlElement | null, ...path: string[]): boolean | null {
  const text = textOf(from, ...path);
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}
