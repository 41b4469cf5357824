import type { Mendable } from '@samspill/subgraph';
import type { EventFacts } from '../event/event.js';
import { type RegistrationState, RegistrationStatus, registrationStatus } from './registration.status.js';
import {
  alreadyConfirmed,
  closed,
  eventCancelled,
  eventHeld,
  hasBegun,
  notOffered,
  notOpen,
  offerExpired,
  personalDataErased,
  registrationEnded,
} from './registration-messages.js';

type Path = readonly string[];

export type EventTimes = Pick<
  EventFacts,
  | 'registrationOpensAt'
  | 'registrationClosesAt'
  | 'cancelledAt'
  | 'startsAt'
  | 'endsAt'
  | 'personalDataErasedAt'
>;

/** Why nobody can register for a published event now; null when they can. */
export function mayNotRegister(
  event: EventTimes,
  now: Date,
  path: Path = ['input', 'eventId'],
): Mendable | null {
  if (event.cancelledAt !== null) return eventCancelled(path);
  const { registrationOpensAt: opens, registrationClosesAt: closes, startsAt } = event;
  if (now >= startsAt || (closes !== null && now >= closes)) return closed(path);
  return opens === null || now < opens ? notOpen(path) : null;
}

/** What its own people and the hosts can do to a registration. */
export type RegistrationAction = 'rename' | 'reduce' | 'cancel' | 'cancel as host' | 'accept' | 'decline';

/** Why this cannot be done to a registration that stands where it does; null when it can. */
export function mayNot(
  action: RegistrationAction,
  registration: RegistrationState & { readonly erasedAt: Date | null },
  event: EventTimes,
  now: Date,
  path: Path = ['input', 'id'],
): Mendable | null {
  if (event.cancelledAt !== null) return eventCancelled(path);
  if (registration.erasedAt !== null || event.personalDataErasedAt !== null) return personalDataErased(path);
  const status = registrationStatus(registration, now);
  if (action === 'accept' || action === 'decline') return mayNotAnswer(status, path);
  if (status === RegistrationStatus.EXPIRED || status === RegistrationStatus.CANCELLED) {
    return registrationEnded(path);
  }
  // Who came may be known by name only afterwards, and whoever never came may free the seat for one at the door.
  if (action === 'rename') return null;
  if (action === 'cancel as host') return now < event.endsAt ? null : eventHeld(path);
  return now < event.startsAt ? null : hasBegun(path);
}

/** An offer ends when the event begins, so that the clock need not be asked again. */
function mayNotAnswer(status: RegistrationStatus, path: Path): Mendable | null {
  switch (status) {
    case RegistrationStatus.OFFERED:
      return null;
    case RegistrationStatus.WAITING:
      return notOffered(path);
    case RegistrationStatus.CONFIRMED:
      return alreadyConfirmed(path);
    case RegistrationStatus.EXPIRED:
      return offerExpired(path);
    case RegistrationStatus.CANCELLED:
      return registrationEnded(path);
  }
}

/**
 * Until when an offer holds. The deadline for registering ends new requests and not the line: whoever asked in
 * time keeps their turn until the event begins.
 */
export function offerEndsAt(
  { offerHours, startsAt }: Pick<EventFacts, 'offerHours' | 'startsAt'>,
  now: Date,
): Date {
  return new Date(Math.min(now.getTime() + offerHours * 3_600_000, startsAt.getTime()));
}

/** Whether seats can be passed on at all. */
export function isLineOpen(event: EventTimes, now: Date): boolean {
  return event.cancelledAt === null && now < event.startsAt;
}
