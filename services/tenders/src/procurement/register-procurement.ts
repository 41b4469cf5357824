import type { PayloadOf, procurementStarted } from '@samspill/messages';
import type { Change } from '@samspill/subgraph';
import { IMPORT_LOCK } from '../import/import-lock.js';
import { Procurement, ProcurementKey } from './procurement.js';

/** Makes a chain known that another service started. Handled again, or after the id has moved, it changes nothing. */
export async function registerProcurement(
  { em, audit }: Change,
  message: PayloadOf<typeof procurementStarted>,
): Promise<void> {
  const id = message.procurementId;
  // An import may be joining this very chain to another.
  await em.execute(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
  if (await em.findOne(ProcurementKey, { key: `id:${id}` })) return;
  if (await em.findOne(Procurement, { id })) return;
  em.create(Procurement, { id, startedAt: new Date(message.startedAt) });
  audit({ object: { type: 'Procurement', id } });
}
