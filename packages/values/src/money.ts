/**
 * An amount in hundredths of the currency unit (øre, cents) as a safe integer. Also currencies without
 * hundredths (ISK, JPY) are counted in hundredths: one rule for every reader beats a table of exponents.
 */
export interface Money {
  amount: number;
  /** ISO 4217. */
  currency: string;
}

export type MoneyLanguage = 'nb' | 'nn' | 'en';

/** The lexical form of xsd:decimal: no exponent, no grouping, no comma. */
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/**
 * Works on the decimal text and never passes through a float, for which 0.1 + 0.2 is not 0.3. More than two
 * decimals are rounded half up, away from zero. Null when the text is no number, the currency no currency,
 * or the amount too large to be exact.
 */
export function parseDecimalAmount(text: string, currency: string): Money | null {
  const match = DECIMAL.exec(text.trim());
  if (!match || !/^[A-Z]{3}$/.test(currency)) return null;
  const [, sign, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  // A longer number cannot be safe; refusing here keeps BigInt from chewing on a megabyte of digits.
  if (whole.replace(/^0+/, '').length > 14) return null;
  const hundredths = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2));
  const rounded = hundredths + (fraction.charAt(2) >= '5' ? 1n : 0n);
  if (rounded > BigInt(Number.MAX_SAFE_INTEGER)) return null;
  const amount = Number(rounded);
  return { amount: sign === '-' && amount !== 0 ? -amount : amount, currency };
}

const formats = new Map<string, Intl.NumberFormat>();
const LOCALES: Record<MoneyLanguage, string> = { nb: 'nb-NO', nn: 'nn-NO', en: 'en-GB' };

export function formatMoney(money: Money, language: MoneyLanguage): string {
  const whole = money.amount % 100 === 0;
  const key = `${language} ${money.currency} ${whole}`;
  let format = formats.get(key);
  if (!format) {
    const fractionDigits = whole ? 0 : 2;
    format = new Intl.NumberFormat(LOCALES[language], {
      style: 'currency',
      currency: money.currency,
      minimumFractionDigits: fractionDigits,
      maximumFractionDigits: fractionDigits,
    });
    formats.set(key, format);
  }
  return format.format(decimalText(money) as `${number}`);
}

/** The amount as an exact decimal text, `-1234.50`: for XML, OCDS and wherever a float would be guessed at. */
export function decimalText(money: Money): string {
  const digits = String(Math.abs(money.amount)).padStart(3, '0');
  return `${money.amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
