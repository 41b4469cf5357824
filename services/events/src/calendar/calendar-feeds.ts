import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { CalendarEntry } from '@samspill/calendar';
import { published } from '../event/event.filter.js';
import { Event } from '../event/event.js';
import { Session } from '../event/session.js';
import { entryOf, entryOfSession } from './calendar-entry.js';

/** How far back a feed of many events goes: calendars keep what they have seen, and ask anew every hour. */
const DAYS_BACK = 400;
const DAY = 24 * 60 * 60 * 1_000;

/** The most of one feed. There are calendar programmes that take no more. */
const MOST_ENTRIES = 1_000;

/** What is published of these events, cancelled ones too: a calendar has to hear of it. */
export async function entriesOf(em: EntityManager, which: FilterQuery<Event>): Promise<CalendarEntry[]> {
  const events = await em.find(
    Event,
    { $and: [which, published] },
    // The last to begin first, so that it is the oldest that are missing if there are too many.
    { orderBy: [{ startsAt: 'desc' }, { id: 'desc' }], limit: MOST_ENTRIES },
  );
  return events.reverse().map(entryOf);
}

export function notLongAgo(now: Date): FilterQuery<Event> {
  return { startsAt: { $gte: new Date(now.getTime() - DAYS_BACK * DAY) } };
}

/**
 * What somebody has seats at, with what of the programme was chosen for those seats. As the service itself: whoever
 * has the secret address has shown who they are.
 */
export async function entriesOfPerson(
  em: EntityManager,
  personId: string,
  now: Date,
): Promise<CalendarEntry[]> {
  const found = await em.execute<{ event: string }[]>(
    `select distinct event_id as event from events.registration
     where person_id = ? and status in ('CONFIRMED', 'OFFERED')`,
    [personId],
  );
  if (found.length === 0) return [];
  const chosen = await em.execute<{ session: string }[]>(
    `select distinct seat.session_id::text as session
     from events.registration r
     join events.attendee a on a.registration_id = r.id
     join events.session_seat seat on seat.attendee_id = a.id and seat.held
     where r.person_id = ? and r.status in ('CONFIRMED', 'OFFERED')`,
    [personId],
  );
  const events = await em.find(
    Event,
    { $and: [{ id: { $in: found.map(({ event }) => event) } }, published, notLongAgo(now)] },
    { orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], limit: MOST_ENTRIES },
  );
  const sessions = await em.find(
    Session,
    { id: { $in: chosen.map(({ session }) => session) } },
    { orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] },
  );
  const byEvent = Map.groupBy(sessions, (session) => session.event.id);
  return events.flatMap((event) => [
    entryOf(event),
    ...(byEvent.get(event.id) ?? []).map((session) => entryOfSession(session, event)),
  ]);
}
