import { describe, expect, it } from 'vitest';
import { columnWidths, wrap } from './wrap.js';

const widthOf = (text: string) => text.length;

describe('lines', () => {
  it.each([
    ['en to tre', 6, ['en to ', 'tre']],
    ['en to', 5, ['en to']],
    ['abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['en abcdefghij to', 4, ['en ', 'abcd', 'efgh', 'ij ', 'to']],
    ['en\n\nto', 9, ['en', '', 'to']],
    ['', 9, ['']],
    ['  en   to ', 9, ['en to']],
    ['abc', 0, ['a', 'b', 'c']],
  ])('of %j in %d are %j', (text, width, expected) => {
    expect(wrap(text, width, widthOf)).toEqual(expected);
  });
});

describe('columns', () => {
  it('fill the table, and leave each its longest word', () => {
    const widths = columnWidths(
      [
        { longestWord: 20, whole: 20 },
        { longestWord: 50, whole: 900 },
        { longestWord: 60, whole: 120 },
      ],
      400,
    );
    expect(widths.reduce((a, b) => a + b)).toBeCloseTo(400);
    expect(widths[0]).toBeCloseTo(20);
    expect(widths[1]).toBeGreaterThan(widths[2] as number);
    expect(widths[2]).toBeGreaterThanOrEqual(60);
  });

  it('share where words are too long for all, and where there is nothing to say', () => {
    expect(columnWidths(Array(4).fill({ longestWord: 999, whole: 999 }), 400)).toEqual([100, 100, 100, 100]);
    expect(columnWidths(Array(2).fill({ longestWord: 0, whole: 0 }), 400)).toEqual([200, 200]);
  });
});
