import type { EntityManager } from '@mikro-orm/postgresql';
import type { PayloadOf, procurementStarted } from '@samspill/messages';
import { Procurement, ProcurementKey } from './procurement.js';

/** Makes a chain known that another service started. Handled again, or after the id has moved, it changes nothing. */
export async function registerProcurement(
  em: EntityManager,
  message: PayloadOf<typeof procurementStarted>,
): Promise<void> {
  const id = message.procurementId;
  await em.transactional(async (tx) => {
    if (await tx.findOne(ProcurementKey, { key: `id:${id}` })) return;
    await tx.upsert(
      Procurement,
      { id, startedAt: new Date(message.startedAt) },
      { onConflictAction: 'ignore' },
    );
  });
}
