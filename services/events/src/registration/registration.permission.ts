import type { FilterQuery } from '@mikro-orm/core';
import { PublicError, type RequestContext, Role } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import { Event } from '../event/event.js';
import { EVENT_HOSTS, noSuchEvent } from '../event/event.permission.js';
import { Registration } from './registration.js';

/**
 * Whose registrations one may know of: one's own, those of the organisations that one acts for, and as a host those
 * of the municipality's events. Row-level security says the same; where a test leaves it to that, this says nothing.
 */
export function visibleRegistrations(context: RequestContext): FilterQuery<Registration>[] {
  if (!context.isPermissionChecked) return [];
  const { memberships } = context.actor;
  const numbers = memberships.flatMap((each) => (each.roles.includes(Role.EVENT_HOST) ? each.numbers : []));
  return [{ $or: [...ownRegistrations(context), { municipalityNumber: { $in: numbers } }] }];
}

/** The actor's own and their organisations', as alternatives. Those of events that they merely host are not. */
export function ownRegistrations({ actor }: RequestContext): FilterQuery<Registration>[] {
  const { personId, organisations } = actor;
  if (actor.identity.kind !== 'PERSON' || personId === null) return [{ id: { $in: [] } }];
  return [{ personId }, { organisationNumber: { $in: [...organisations] } }];
}

/** Whether the actor has it as one of its own people, and not merely as a host. */
export function isOwn({ actor }: RequestContext, registration: Registration): boolean {
  const { personId, organisationNumber } = registration;
  if (personId !== null && personId === actor.personId) return true;
  return organisationNumber !== null && actor.represents(organisationNumber);
}

/** A registration that the actor may change, or refuses: one of others is answered like one that is not there. */
export async function demandRegistration(context: RequestContext, id: string): Promise<Registration> {
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const where = { $and: [{ id }, ...visibleRegistrations(context)] };
  const registration = await context.em.fork().findOne(Registration, where);
  if (registration) return registration;
  throw await refusedAs(context, noSuchRegistration(), { type: 'Registration', id });
}

/** An attendee of such a registration. */
export async function demandAttendee(context: RequestContext, id: string): Promise<Attendee> {
  const em = context.em.fork();
  const attendee = await em.findOne(Attendee, { id });
  const where = { $and: [{ id: attendee?.registrationId ?? '' }, ...visibleRegistrations(context)] };
  if (attendee && (await em.count(Registration, where)) > 0) return attendee;
  throw await refusedAs(context, noSuchAttendee(), { type: 'Attendee', id });
}

/** An event that everybody can see, drafts of one's own excepted: nobody registers for those. */
export async function demandPublishedEvent(context: RequestContext, id: string): Promise<Event> {
  const event = await context.em.fork().findOne(Event, { id, publishedAt: { $ne: null } });
  if (event) return event;
  throw await refusedAs(context, noSuchEvent(), { type: 'Event', id });
}

/** Refuses a field that is for the hosts of an event; the rule alone cannot tell whose event it is. */
export async function demandHostOf(context: RequestContext, event: Event, field: string): Promise<void> {
  const { id, municipalityNumber: municipality } = event;
  if (!context.isPermissionChecked) return;
  if (municipality !== null && context.actor.holds(EVENT_HOSTS, municipality)) return;
  throw await context.refusal(field, {}, { type: 'Event', id }, { municipality });
}

function refusedAs(
  context: RequestContext,
  error: PublicError,
  object: { type: string; id: string },
): Promise<PublicError> {
  return context.refused(error, context.operation ?? 'unknown', object);
}

export function noSuchRegistration(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen påmelding med denne id-en som du kan se. Se «myRegistrations».',
    nn: 'Det er inga påmelding med denne id-en som du kan sjå. Sjå «myRegistrations».',
    en: 'There is no registration with this id that you can see. See "myRegistrations".',
  });
}

export function noSuchAttendee(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen deltaker med denne id-en som du kan se. Se «attendees» på påmeldingen.',
    nn: 'Det er ingen deltakar med denne id-en som du kan sjå. Sjå «attendees» på påmeldinga.',
    en: 'There is no attendee with this id that you can see. See "attendees" of the registration.',
  });
}
