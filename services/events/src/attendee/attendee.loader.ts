import type { RequestContext } from '@samspill/subgraph';
import { sessionsOf } from '../event/event.loader.js';
import type { Session } from '../event/session.js';
import type { Attendee } from './attendee.js';
import { SessionSeat } from './session-seat.js';

/** What an attendee has chosen, in the order of the programme. */
export async function chosenSessionsOf(
  context: RequestContext,
  { id, eventId }: Attendee,
): Promise<{ session: Session; held: boolean }[]> {
  const chosen = await context.batched('chosen-sessions', id, async (ids) => {
    const found = await context.find(SessionSeat, { attendeeId: { $in: [...ids] } });
    return Map.groupBy(found, ({ attendeeId }) => attendeeId);
  });
  if (!chosen) return [];
  const held = new Map(chosen.map((each) => [each.sessionId, each.held]));
  const sessions = await sessionsOf(context, eventId);
  return sessions.flatMap((session) => {
    const isHeld = held.get(session.id);
    return isHeld === undefined ? [] : [{ session, held: isHeld }];
  });
}
