import type { EntityManager } from '@mikro-orm/postgresql';
import type { PayloadOf, procurementStarted } from '@samspill/messages';
import { IMPORT_LOCK } from '../import/import-lock.js';
import { Procurement, ProcurementKey } from './procurement.js';

/** Makes a chain known that another service started. Handled again, or after the id has moved, it changes nothing. */
export async function registerProcurement(
  em: EntityManager,
  message: PayloadOf<typeof procurementStarted>,
): Promise<void> {
  const id = message.procurementId;
  await em.transactional(async (tx) => {
    // An import may be joining this very chain to another.
    await tx.execute(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    if (await tx.findOne(ProcurementKey, { key: `id:${id}` })) return;
    await tx.upsert(
      Procurement,
      { id, startedAt: new Date(message.startedAt) },
      { onConflictAction: 'ignore' },
    );
  });
}
