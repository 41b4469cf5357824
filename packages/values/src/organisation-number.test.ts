import { describe, expect, test } from 'vitest';
import {
  isOrganisationNumber,
  normaliseOrganisationNumber,
  organisationNumberCheckDigit,
} from './organisation-number.js';

describe('organisation number', () => {
  test.each([
    '923609016',
    '923 609 016',
    ' 923\u00a0609\u00a0016 ',
    '923.609.016',
    'NO923609016MVA',
    'NO 923 609 016 MVA',
    '923609016MVA',
    'Org.nr. 923 609 016',
    'org nr: 923609016',
    'Organisasjonsnummer: 923609016',
    '９２３６０９０１６',
  ])('reads %j', (raw) => {
    expect(normaliseOrganisationNumber(raw)).toEqual({
      ok: true,
      value: '923609016',
      changed: raw !== '923609016',
    });
  });

  test.each([
    ['', 'EMPTY'],
    [' \u00a0', 'EMPTY'],
    [null, 'EMPTY'],
    ['Elvia AS', 'NOT_NINE_DIGITS'],
    ['Larvik kommune 918082956', 'NOT_NINE_DIGITS'],
    ['12345678', 'NOT_NINE_DIGITS'],
    ['123456785', 'FIRST_DIGIT'],
    ['923609017', 'CHECK_DIGIT'],
  ])('refuses %j as %s', (raw, reason) => {
    expect(normaliseOrganisationNumber(raw)).toEqual({ ok: false, reason });
  });

  test('the strict test takes only the bare nine digits', () => {
    expect(isOrganisationNumber('923609016')).toBe(true);
    expect(isOrganisationNumber('923 609 016')).toBe(false);
  });

  test('a remainder of one gives no check digit at all', () => {
    expect(organisationNumberCheckDigit('92360901')).toBe(6);
    const without = Array.from({ length: 100 }, (_, i) => String(90_000_000 + i)).filter(
      (digits) => organisationNumberCheckDigit(digits) === null,
    );
    expect(without.length).toBeGreaterThan(0);
    expect(
      without.flatMap((digits) => [...'0123456789'].map((d) => digits + d)).some(isOrganisationNumber),
    ).toBe(false);
    expect(() => organisationNumberCheckDigit('1234')).toThrow(RangeError);
  });
});
