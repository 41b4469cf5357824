export enum EventStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  REGISTRATION_OPEN = 'REGISTRATION_OPEN',
  FULL = 'FULL',
  HELD = 'HELD',
  CANCELLED = 'CANCELLED',
}

/** What, with the clock, says where an event stands. */
export interface EventState {
  readonly publishedAt: Date | null;
  readonly registrationOpensAt: Date | null;
  readonly registrationClosesAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly capacity: number | null;
  readonly seatsTaken: number;
}

/**
 * Registration ends at its deadline, and at the latest when the event begins; the event is held when it has ended.
 * `eventsWithStatus` says the same in conditions for the database; a test holds the two together.
 */
export function eventStatus(event: EventState, now: Date): EventStatus {
  if (event.publishedAt === null) return EventStatus.DRAFT;
  if (event.cancelledAt !== null) return EventStatus.CANCELLED;
  if (event.endsAt <= now) return EventStatus.HELD;
  if (!takesRegistrations(event, now)) return EventStatus.PUBLISHED;
  return event.capacity !== null && event.seatsTaken >= event.capacity
    ? EventStatus.FULL
    : EventStatus.REGISTRATION_OPEN;
}

function takesRegistrations(event: EventState, now: Date): boolean {
  const { registrationOpensAt: opens, registrationClosesAt: closes, startsAt } = event;
  return opens !== null && opens <= now && now < startsAt && (closes === null || now < closes);
}
