import { expect, it } from 'vitest';
import { AskedLately } from './asked-lately.js';

const keys = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `["","nb",""]{"id":"${from + n}"}`);

it('knows what was asked for before', () => {
  const asked = new AskedLately();
  expect(keys(0, 1_000).filter((key) => asked.again(key)).length).toBeLessThan(10);
  expect(keys(0, 1_000).filter((key) => asked.again(key)).length).toBeGreaterThan(980);
});

it('forgets what others have been asked for after', () => {
  const asked = new AskedLately();
  for (const key of keys(0, 1_000)) asked.again(key);
  for (const key of keys(1_000, 300_000)) asked.again(key);
  expect(keys(0, 1_000).filter((key) => asked.again(key)).length).toBeLessThan(50);
});
