import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';
import type { PayloadOf, procurementsJoined } from '@samspill/messages';
import type { Change } from '@samspill/subgraph';
import { moveAnnouncedTenders } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Need } from '../need/need.js';

/**
 * A procurement that turned out to be part of another. Kinds of messages have queues of their own, so an
 * invitation that names the old procurement may be handled after the join.
 */
@Entity({ tableName: 'joined_procurement' })
export class JoinedProcurement {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  intoId: string;
}

/** What the procurement is called now. No join is carried out until the transaction has ended. */
export async function currentProcurement(tx: EntityManager, id: string): Promise<string> {
  await tx.execute("select pg_advisory_xact_lock_shared(hashtext('dialogue.joined_procurement'))");
  return (await tx.findOne(JoinedProcurement, { id }))?.intoId ?? id;
}

/** Moves everything of one procurement to another. Handled again or in another order, the result is the same. */
export async function joinProcurements(
  { em, audit }: Change,
  { from, into }: PayloadOf<typeof procurementsJoined>,
): Promise<void> {
  await lockUntilTheEnd(em, 'dialogue.joined_procurement');
  const intoId = await currentProcurement(em, into);
  // Joined the other way round already.
  if (intoId === from) return;
  await em.upsert(JoinedProcurement, { id: from, intoId });
  await em.nativeUpdate(JoinedProcurement, { intoId: from }, { intoId });
  await em.nativeUpdate(Need, { procurementId: from }, { procurementId: intoId });
  await em.nativeUpdate(
    Need,
    { procurementId: intoId, linkingTo: { $in: [from, into, intoId] } },
    { linkingTo: null },
  );
  await em.nativeUpdate(MarketDialogue, { procurementId: from }, { procurementId: intoId });
  await moveAnnouncedTenders(em, from, intoId);
  audit({ object: { type: 'Procurement', id: from } }, { object: { type: 'Procurement', id: intoId } });
}
