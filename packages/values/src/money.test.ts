import { expect, test } from 'vitest';
import { decimalText, formatMoney, parseDecimalAmount } from './money.js';

test.each([
  ['1000', 100_000],
  ['1000.5', 100_050],
  [' 0.29 ', 29],
  ['1.005', 101],
  ['1.0049999999', 100],
  ['-2.005', -201],
  ['-0', 0],
  ['.5', 50],
  ['5.', 500],
  ['+7', 700],
  ['0000000000000000000012', 1200],
  ['90071992547409.91', Number.MAX_SAFE_INTEGER],
])('%s is %i hundredths', (text, amount) => {
  expect(parseDecimalAmount(text, 'NOK')).toEqual({ amount, currency: 'NOK' });
});

test.each([
  '',
  '.',
  '-',
  'abc',
  '1e6',
  '1,5',
  '1 000',
  'NaN',
  '0x10',
  '90071992547409.92',
  '9'.repeat(100_000),
])('is no amount (%#)', (text) => {
  expect(parseDecimalAmount(text, 'NOK')).toBeNull();
});

test('a currency is three capital letters', () => {
  expect(parseDecimalAmount('1', 'kr')).toBeNull();
  expect(parseDecimalAmount('1', '')).toBeNull();
});

test('formats for the reader', () => {
  const plain = (text: string) => text.replace(/\s/g, ' ').replace('−', '-');
  expect(plain(formatMoney({ amount: 123_456_700, currency: 'NOK' }, 'nb'))).toBe('1 234 567 kr');
  expect(plain(formatMoney({ amount: 123_456_750, currency: 'NOK' }, 'nn'))).toBe('1 234 567,50 kr');
  expect(plain(formatMoney({ amount: -5, currency: 'EUR' }, 'en'))).toBe('-€0.05');
});

test('gives an exact decimal text back', () => {
  expect(decimalText({ amount: -5, currency: 'EUR' })).toBe('-0.05');
  expect(decimalText({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe('90071992547409.91');
});
