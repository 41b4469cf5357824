import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@samspill/subgraph';

/** A competition of which `tenders` has told that it is announced, or that it is not any more. */
@Entity({ tableName: 'announced_tender' })
export class AnnouncedTender {
  @PrimaryKey({ type: 'text' })
  tenderId: string;

  @Property({ type: 'text' })
  procurementId: string;

  @Property({ type: 'text' })
  title: string;

  /** Null when no notice announces it any more. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  announcedAt: Date | null;

  /** What is newer counts; see the message tender-announced. */
  @Property({ type: 'number', columnType: 'bigint' })
  version: number;
}

/** The competition that ended the talk about a procurement: the first one announced. Null as long as there is none. */
export function announcedTenderOf(em: EntityManager, procurementId: string): Promise<AnnouncedTender | null> {
  return em.findOne(
    AnnouncedTender,
    { procurementId, announcedAt: { $ne: null } },
    { orderBy: [{ announcedAt: 'asc' }, { tenderId: 'asc' }] },
  );
}

/** What is known of one chain's competitions belongs to the chain that it was joined to. */
export async function moveAnnouncedTenders(em: EntityManager, from: string, into: string): Promise<void> {
  await em.nativeUpdate(AnnouncedTender, { procurementId: from }, { procurementId: into });
}

/** The same for many dialogues at once. */
export function announcedTenderFor(
  context: RequestContext,
  procurementId: string,
): Promise<AnnouncedTender | null> {
  return context.batched('announced-tender', procurementId, async (ids) => {
    const found = await context.find(
      AnnouncedTender,
      { procurementId: { $in: [...ids] }, announcedAt: { $ne: null } },
      { orderBy: [{ announcedAt: 'desc' }, { tenderId: 'desc' }] },
    );
    // Of several the first one counts, and of several with the same key a map keeps the last.
    return new Map(found.map((tender) => [tender.procurementId, tender]));
  });
}
