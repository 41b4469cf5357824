import { expect, it } from 'vitest';
import { hasItAlready } from './conditional.js';

it.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['*', true],
  ['"b"', false],
  ['a', false],
  ['', false],
  [undefined, false],
])('If-None-Match: %s', (header, expected) => {
  expect(hasItAlready(header, '"a"')).toBe(expected);
});
