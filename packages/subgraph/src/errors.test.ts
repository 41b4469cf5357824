import { describe, expect, it } from 'vitest';
import { inLanguage, preferredLanguage } from './errors.js';

describe('preferredLanguage', () => {
  it.each([
    ['nb-NO,nb;q=0.9,en;q=0.8', 'nb'],
    ['nn-NO', 'nn'],
    ['no', 'nb'],
    ['de-DE,en;q=0.5', 'en'],
    ['en;q=0.1, nn;q=0.8', 'nn'],
    ['en;q=0, nb', 'nb'],
    ['fr', 'nb'],
    ['', 'nb'],
    [undefined, 'nb'],
  ])('%s → %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });
});

it('gives nynorsk readers bokmål where there is no nynorsk', () => {
  expect(inLanguage({ nb: 'Ikke', en: 'Not' }, 'nn')).toBe('Ikke');
});
