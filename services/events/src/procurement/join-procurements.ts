import type { PayloadOf, procurementsJoined } from '@samspill/messages';
import { type Change, joinProcurements as join } from '@samspill/subgraph';
import { Event } from '../event/event.js';

/** Moves the events of one procurement to another. */
export function joinProcurements(
  change: Change,
  joined: PayloadOf<typeof procurementsJoined>,
): Promise<void> {
  return join(change, joined, (procurementId) =>
    change.em.nativeUpdate(Event, { procurementId: joined.from }, { procurementId }),
  );
}
