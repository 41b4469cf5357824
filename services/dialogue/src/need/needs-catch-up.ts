import { type Change, currentProcurement, type ServiceStore } from '@samspill/subgraph';
import { announcedTenderOf } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { needMovesOn } from './need-moves-on.js';

/**
 * Moves the needs of a procurement to where its dialogue and its competition are: after a notice has invited the
 * market, or when needs have come to a procurement that is further on, because two turned out to be one.
 */
export async function needsCatchUp(
  change: Change,
  procurementId: string,
  store: ServiceStore,
): Promise<void> {
  const { em } = change;
  const current = await currentProcurement(em, procurementId);
  const tender = await announcedTenderOf(em, current);
  if (tender?.announcedAt) return needMovesOn(change, current, 'IN_TENDER', tender.announcedAt, store);
  const talk = { procurementId: current, announcedAt: { $ne: null }, cancelledAt: null };
  const dialogue = await em.findOne(MarketDialogue, talk, {
    orderBy: [{ announcedAt: 'desc' }, { id: 'desc' }],
  });
  if (dialogue?.announcedAt) await needMovesOn(change, current, 'IN_DIALOGUE', dialogue.announcedAt, store);
}
