import { expect, it } from 'vitest';
import { RecentlyUsed } from './recently-used.js';

const keeping = (most: number) => new RecentlyUsed<number>({ most, weigh: (key) => key.length + 10 });

it('what is used is kept, and what is not is forgotten', () => {
  const kept = keeping(100);
  kept.set('used', 1);
  kept.set('unused', 2);
  for (let i = 0; i < 100; i++) {
    kept.set(`made up ${i}`, i);
    expect(kept.get('used')).toBe(1);
  }
  expect(kept.get('unused')).toBeUndefined();
  expect(kept.get('made up 99')).toBe(99);
  kept.clear();
  expect(kept.get('used')).toBeUndefined();
});

it('no more is kept than two generations', () => {
  const kept = keeping(100);
  const keys = Array.from({ length: 100 }, (_, i) => `key ${i}`);
  for (const key of keys) kept.set(key, 1);
  const weight = keys.filter((key) => kept.get(key)).reduce((sum, { length }) => sum + length + 10, 0);
  expect(weight).toBeGreaterThan(100);
  expect(weight).toBeLessThanOrEqual(200);
});

it('what is as heavy as all others together is not kept, and pushes none of them out', () => {
  const kept = keeping(100);
  kept.set('light', 1);
  kept.set('heavy'.repeat(4), 2);
  kept.set('heavy'.repeat(4), 2);
  expect([kept.get('light'), kept.get('heavy'.repeat(4))]).toEqual([1, undefined]);
});

it('what is deleted is gone, old and young', () => {
  const kept = keeping(60);
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) kept.set(key, 1);
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) kept.delete(key);
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => kept.get(key))).toEqual(Array(6).fill(undefined));
});

it('what is replaced or deleted weighs no more', () => {
  const kept = new RecentlyUsed<string>({ most: 100, weigh: (_, value) => value.length });
  kept.set('first', 'x'.repeat(20));
  for (let i = 0; i < 20; i++) {
    kept.set('same', 'x'.repeat(1 + i));
    kept.set('passing', 'x'.repeat(20));
    kept.delete('passing');
    kept.delete('passing');
  }
  kept.set('last', 'x'.repeat(20));
  // All of it has room in one generation: had anything been counted twice, the first would be two behind by now.
  for (let i = 0; i < 2; i++) kept.set(`full ${i}`, 'x'.repeat(20));
  expect(kept.get('first')).toBeDefined();
  expect(kept.get('last')).toBeDefined();
});
