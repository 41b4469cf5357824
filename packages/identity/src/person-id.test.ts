import { expect, it } from 'vitest';
import { personIdOf } from './person-id.js';

it('is the same for the same subject at the same issuer, and another for any other', () => {
  // Fixed for ever: what a person was granted hangs on it.
  expect(personIdOf('development', 'officer')).toBe('P-809JF38NJ2ERZQM0476ZAC0ECK');
  expect(personIdOf('development', 'officer')).toMatch(/^P-[0-9A-HJKMNP-TV-Z]{26}$/);
  const others = [
    ['ansattporten', 'officer'],
    ['development', 'Officer'],
    ['developmen', 'tofficer'],
  ] as const;
  expect(new Set(others.map(([issuer, subject]) => personIdOf(issuer, subject))).size).toBe(3);
});
