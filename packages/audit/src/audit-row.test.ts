import { type KeysetOrder, keysetPage } from '@samspill/database';
import { expect, it } from 'vitest';
import { entries, openAuditStore } from './audit.test-support.js';
import { AuditRow, appendAudit } from './index.js';

const newestFirst: KeysetOrder = {
  name: 'SEQUENCE_DESC',
  property: 'sequence',
  direction: 'desc',
};

it('is read page by page, the newest first', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', entries(12));
  const reader = () => store.as('reader', { 'samspill.grants': 'ADMINISTRATOR@3118' });
  const openings = { entity: AuditRow, where: [{ objectType: 'Opening' }] };
  const page = (after?: string) => keysetPage(reader(), openings, newestFirst, { first: 5, after });
  const first = await page();
  expect(first.rows.map((row) => row.id)).toEqual(['12', '11', '10', '9', '8']);
  const [last] = first.rows.slice(-1) as [AuditRow];
  const second = await page(first.cursorOf(last));
  expect(second.rows.map((row) => row.sequence)).toEqual([7, 6, 5, 4, 3]);
  expect(second.hasNextPage).toBe(true);
});

it('cannot be written', async () => {
  await using store = await openAuditStore();
  await appendAudit(store.em, 'tenders', entries(1));
  const em = store.em.fork();
  const row = await em.findOneOrFail(AuditRow, { id: '1' });
  row.operation = 'something else';
  await em.flush().catch(() => undefined);
  expect(await store.verify()).toMatchObject({ entries: 1, break: null });
});
