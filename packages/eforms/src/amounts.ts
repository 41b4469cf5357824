import { type Money, parseDecimalAmount } from '@samspill/values';
import { first, textOf } from './find.js';
import type { Reading, Remarks } from './remarks.js';
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

/** The largest whole number that GraphQL's Int and the database's int hold. */
const MOST = 2 ** 31 - 1;

/** Counts and ranks. One that is broken, withheld (-1) or beyond counting would break whoever stores it. */
export function countAt(
  from: XmlElement | null,
  field: string,
  { remarks }: Reading,
  ...path: string[]
): number | null {
  const text = textOf(from, ...path);
  if (text === null) return null;
  // Some senders write a count as 3.0.
  const count = /^\+?\d{1,15}(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  if (count <= MOST) return count;
  return notNumber(text, field, remarks);
}

/**
 * A number whose decimals matter, as published. Only what xsd:decimal allows: to a reader of numbers
 * `Infinity`, `NaN`, `1e400` and `0x10` are numbers too. Fifteen digits are what every one of them keeps.
 */
export function decimalAt(
  from: XmlElement | null,
  field: string,
  { remarks }: Reading,
  ...path: string[]
): string | null {
  const text = textOf(from, ...path);
  if (text === null) return null;
  const isDecimal = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) && text.replace(/\D/g, '').length <= 15;
  return isDecimal ? text : notNumber(text, field, remarks);
}

function notNumber(raw: string, field: string, remarks: Remarks): null {
  remarks.add('AMOUNT_INVALID', field, raw, {
    nb: 'Tallet kan ikke leses, er for stort eller er holdt tilbake. Det er utelatt.',
    en: 'The number cannot be read, is too large or is withheld. It is left out.',
  });
  return null;
}

/** Percentages and durations; never money. Null also for -1, which stands for "withheld". */
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
