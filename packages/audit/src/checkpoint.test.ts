import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { entries, openAuditStore, START } from './audit.test-support.js';
import { epochText } from './canonical.js';
import { appendAudit, checkpointKey, checkpointTimer, signCheckpoint } from './index.js';

const key = checkpointKey(Buffer.alloc(32, 1));
const publicKeys = new Map([[key.keyId, key.publicKey]]);

it('signs once for each day that has ended in Oslo', async () => {
  await using store = await openAuditStore();
  const sign = (now: string) => signCheckpoint(store.as('system'), 'tenders', { ...key, now: new Date(now) });
  expect(await sign('2026-03-02T08:00:00Z'), 'nothing to sign').toBeNull();
  await appendAudit(store.em, 'tenders', entries(3));
  expect(await sign('2026-03-02T22:59:59.123Z')).toMatchObject({
    service: 'tenders',
    day: '2026-03-01',
    sequence: '3',
    keyId: key.keyId,
    signedAt: '1772492399.123000',
  });
  expect(await sign('2026-03-02T22:59:59.999Z')).toBeNull();
  // Midnight in Oslo, an hour before UTC's.
  expect(await sign('2026-03-02T23:00:00Z')).toMatchObject({ day: '2026-03-02', sequence: '3' });
  await appendAudit(store.em, 'tenders', entries(2, 4));
  expect(await sign('2026-03-04T10:00:00Z')).toMatchObject({ day: '2026-03-03', sequence: '5' });
  expect(await store.verify({ publicKeys })).toMatchObject({ entries: 5, checkpoints: 3, break: null });
});

it('lets replicas try at the same time', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', entries(3));
  const attempts = await Promise.all(
    [1, 2, 3, 4].map(() => signCheckpoint(store.as('system'), 'tenders', { ...key, now: START })),
  );
  expect(attempts.filter(Boolean)).toHaveLength(1);
  expect(await store.verify({ publicKeys })).toMatchObject({ checkpoints: 1, break: null });
});

it('is signed by the service itself, and by nobody who only writes', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', entries(1));
  for (const role of ['public', 'reader', 'writer'] as const) {
    await expect(signCheckpoint(store.as(role), 'tenders', { ...key, now: START })).rejects.toThrow('denied');
  }
});

it('makes the same key of the same secret, and wants 32 bytes', () => {
  expect(checkpointKey(Buffer.alloc(32, 1)).keyId).toBe(key.keyId);
  expect(checkpointKey(Buffer.alloc(32, 2)).keyId).not.toBe(key.keyId);
  expect(() => checkpointKey(Buffer.alloc(31))).toThrow('32 bytes');
});

it.each([
  ['2026-03-02T08:00:00.120Z', '1772438400.120000'],
  ['1970-01-01T00:00:00.005Z', '0.005000'],
  ['1969-12-31T23:59:59.995Z', '-0.005000'],
])('says %s as PostgreSQL does', async (time, text) => {
  expect(epochText(new Date(time))).toBe(text);
});

it('tries at once and again, reports what fails, and stops when the last attempt has ended', async () => {
  const errors: string[] = [];
  let attempts = 0;
  let inside = 0;
  const timer = checkpointTimer({
    everyMilliseconds: 10,
    onError: (error) => errors.push(error.message),
    sign: async () => {
      attempts += 1;
      inside += 1;
      expect(inside).toBe(1);
      await setTimeout(25);
      inside -= 1;
      if (attempts === 1) throw new Error('not now');
    },
  });
  expect(attempts).toBe(1);
  await setTimeout(120);
  await timer.stop();
  expect(inside).toBe(0);
  const seen = attempts;
  expect(seen).toBeGreaterThan(1);
  await setTimeout(40);
  expect(attempts).toBe(seen);
  expect(errors).toEqual(['not now']);
});
