import { lockUntilTheEnd } from '@samspill/database';
import type { PayloadOf, tenderAnnounced } from '@samspill/messages';
import { type Change, currentProcurement, type ServiceStore } from '@samspill/subgraph';
import { needMovesOn } from '../need/need-moves-on.js';
import { AnnouncedTender } from './announced-tender.js';
import { lockDialogue } from './dialogue-lock.js';
import { changedDialogue, dialogueDigest } from './dialogue-snapshot.js';
import { MarketDialogue } from './market-dialogue.js';

/**
 * Remembers that a competition is announced, or is not any more; what is newer counts, in whichever order it arrives.
 * A dialogue that has not opened by then does not open by the clock either: talking is lawful only before.
 */
export async function recordAnnouncedTender(
  store: ServiceStore,
  change: Change,
  message: PayloadOf<typeof tenderAnnounced>,
): Promise<void> {
  const { em } = change;
  const { tenderId, title, version } = message;
  const procurementId = await currentProcurement(em, message.procurementId);
  await lockUntilTheEnd(em, `dialogue.announced_tender.${tenderId}`);
  const known = await em.findOne(AnnouncedTender, { tenderId });
  if (known && Number(known.version) >= version) return;
  const announcedAt = message.announcedAt === null ? null : new Date(message.announcedAt);
  if (known) em.assign(known, { procurementId, title, announcedAt, version });
  else em.create(AnnouncedTender, { tenderId, procurementId, title, announcedAt, version });
  await em.flush();
  change.audit({ object: { type: 'Tender', id: tenderId } });
  if (announcedAt === null) return;
  await keepShut(change, procurementId, announcedAt, store.host.clock.now());
  await needMovesOn(change, procurementId, 'IN_TENDER', announcedAt, store);
}

async function keepShut(change: Change, procurementId: string, announcedAt: Date, now: Date): Promise<void> {
  const { em } = change;
  const waiting = { procurementId, ledHere: true, closedAt: null, opensAt: { $gt: announcedAt } };
  const ids = (await em.find(MarketDialogue, waiting, { fields: ['id'], orderBy: { id: 'asc' } })).map(
    ({ id }) => id,
  );
  for (const id of ids) {
    await lockDialogue(em, id);
    const dialogue = await em.findOneOrFail(MarketDialogue, { id }, { refresh: true });
    // One that had opened when the message came has been open; that is not made undone.
    if (dialogue.announcedAt === null || dialogue.opensAt === null || dialogue.opensAt <= now) continue;
    const before = dialogueDigest(dialogue);
    em.assign(dialogue, { opensAt: null, updatedAt: now });
    change.audit(changedDialogue(dialogue, before));
  }
}
