import { expect, it } from 'vitest';
import { paragraphsOf, placeMatches } from './hearing-text.js';

it('divides a text at its empty lines, whatever ends them', () => {
  expect(paragraphsOf('\n\nEn\nlinje\r\n\r\n To \n \t\n\n\nTre\r')).toEqual(['En\nlinje', 'To', 'Tre']);
  expect(paragraphsOf(' \n\n \u0000')).toEqual([]);
});

it.each([
  ['the very place', { paragraph: 2, from: 4, to: 9, quote: 'andre' }, true],
  ['another place', { paragraph: 2, from: 5, to: 10, quote: 'andre' }, false],
  ['another paragraph', { paragraph: 1, from: 4, to: 9, quote: 'andre' }, false],
  ['a paragraph that there is not', { paragraph: 3, from: 0, to: 1, quote: 'x' }, false],
  ['paragraph zero', { paragraph: 0, from: 0, to: 1, quote: 'x' }, false],
  ['nothing', { paragraph: 1, from: 0, to: 0, quote: '' }, false],
  ['from the end, as slice would have it', { paragraph: 1, from: -4, to: -1, quote: 'ste' }, false],
  ['beyond the end', { paragraph: 1, from: 4, to: 99, quote: 'første' }, false],
])('tells whether %s is quoted', (_case, place, matches) => {
  expect(placeMatches(['Det første', 'Det andre'], place)).toBe(matches);
});
