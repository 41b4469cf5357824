import type { EntityManager } from '@mikro-orm/postgresql';
import type { Language, RequestContext } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import type { Event } from '../event/event.js';
import { Registration } from './registration.js';
import { ownRegistrations, visibleRegistrations } from './registration.permission.js';
import { RegistrationStatus, WITH_SEATS } from './registration.status.js';
import { isLineOpen } from './registration-rules.js';
import { type LineOfEvent, type Waiting, WaitingReason } from './waiting-line.js';

export function registrationById(context: RequestContext, id: string): Promise<Registration | null> {
  return context.batched('registration', id, async (ids) => {
    const found = await context.find(Registration, {
      $and: [{ id: { $in: [...ids] } }, ...visibleRegistrations(context)],
    });
    return new Map(found.map((each) => [each.id, each]));
  });
}

/** What became of a request that was carried out before. */
export function registrationByKey(
  context: RequestContext,
  eventId: string,
  clientKey: string | null | undefined,
): Promise<Registration | null> {
  const { personId } = context.actor;
  if (personId === null || !clientKey) return Promise.resolve(null);
  return context.em.findOne(Registration, { eventId, personId, clientKey });
}

/** The actor's own for an event, the last first. A person or an organisation has a handful. */
export async function myRegistrationsFor(context: RequestContext, eventId: string): Promise<Registration[]> {
  // The public has none, and need not be looked up.
  if (context.actor.personId === null) return [];
  const own = await context.batched('my-registrations', eventId, async (ids) => {
    const found = await context.find(
      Registration,
      { $and: [{ eventId: { $in: [...ids] } }, { $or: ownRegistrations(context) }] },
      { orderBy: { place: 'desc' } },
    );
    return Map.groupBy(found, (each) => each.eventId);
  });
  return own ?? [];
}

export async function attendeesOf(context: RequestContext, registrationId: string): Promise<Attendee[]> {
  const attendees = await context.batched('attendees', registrationId, async (ids) => {
    const found = await context.find(
      Attendee,
      { registrationId: { $in: [...ids] } },
      { orderBy: { number: 'asc' } },
    );
    return Map.groupBy(found, (each) => each.registrationId);
  });
  return attendees ?? [];
}

type LineRow = Waiting & { readonly event_id: string; readonly status: RegistrationStatus };

/** The line of an event as everybody may see it: without who stands there. */
export async function lineOf(context: RequestContext, event: Event): Promise<LineOfEvent> {
  const rows = await context.batched('waiting-line', event.id, async (ids) => {
    const found = await context.em.execute<LineRow[]>(
      `select event_id, place::int as place, seats, status
       from events.waiting_line(array(select json_array_elements_text(?::json)))`,
      [JSON.stringify(ids)],
    );
    return Map.groupBy(found, (each) => each.event_id);
  });
  const offered = rows?.filter(({ status }) => status === RegistrationStatus.OFFERED) ?? [];
  return {
    seats: { capacity: event.capacity, taken: event.seatsTaken },
    line: rows?.filter(({ status }) => status === RegistrationStatus.WAITING) ?? [],
    seatsOffered: offered.reduce((sum, { seats }) => sum + seats, 0),
    over: isLineOpen(event, context.clock.now())
      ? null
      : event.cancelledAt !== null
        ? WaitingReason.EVENT_CANCELLED
        : WaitingReason.EVENT_HAS_BEGUN,
  };
}

/** Whom to write to about a registration. */
export interface Contact {
  readonly registrationId: string;
  readonly status: RegistrationStatus;
  readonly contactName: string;
  readonly contactEmail: string;
  readonly language: Language;
  readonly personId: string | null;
}

/**
 * Whom to write to about an event: those with seats, unless others are asked for. Under a role that sees them all,
 * and without making anybody a reader of them.
 */
export function contactsOf(
  em: EntityManager,
  eventId: string,
  statuses: readonly RegistrationStatus[] = WITH_SEATS,
): Promise<Contact[]> {
  return em.execute<Contact[]>(
    `select id as "registrationId", status, contact_name as "contactName", contact_email as "contactEmail",
       language, person_id as "personId"
     from events.registration
     where event_id = ? and status = any (string_to_array(?, ',')) and contact_email is not null
     order by place`,
    [eventId, statuses.join(',')],
  );
}
