import { expect, it } from 'vitest';
import { BoundedStore } from './bounded-store.js';

const KB = 1024;
const store = () => new BoundedStore<Buffer>({ maxBytes: 100 * KB, sizeOf: (value) => value.length });

it('lets go first of what was not asked for the longest', () => {
  const kept = store();
  for (let n = 0; n < 9; n++) kept.set(`${n}`, Buffer.alloc(10 * KB));
  kept.get('0');
  kept.set('new', Buffer.alloc(10 * KB));
  expect(kept.get('0')).toBeDefined();
  expect(kept.get('1')).toBeUndefined();
  expect(kept.get('2')).toBeDefined();
});

it('stays within its bytes whatever is put in, keys counted', () => {
  const kept = store();
  for (let n = 0; n < 5_000; n++) {
    kept.set(`${n}${'k'.repeat(n % 3_000)}`, Buffer.alloc((n * 37) % (9 * KB)));
    expect(kept.bytes).toBeLessThanOrEqual(100 * KB);
  }
  expect(kept.size).toBeGreaterThan(5);
});

it('takes nothing that would drive out all the rest', () => {
  const kept = store();
  kept.set('small', Buffer.alloc(KB));
  kept.set('large', Buffer.alloc(50 * KB));
  expect(kept.get('large')).toBeUndefined();
  expect(kept.get('small')).toBeDefined();
});

it('counts what is replaced or removed no more', () => {
  const kept = store();
  for (let n = 0; n < 100; n++) kept.set('same', Buffer.alloc(n * 100));
  expect(kept.size).toBe(1);
  kept.delete('same');
  kept.delete('same');
  expect([kept.size, kept.bytes]).toEqual([0, 0]);
});
