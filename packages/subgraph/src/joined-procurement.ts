import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd, shareUntilTheEnd } from '@samspill/database';
import type { PayloadOf, procurementsJoined } from '@samspill/messages';
import type { Change } from './change.js';

/**
 * A procurement that turned out to be part of another, as `tenders` tells the services that have something of it. Kinds
 * of messages have queues of their own, so one that names the old procurement may be handled after the join.
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
  await shareUntilTheEnd(tx, lockOf(tx));
  return (await tx.findOne(JoinedProcurement, { id }))?.intoId ?? id;
}

/**
 * Moves everything of one procurement to another. Handled again or in another order, the result is the same.
 * @param move moves what the service has of it, to the procurement that it is called now
 */
export async function joinProcurements(
  { em, audit }: Change,
  { from, into }: PayloadOf<typeof procurementsJoined>,
  move: (intoId: string) => Promise<unknown>,
): Promise<void> {
  await lockUntilTheEnd(em, lockOf(em));
  const intoId = await currentProcurement(em, into);
  // Joined the other way round already.
  if (intoId === from) return;
  await em.upsert(JoinedProcurement, { id: from, intoId });
  await em.nativeUpdate(JoinedProcurement, { intoId: from }, { intoId });
  await move(intoId);
  audit({ object: { type: 'Procurement', id: from } }, { object: { type: 'Procurement', id: intoId } });
}

const lockOf = (em: EntityManager): string => `${em.config.get('schema')}.joined_procurement`;
