import { describe, expect, test } from 'vitest';
import { cpvBranch, isCpvPrefix, parseCpv } from './cpv.js';
import { isMunicipalityNumber } from './municipality-number.js';
import { isNuts, isWithinNuts } from './nuts.js';

describe('municipality number', () => {
  test.each(['0124', '3014', '3118', '0301', '5601'])('%s is one', (n) => {
    expect(isMunicipalityNumber(n)).toBe(true);
  });
  test.each(['', '124', '03014', '0000', '9999', '3100', '31a8'])('%j is not', (n) => {
    expect(isMunicipalityNumber(n)).toBe(false);
  });
});

describe('CPV', () => {
  test('reads the code with and without its check digit', () => {
    expect(parseCpv('72230000')).toEqual({ code: '72230000', checkDigit: null });
    expect(parseCpv(' 72230000-6 ')).toEqual({ code: '72230000', checkDigit: '6' });
  });
  test.each(['', '7223', '00000000', '722300006', '72230000-', 'IT'])('refuses %j', (text) => {
    expect(parseCpv(text)).toBeNull();
  });
  test('a prefix has two to eight digits', () => {
    expect(['72', '72230000'].every(isCpvPrefix)).toBe(true);
    expect(['7', '722300001', 'ab', '00'].some(isCpvPrefix)).toBe(false);
  });
});

test.each([
  ['45000000', '45'],
  ['45000000-7', '45'],
  [' 45210000 ', '4521'],
  ['30000000', '30'],
  ['450', '450'],
  ['45215200-9', '452152'],
  ['4', null],
  ['00000000', null],
  ['IT', null],
])('a search for %s means the branch %s', (text, branch) => {
  expect(cpvBranch(text)).toBe(branch);
});

describe('NUTS', () => {
  test.each(['NO', 'NO08', 'NO083', 'NO082', 'NOZZZ', 'FRF11', 'anyw', 'anyw-eea', 'anyw-cou'])('%s', (c) => {
    expect(isNuts(c)).toBe(true);
  });
  test.each(['', 'N', 'NO0834', 'no083', 'Oslo', 'anywhere'])('not %j', (c) => {
    expect(isNuts(c)).toBe(false);
  });
  test('a region holds what begins with it', () => {
    expect(isWithinNuts('NO083', 'NO08')).toBe(true);
    expect(isWithinNuts('NO083', 'NO082')).toBe(false);
    expect(isWithinNuts('anyw-eea', 'anyw')).toBe(false);
  });
});
