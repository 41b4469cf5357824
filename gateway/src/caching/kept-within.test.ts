import { expect, it } from 'vitest';
import { KeptWithin } from './kept-within.js';

const KB = 1024;
const store = () => new KeptWithin<Buffer>(100 * KB, (value) => value.length);

it('stays within its bytes whatever is put in, keys counted', () => {
  const kept = store();
  const keys = Array.from({ length: 2_000 }, (_, n) => `${n}${'k'.repeat((n * 7) % 3_000)}`);
  for (const [n, key] of keys.entries()) kept.set(key, Buffer.alloc((n * 37) % (9 * KB)));
  // The newest first: those need not be moved to be found, and moving an older one drops others, but is no find twice.
  const bytes = keys.toReversed().map((key) => {
    const found = kept.get(key);
    return found ? found.length + 2 * key.length : 0;
  });
  const sum = bytes.reduce((a, b) => a + b);
  expect(sum).toBeLessThanOrEqual(100 * KB);
  expect(sum).toBeGreaterThan(40 * KB);
});

it('takes nothing that is more than an eighth of it', () => {
  const kept = store();
  kept.set('small', Buffer.alloc(KB));
  kept.set('large', Buffer.alloc(13 * KB));
  kept.set('k'.repeat(7 * KB), Buffer.alloc(1));
  kept.set('fits', Buffer.alloc(12 * KB));
  expect(['small', 'large', 'k'.repeat(7 * KB), 'fits'].map((key) => kept.get(key)?.length)).toEqual([
    KB,
    undefined,
    undefined,
    12 * KB,
  ]);
});

it('finds everything worth keeping while there is room, and then what is asked for again', () => {
  const kept = store();
  const ask = (key: string) => {
    const found = kept.get(key) !== undefined;
    if (!found && kept.isWorthKeeping(key)) kept.set(key, Buffer.alloc(KB));
    return found;
  };
  expect([ask('first'), ask('first')]).toEqual([false, true]);
  for (let n = 0; n < 200; n++) ask(`once ${n}`);
  expect(kept.get('once 199')).toBeUndefined();
  expect([ask('again'), ask('again'), ask('again')]).toEqual([false, false, true]);
  for (let n = 0; n < 1_000; n++) ask(`other ${n}`);
  expect(ask('again')).toBe(true);
});
