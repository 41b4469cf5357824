import { expect, it } from 'vitest';
import { markdownTable, median, quantile, slope, withSpread, written } from './figures.ts';

it('finds quantiles between values', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  expect(median([])).toBeNaN();
});

it('says how far values lie apart only where there are several', () => {
  expect(withSpread([1, 2, 3, 4, 5], 1)).toBe('3.0 (2.0–4.0)');
  expect(withSpread([2], 1)).toBe('2.0');
});

it('writes numbers and tables', () => {
  expect(written(12_345.678, 1)).toBe('12 345.7');
  expect(written(Number.NaN)).toBe('–');
  expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n|---|---|\n| 1 | 2 |');
});

it('finds how fast values grow, whatever they swing', () => {
  expect(slope([10, 12, 14, 16])).toBeCloseTo(2);
  expect(slope([5, 7, 5, 7, 5])).toBeCloseTo(0);
  expect(slope([1])).toBeNaN();
});
