import { AdjustableClock } from '@samspill/values';
import { expect, test } from 'vitest';
import { competition, fileOf, importInto } from '../support/notices.js';
import { startTestRegion } from '../support/region.js';

test('a tender closes when its deadline passes, and nobody writes it down', async () => {
  const clock = new AdjustableClock('2024-03-10T12:00:00Z');
  await using region = await startTestRegion('embedded', { demo: false, clock });
  const deadline = new Date('2024-04-01T10:00:00Z');
  const lot = { id: 'LOT-0001', title: 'Renhold', description: 'Renhold', deadline };
  await importInto(region, [fileOf(competition({ lots: [lot] }))]);

  async function status() {
    const { data } = await region.query(`{
      all: tenders { nodes { status } }
      active: tenders(filter: { status: [ACTIVE] }) { totalCount }
      closed: tenders(filter: { status: [CLOSED] }) { totalCount }
    }`);
    return [data.all.nodes[0].status, data.active.totalCount, data.closed.totalCount];
  }
  expect(await status()).toEqual(['ACTIVE', 1, 0]);
  clock.set(new Date(deadline.getTime() - 1));
  expect(await status()).toEqual(['ACTIVE', 1, 0]);
  clock.set(deadline);
  expect(await status()).toEqual(['CLOSED', 0, 1]);
});
