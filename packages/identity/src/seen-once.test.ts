import { AdjustableClock } from '@samspill/values';
import { expect, it } from 'vitest';
import { seenInMemory, seenInRedis } from './seen-once.js';

it('remembers for as long as it was asked to', () => {
  const clock = new AdjustableClock('2026-03-02T12:00:00Z');
  const seen = seenInMemory({ now: () => clock.now() });
  expect(seen.firstTime('long', 60)).toBe(true);
  expect(seen.firstTime('short', 10)).toBe(true);
  clock.advance(9_999);
  expect(seen.firstTime('short', 10)).toBe(false);
  clock.advance(1);
  expect(seen.firstTime('short', 10)).toBe(true);
  expect(seen.firstTime('long', 60)).toBe(false);
});

it('asks Redis to remember only what is new, and for how long', async () => {
  const asked: unknown[][] = [];
  const keys = new Set<string>();
  // What Redis itself says to SET … NX: OK, or nothing. The test of replicas has a real one.
  const seen = seenInRedis({
    async set(...args) {
      asked.push(args);
      if (keys.has(args[0])) return null;
      keys.add(args[0]);
      return 'OK';
    },
  });
  expect(await seen.firstTime('a', 34.2)).toBe(true);
  expect(await seen.firstTime('a', 34.2)).toBe(false);
  expect(asked[0]).toEqual(['samspill:seen:a', '1', 'EX', 35, 'NX']);
});

it('accepts nothing when Redis cannot say', async () => {
  const seen = seenInRedis({ set: () => Promise.reject(new Error('connection lost')) });
  await expect(seen.firstTime('a', 30)).rejects.toThrow('connection lost');
});
