import type { RequestContext } from '@samspill/subgraph';
import { visibleEvents } from './event.filter.js';
import { Event } from './event.js';
import { Session } from './session.js';

export function eventById(context: RequestContext, id: string): Promise<Event | null> {
  return context.batched('event', id, async (ids) => {
    const found = await context.find(Event, {
      $and: [{ id: { $in: [...ids] } }, ...visibleEvents(context)],
    });
    return new Map(found.map((event) => [event.id, event]));
  });
}

export async function sessionsOf(context: RequestContext, eventId: string): Promise<Session[]> {
  const sessions = await context.batched('sessions', eventId, async (ids) => {
    const found = await context.find(
      Session,
      { event: { $in: [...ids] } },
      { orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] },
    );
    return Map.groupBy(found, (session) => session.event.id);
  });
  return sessions ?? [];
}
