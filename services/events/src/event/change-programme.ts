import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import type { Event } from './event.js';
import { noSuchSession } from './event.permission.js';
import { capacityBelowSeats, sessionHasSeats, tooManySessions } from './event-messages.js';
import { sessionsToMend } from './event-rules.js';
import {
  changedEvent,
  eventDigest,
  eventToChange,
  lockEvent,
  type Mends,
  Undone,
} from './event-to-change.js';
import { Session } from './session.js';
import {
  type GivenSession,
  type SessionValues,
  sessionTimesToMend,
  sessionValues,
} from './session-values.js';

export type ProgrammeChange = { readonly event: Event; readonly session: Session | null } | Mends;

/** A programme is shown on one page. */
export const MOST_SESSIONS = 200;

/** Puts an item into the programme of an event. */
export async function addSession(
  store: ServiceStore,
  change: Change,
  { eventId, ...given }: GivenSession & { readonly eventId: string },
): Promise<ProgrammeChange> {
  const now = store.host.clock.now();
  const event = await eventToChange(change.em, eventId, 'change', now, ['input', 'eventId']);
  if ('mend' in event) return event;
  const { values, mend } = sessionValues({
    description: null,
    room: null,
    capacity: null,
    speakers: [],
    ...given,
  });
  if (mend.length > 0) return { mend };
  const wanted = values as SessionValues;
  const toMend = programmeToMend(event, wanted);
  if (toMend.length > 0) return { mend: toMend };
  if ((await change.em.count(Session, { event: eventId })) >= MOST_SESSIONS) {
    return { mend: [tooManySessions(['input'], MOST_SESSIONS)] };
  }
  await lockEvent(change.em, eventId);
  const session = change.em.create(Session, { ...wanted, id: randomUUID(), event, seatsTaken: 0 });
  tell(change, event, session.id, { before: null, after: sessionDigest(session) }, now);
  return { event, session };
}

/** Changes an item of the programme. */
export async function updateSession(
  store: ServiceStore,
  change: Change,
  { id, ...given }: GivenSession & { readonly id: string },
): Promise<ProgrammeChange> {
  const now = store.host.clock.now();
  const found = await sessionToChange(change, id, now);
  if ('mend' in found) return found;
  const { event, session } = found;
  const { values, mend } = sessionValues(given);
  if (mend.length > 0) return { mend };
  const wanted = { ...session, ...values };
  const toMend = [...programmeToMend(event, wanted), ...seatsToMend(wanted.capacity, session.seatsTaken)];
  if (toMend.length > 0) return { mend: toMend };
  const before = sessionDigest(session);
  change.em.assign(session, values);
  if (before.equals(sessionDigest(session))) return { event, session };
  const tooLate = seatsToMend(wanted.capacity, await lockSession(change, event, id));
  if (tooLate.length > 0) throw new Undone(tooLate);
  tell(change, event, id, { before, after: sessionDigest(session) }, now);
  return { event, session };
}

/** Takes an item out of the programme, unless somebody has chosen it. */
export async function removeSession(
  store: ServiceStore,
  change: Change,
  id: string,
): Promise<ProgrammeChange> {
  const now = store.host.clock.now();
  const found = await sessionToChange(change, id, now);
  if ('mend' in found) return found;
  const { event, session } = found;
  const chosen = [sessionHasSeats(['input', 'id'])];
  if (session.seatsTaken > 0) return { mend: chosen };
  if ((await lockSession(change, event, id)) > 0) throw new Undone(chosen);
  const before = sessionDigest(session);
  change.em.remove(session);
  tell(change, event, id, { before, after: null }, now);
  return { event, session: null };
}

async function sessionToChange(
  { em }: Change,
  id: string,
  now: Date,
): Promise<{ event: Event; session: Session } | Mends> {
  const pointer = await em.findOne(Session, { id });
  if (!pointer) throw noSuchSession();
  const event = await eventToChange(em, pointer.event.id, 'change', now);
  if ('mend' in event) return event;
  // Once more, now that nobody else changes the programme.
  const session = await em.findOne(Session, { id }, { refresh: true });
  if (!session) throw noSuchSession();
  return { event, session };
}

/** The seats of a session are given out under the lock of its event. */
async function lockSession({ em }: Change, event: Event, id: string): Promise<number> {
  await lockEvent(em, event.id);
  const [row] = await em.execute<{ seats: number }[]>(
    'select seats_taken as seats from events.session where id = ?::uuid',
    [id],
  );
  if (!row) throw noSuchSession();
  return row.seats;
}

function programmeToMend(event: Event, session: SessionValues): Mendable[] {
  const times = sessionTimesToMend(session);
  return times.length > 0 ? times : sessionsToMend(event, [session], ['input', 'startsAt']);
}

function seatsToMend(capacity: number | null, seats: number): Mendable[] {
  return capacity !== null && capacity < seats ? [capacityBelowSeats(seats)] : [];
}

/** The programme is part of what calendars show to those who chose from it. */
function tell(change: Change, event: Event, id: string, digests: Digests, now: Date): void {
  const before = eventDigest(event);
  if (event.publishedAt !== null) event.sequence += 1;
  event.updatedAt = now;
  const owner = { municipality: event.municipalityNumber };
  change.audit({ object: { type: 'Session', id }, owner, ...digests }, changedEvent(event, before));
}

interface Digests {
  readonly before: Buffer | null;
  readonly after: Buffer | null;
}

function sessionDigest({ id, event, title, description, startsAt, endsAt, ...rest }: Session): Buffer {
  const { room, capacity, speakers } = rest;
  return digest({ id, eventId: event.id, title, description, startsAt, endsAt, room, capacity, speakers });
}
