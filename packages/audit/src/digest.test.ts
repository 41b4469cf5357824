import { expect, it } from 'vitest';
import { digest } from './digest.js';

it('is the same for what is the same, in whatever order it is said', () => {
  const time = new Date('2026-03-02T08:00:00.000Z');
  const one = digest({ b: [1, { d: time, c: 12n }], a: Buffer.from('ø'), left: undefined });
  const other = digest({ a: new Uint8Array([0xc3, 0xb8]), b: [1, { c: '12', d: time.toISOString() }] });
  expect(one).toEqual(other);
  expect(one).toHaveLength(32);
});

it('differs with everything that is said', () => {
  const values = [
    null,
    '',
    0,
    false,
    [],
    {},
    [[]],
    [null],
    { a: null },
    { a: [] },
    'a',
    ['a'],
    { a: 1 },
    { b: 1 },
  ];
  expect(new Set(values.map((value) => digest(value).toString('hex'))).size).toBe(values.length);
});

it('may name one object twice, beside each other', () => {
  const shared = { a: 1 };
  expect(digest([shared, shared])).toEqual(digest([{ a: 1 }, { a: 1 }]));
});

const inItself: unknown[] = [];
inItself.push({ again: inItself });
class Bid {}

it.each([
  [undefined, '$'],
  [{ a: [1, undefined] }, '$.a[1]'],
  [{ a: Number.NaN }, '$.a'],
  [Number.POSITIVE_INFINITY, '$'],
  [() => 1, '$'],
  [{ s: Symbol('s') }, '$.s'],
  [{ [Symbol('s')]: 1 }, '$'],
  [new Map([[1, 2]]), '$'],
  [new Bid(), '$'],
  [{ a: new Date('never') }, '$.a'],
  [inItself, '$[0].again'],
  // biome-ignore lint/suspicious/noSparseArray: a hole is nothing that could be said
  [[1, , 3], '$[1]'],
])('refuses %s, and says where', (value, path) => {
  expect(() => digest(value)).toThrow(`at ${path}.`);
});
