import { parseValue } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DateScalar, DateTimeScalar, MoneyScalar } from './scalars.js';

const BAD = expect.objectContaining({ code: 'BAD_USER_INPUT' });

describe('DateTime', () => {
  it.each([
    ['2024-02-29T12:00:00+01:00', '2024-02-29T11:00:00.000Z'],
    ['0001-01-01T00:00Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('takes %s', (text, time) => {
    expect(DateTimeScalar.parseValue(text).toISOString()).toBe(time);
  });

  it.each([
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '0000-06-01T00:00:00Z',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
    'soon',
  ])('refuses %s', (text) => {
    expect(() => DateTimeScalar.parseValue(text)).toThrow(BAD);
  });
});

describe('Date', () => {
  it.each(['2024-02-29', '0001-01-01'])('takes %s', (text) => {
    expect(DateScalar.parseValue(text)).toBe(text);
  });

  it.each(['2024-02-30', '2024-04-31', '0000-01-01', '2024-2-1'])('refuses %s', (text) => {
    expect(() => DateScalar.parseValue(text)).toThrow(BAD);
  });
});

describe('Money', () => {
  const literal = parseValue('{ amount: $amount }');

  it('takes variables inside a literal', () => {
    expect(MoneyScalar.parseLiteral(literal, { amount: 7 })).toEqual({ amount: 7, currency: 'NOK' });
    expect(() => MoneyScalar.parseLiteral(literal, { amount: 'much' })).toThrow(BAD);
  });

  it('leaves them alone while they are not known', () => {
    expect(() => MoneyScalar.parseLiteral(literal)).not.toThrow();
    expect(() => MoneyScalar.parseLiteral(parseValue('{ amount: "much" }'))).toThrow(BAD);
  });
});
