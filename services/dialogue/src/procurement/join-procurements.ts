import type { PayloadOf, procurementsJoined } from '@samspill/messages';
import { type Change, joinProcurements as join } from '@samspill/subgraph';
import { moveAnnouncedTenders } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Need } from '../need/need.js';

/** Moves needs and dialogues of one procurement to another. */
export function joinProcurements(
  change: Change,
  joined: PayloadOf<typeof procurementsJoined>,
): Promise<void> {
  const { em } = change;
  const { from, into } = joined;
  return join(change, joined, async (intoId) => {
    await em.nativeUpdate(Need, { procurementId: from }, { procurementId: intoId });
    await em.nativeUpdate(
      Need,
      { procurementId: intoId, linkingTo: { $in: [from, into, intoId] } },
      { linkingTo: null },
    );
    await em.nativeUpdate(MarketDialogue, { procurementId: from }, { procurementId: intoId });
    await moveAnnouncedTenders(em, from, intoId);
  });
}
