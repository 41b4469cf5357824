import type { CalendarEntry } from '@samspill/calendar';
import type { EventFacts } from '../event/event.js';
import type { Session } from '../event/session.js';

/** An event as calendars show it. */
export function entryOf(event: EventFacts): CalendarEntry {
  const { id, sequence, updatedAt, title, startsAt, endsAt, url, organiser, contactEmail } = event;
  return {
    id: `event-${id}@samspill`,
    ...{ sequence, updatedAt, title, startsAt, endsAt, url },
    description: event.cancellationReason ?? event.description,
    place: placeOf(event),
    organiser: { name: organiser, email: contactEmail },
    cancelled: event.cancelledAt !== null,
  };
}

/** An item of the programme that somebody chose. It is cancelled with its event, and counts its changes with it. */
export function entryOfSession(session: Session, event: EventFacts): CalendarEntry {
  const whole = entryOf(event);
  return {
    ...whole,
    id: `session-${session.id}@samspill`,
    title: `${session.title} (${event.title})`,
    description: event.cancellationReason ?? session.description,
    place: [session.room, whole.place].filter(Boolean).join(', ') || null,
    startsAt: session.startsAt,
    endsAt: session.endsAt,
  };
}

export function placeOf({ venue }: Pick<EventFacts, 'venue'>): string | null {
  return [venue?.name, venue?.address, venue?.city].filter(Boolean).join(', ') || null;
}
