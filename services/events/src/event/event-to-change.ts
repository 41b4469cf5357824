import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import { lockUntilTheEnd } from '@samspill/database';
import type { AuditedObject, Mendable } from '@samspill/subgraph';
import { Event } from './event.js';
import { noSuchEvent } from './event.permission.js';
import { eventStatus } from './event.status.js';
import { type EventAction, mayNot } from './event-rules.js';
import { EDITABLE, type EventValues } from './event-values.js';

export type Mends = { readonly mend: readonly Mendable[] };

/** An event that this may be done to now, or why it may not. Two hosts who act at the same moment take turns. */
export async function eventToChange(
  em: EntityManager,
  id: string,
  action: EventAction,
  now: Date,
  path?: readonly string[],
): Promise<Event | Mends> {
  await lockUntilTheEnd(em, `events.event.${id}`);
  const event = await em.findOne(Event, { id });
  if (!event) throw noSuchEvent();
  const refused = mayNot(action, eventStatus(event, now), path);
  return refused ? { mend: [refused] } : event;
}

/**
 * Locks the row against registrations, and gives the seats that are taken. Called once it is clear that something
 * will be written, because a locked row counts as written. Only hosts of the event find the row: whatever follows
 * is refused to everybody else by the database itself.
 */
export async function lockEvent(em: EntityManager, id: string): Promise<number> {
  const [row] = await em.execute<{ seats: number }[]>(
    'select seats_taken as seats from events.event where id = ? for no key update',
    [id],
  );
  if (!row) throw noSuchEvent();
  return row.seats;
}

/**
 * What has to be mended was found only once something was written or locked, such as a seat that somebody took
 * meanwhile. Thrown, because by then the change cannot end without having changed anything.
 */
export class Undone extends Error {
  override readonly name = 'Undone';
  constructor(readonly mend: readonly Mendable[]) {
    super(`The change was undone: ${mend.map(({ code }) => code).join(', ')}.`);
  }
}

/** What the change gives, or what is to be mended because it had to be undone. */
export async function unlessUndone<T>(change: Promise<T>): Promise<T | Mends> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof Undone) return { mend: error.mend };
    throw error;
  }
}

export function valuesOf(event: Event): EventValues {
  return Object.fromEntries(EDITABLE.map((name) => [name, event[name]])) as unknown as EventValues;
}

export function eventDigest(event: Event): Buffer {
  const { id, municipalityNumber, publishedAt, cancelledAt, cancellationReason, sequence } = event;
  return digest({
    ...valuesOf(event),
    ...{ id, municipalityNumber, publishedAt, cancelledAt, cancellationReason, sequence },
  });
}

export function changedEvent(event: Event, before: Buffer | null): AuditedObject {
  return {
    object: { type: 'Event', id: event.id },
    owner: { municipality: event.municipalityNumber },
    before,
    after: eventDigest(event),
  };
}
