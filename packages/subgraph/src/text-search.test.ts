import { expect, it } from 'vitest';
import { LONGEST_SEARCH, matchesText } from './text-search.js';

it('is a condition where there are words, and none where the search field is empty', () => {
  expect(matchesText('barnehage')).toHaveLength(1);
  for (const empty of ['', '  ', null, undefined]) expect(matchesText(empty)).toEqual([]);
});

it('refuses more words than anybody searches for', () => {
  expect(matchesText('x'.repeat(LONGEST_SEARCH))).toHaveLength(1);
  expect(() => matchesText('x'.repeat(LONGEST_SEARCH + 1))).toThrow(
    expect.objectContaining({
      code: 'BAD_USER_INPUT',
      extensions: expect.objectContaining({ argument: 'filter.text' }),
    }),
  );
});
