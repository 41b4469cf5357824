import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';
import type { PayloadOf, procurementsJoined } from '@samspill/messages';
import type { Change } from '@samspill/subgraph';
import { Event } from '../event/event.js';

/** A procurement that turned out to be part of another. */
@Entity({ tableName: 'joined_procurement' })
export class JoinedProcurement {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  intoId: string;
}

/** What the procurement is called now. No join is carried out until the transaction has ended. */
export async function currentProcurement(tx: EntityManager, id: string): Promise<string> {
  await tx.execute("select pg_advisory_xact_lock_shared(hashtext('events.joined_procurement'))");
  return (await tx.findOne(JoinedProcurement, { id }))?.intoId ?? id;
}

/** Moves the events of one procurement to another. Handled again or in another order, the result is the same. */
export async function joinProcurements(
  { em, audit }: Change,
  { from, into }: PayloadOf<typeof procurementsJoined>,
): Promise<void> {
  await lockUntilTheEnd(em, 'events.joined_procurement');
  const intoId = await currentProcurement(em, into);
  // Joined the other way round already.
  if (intoId === from) return;
  await em.upsert(JoinedProcurement, { id: from, intoId });
  await em.nativeUpdate(JoinedProcurement, { intoId: from }, { intoId });
  await em.nativeUpdate(Event, { procurementId: from }, { procurementId: intoId });
  audit({ object: { type: 'Procurement', id: from } }, { object: { type: 'Procurement', id: intoId } });
}
