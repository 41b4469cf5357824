import { AdjustableClock } from '@samspill/values';
import { expect, it } from 'vitest';
import { renewedToken } from './renewed-token.js';

it.each([
  ['thirty seconds before it ends', 300, 270],
  ['half way, when it is short', 40, 20],
])('is used until %s', async (_when, lifetimeSeconds, until) => {
  const clock = new AdjustableClock('2026-03-02T08:00:00Z');
  let given = 0;
  const token = renewedToken(async () => ({ value: `token ${++given}`, lifetimeSeconds }), clock);
  expect(await token()).toBe('token 1');
  clock.advance((until - 1) * 1000);
  expect(await token()).toBe('token 1');
  clock.advance(1_000);
  expect(await token()).toBe('token 2');
});

it('is asked for again after a failure', async () => {
  let asked = 0;
  const token = renewedToken(async () => {
    if (++asked === 1) throw new Error('not now');
    return { value: 'token', lifetimeSeconds: 60 };
  });
  await expect(token()).rejects.toThrow('not now');
  expect(await token()).toBe('token');
});
