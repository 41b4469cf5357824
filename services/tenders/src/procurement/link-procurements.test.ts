import { type Database, openDatabase } from '@samspill/database';
import { MessageBus, procurementsJoined, procurementsLinked } from '@samspill/messages';
import type { Service } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTenders } from '../subgraph.js';
import { linkProcurements } from './link-procurements.js';
import { Procurement, ProcurementKey } from './procurement.js';

let database: Database;
let bus: MessageBus;
let service: Service;
const warnings: string[] = [];

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: () => undefined });
  const log = pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) });
  service = await startTenders({ database, bus, clock: new AdjustableClock('2026-01-01T00:00:00Z'), log });
  await service.store.change('test', async ({ em, audit }) => {
    for (const id of ['p1', 'p2', 'p3']) await em.insert(Procurement, { id, startedAt: new Date(0) });
    await em.execute(
      `insert into tenders.tender (id, procurement_id, title, status, municipality_number, buyer_ids, cpv_codes, published_at, nuts_codes)
       select 't3', 'p3', 'Renhold i Marker', 'ACTIVE', '3122', '{}', '{}', now(), '{}'`,
    );
    audit({ object: { type: 'Procurement', id: 'p1' } });
  });
});

afterAll(async () => {
  await bus?.close();
  await database?.close();
});

const link = (from: string, into: string, municipality: string | null = '3118') =>
  service.store.change(procurementsLinked.name, (change) =>
    linkProcurements(service.store, change, { from, into, at: '2026-01-01T00:00:00Z', municipality }),
  );
const keys = async () =>
  (await service.store.fork().find(ProcurementKey, {})).map(
    ({ key, procurementId }) => `${key} → ${procurementId}`,
  );

it('makes one chain of two, also when it is told twice or of a chain that it has not heard of', async () => {
  await link('p1', 'p2');
  await link('p1', 'p2');
  await link('unheard', 'p1');
  expect(await keys()).toEqual(expect.arrayContaining(['id:p1 → p2', 'id:unheard → p2']));
  expect((await service.store.fork().find(Procurement, {})).map(({ id }) => id).sort()).toEqual(['p2', 'p3']);
  expect(procurementsJoined.receivers).toContain('dialogue');
});

it('leaves the chain of somebody else’s competition alone', async () => {
  const before = await keys();
  await link('p2', 'p3');
  await link('p2', 'p3', null);
  expect(await keys()).toEqual(before);
  expect(warnings.join()).toContain('not linked');
  await link('p2', 'p3', '3122');
  expect(await keys()).toContain('id:p2 → p3');
});
