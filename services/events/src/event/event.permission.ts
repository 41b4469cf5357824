import { type Actor, PublicError, type RequestContext, Role } from '@samspill/subgraph';
import { visibleEvents } from './event.filter.js';
import { Event } from './event.js';
import { Session } from './session.js';

/** Who runs events. */
export const EVENT_HOSTS = [Role.EVENT_HOST] as const;

/** Refuses unless the actor runs this event. One that they may not know of is answered like one that is not there. */
export async function demandEvent(context: RequestContext, id: string): Promise<void> {
  // Beside the request's own unit of work: who is refused has read nothing, and the log is not to say so.
  const event = await context.em.fork().findOne(Event, { $and: [{ id }, ...visibleEvents(context)] });
  // In the log it is the same as well: a draft of others, and an event that there is not.
  if (!event)
    throw await context.refused(noSuchEvent(), context.operation ?? 'unknown', { type: 'Event', id });
  await context.demand(EVENT_HOSTS, event.municipalityNumber, { type: 'Event', id });
}

/** Refuses unless the actor runs the event that this item of the programme belongs to. */
export async function demandSession(context: RequestContext, id: string): Promise<void> {
  const em = context.em.fork();
  const session = IS_UUID.test(id) ? await em.findOne(Session, { id }) : null;
  const event =
    session && (await em.findOne(Event, { $and: [{ id: session.event.id }, ...visibleEvents(context)] }));
  if (!event) {
    throw await context.refused(noSuchSession(), context.operation ?? 'unknown', { type: 'Session', id });
  }
  await context.demand(EVENT_HOSTS, event.municipalityNumber, { type: 'Event', id: event.id });
}

/** Anything else is no item of a programme, and the database would fail on it. */
export const IS_UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The number of today of a municipality that the actor runs events for, whichever of its numbers they named.
 * The rule of the operation has let nobody else come this far; without it, row-level security refuses the row.
 */
export function municipalityOfToday(actor: Actor, number: string): string {
  const membership = actor.memberships.find(
    ({ numbers, roles }) => numbers.includes(number) && EVENT_HOSTS.some((role) => roles.includes(role)),
  );
  return membership?.municipality ?? number;
}

export function noSuchEvent(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ikke noe arrangement med denne id-en som du kan se. Se «events», også med filter på status DRAFT.',
    nn: 'Det er ikkje noko arrangement med denne id-en som du kan sjå. Sjå «events», også med filter på status DRAFT.',
    en: 'There is no event with this id that you can see. See "events", also with a filter for the status DRAFT.',
  });
}

export function noSuchSession(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Det er ingen programpost med denne id-en som du kan se. Se «sessions» på arrangementet.',
    nn: 'Det er ingen programpost med denne id-en som du kan sjå. Sjå «sessions» på arrangementet.',
    en: 'There is no item of a programme with this id that you can see. See "sessions" of the event.',
  });
}
