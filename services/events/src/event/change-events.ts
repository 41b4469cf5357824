import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Change, currentProcurement, type Mendable, type ServiceStore } from '@samspill/subgraph';
import { passOnSeats } from '../registration/pass-on-seats.js';
import { Event } from './event.js';
import { tellOfCancellation, tellOfChange } from './event-mails.js';
import {
  capacityToMend,
  isOtherMeeting,
  isSeenInCalendars,
  movedBy,
  publishedToMend,
  publishToMend,
  sessionsToMend,
  timesToMend,
} from './event-rules.js';
import {
  changedEvent,
  eventDigest,
  eventToChange,
  lockEvent,
  type Mends,
  Undone,
  valuesOf,
} from './event-to-change.js';
import { type EventValues, eventValues, type GivenEvent, LONGEST, text } from './event-values.js';
import { Session } from './session.js';

export type EventChange = { readonly event: Event } | Mends;

/** Hours and days that hold unless somebody says something else. */
const UNLESS_SAID = {
  venue: null,
  online: false,
  url: null,
  capacity: null,
  registrationOpensAt: null,
  registrationClosesAt: null,
  seatsPerOrganisation: null,
  offerHours: 24,
  contactEmail: null,
  language: 'nb',
  personalDataDays: 90,
  dialogueId: null,
  tenderId: null,
  procurementId: null,
} as const;

export interface NewEvent extends GivenEvent {
  /** The municipality's number of today. */
  readonly municipality: string;
}

/** Begins an event as a draft. */
export async function createEvent(
  store: ServiceStore,
  change: Change,
  { municipality, ...given }: NewEvent,
): Promise<EventChange> {
  const { values, mend } = eventValues(given);
  if (mend.length > 0) return { mend };
  const wanted = { ...UNLESS_SAID, ...values } as EventValues;
  const times = timesToMend(wanted);
  if (times.length > 0) return { mend: times };
  const event = change.em.create(Event, {
    ...wanted,
    procurementId: await joined(change.em, wanted.procurementId),
    id: randomUUID(),
    municipalityNumber: municipality,
    publishedAt: null,
    cancelledAt: null,
    cancellationReason: null,
    seatsTaken: 0,
    sequence: 0,
    updatedAt: store.host.clock.now(),
    personalDataErasedAt: null,
  });
  change.audit(changedEvent(event, null));
  return { event };
}

/** Changes an event. Once it is published, what others rely on stands, and they are told of a new time or place. */
export async function updateEvent(
  store: ServiceStore,
  change: Change,
  { id, ...given }: GivenEvent & { readonly id: string },
): Promise<EventChange> {
  const { em } = change;
  const now = store.host.clock.now();
  const event = await eventToChange(em, id, 'change', now);
  if ('mend' in event) return event;
  const before = valuesOf(event);
  const { values, mend } = eventValues(given);
  if (mend.length > 0) return { mend };
  if (values.procurementId) values.procurementId = await joined(em, values.procurementId);
  const after = { ...before, ...values };
  const sessions = await em.find(Session, { event: id });
  const toMend = updateToMend(event, after, sessions, now);
  if (toMend.length > 0) return { mend: toMend };

  const digestBefore = eventDigest(event);
  em.assign(event, values);
  // The same again is no change, and nothing to tell the log.
  if (digestBefore.equals(eventDigest(event))) return { event };
  const tooLate = capacityToMend(after.capacity, await lockEvent(em, id));
  if (tooLate.length > 0) throw new Undone(tooLate);
  const moved = movedBy(before, after) ?? 0;
  for (const session of moved === 0 ? [] : sessions) move(session, moved);
  const isPublished = event.publishedAt !== null;
  if (isPublished && isSeenInCalendars(before, after)) event.sequence += 1;
  event.updatedAt = now;
  change.audit(changedEvent(event, digestBefore));
  if (!isPublished) return { event };
  if (isMore(before.capacity, after.capacity)) {
    await em.flush();
    await passOnSeats(change, store, id);
  }
  if (isOtherMeeting(before, after)) await tellOfChange(change, store, event);
  return { event };
}

/** Shows a draft to everybody, and puts it into the calendars. */
export async function publishEvent(store: ServiceStore, change: Change, id: string): Promise<EventChange> {
  const now = store.host.clock.now();
  const event = await eventToChange(change.em, id, 'publish', now);
  if ('mend' in event) return event;
  const mend = publishToMend(valuesOf(event), now);
  if (mend.length > 0) return { mend };
  await lockEvent(change.em, id);
  const before = eventDigest(event);
  change.em.assign(event, { publishedAt: now, updatedAt: now });
  change.audit(changedEvent(event, before));
  return { event };
}

/** Takes a published event off. It stays readable with the reason, and in calendars as cancelled. */
export async function cancelEvent(
  store: ServiceStore,
  change: Change,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<EventChange> {
  const now = store.host.clock.now();
  const words = text(reason, LONGEST.reason, ['input', 'reason']);
  const event = await eventToChange(change.em, id, 'cancel', now);
  if ('mend' in event) return event;
  if (words.mend.length > 0) return { mend: words.mend };
  await lockEvent(change.em, id);
  const before = eventDigest(event);
  change.em.assign(event, {
    cancelledAt: now,
    cancellationReason: words.value,
    sequence: event.sequence + 1,
    updatedAt: now,
  });
  change.audit(changedEvent(event, before));
  await tellOfCancellation(change, store, event);
  return { event };
}

function updateToMend(event: Event, after: EventValues, sessions: readonly Session[], now: Date): Mendable[] {
  const before = valuesOf(event);
  const mend = [...timesToMend(after), ...capacityToMend(after.capacity, event.seatsTaken)];
  // A programme that moves along with its event fits as it did.
  if (movedBy(before, after) === null) mend.push(...sessionsToMend(after, sessions, ['input', 'endsAt']));
  if (event.publishedAt !== null) mend.push(...publishedToMend(before, after, now));
  return mend;
}

function move(session: Session, milliseconds: number): void {
  session.startsAt = new Date(session.startsAt.getTime() + milliseconds);
  session.endsAt = new Date(session.endsAt.getTime() + milliseconds);
}

const isMore = (before: number | null, after: number | null): boolean =>
  before !== null && (after === null || after > before);

async function joined(em: EntityManager, procurementId: string | null): Promise<string | null> {
  return procurementId === null ? null : currentProcurement(em, procurementId);
}
