import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import type { AuditedObject } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import { SessionSeat } from '../attendee/session-seat.js';
import { Registration } from './registration.js';

/** A registration with its people and what they have chosen: what changes together. */
export interface WholeRegistration {
  readonly registration: Registration;
  /** In their order. */
  attendees: Attendee[];
  /** In the order of the people: where a session has room for one more, the one named first gets the seat. */
  choices: SessionSeat[];
}

/** In the order of the line. As they are now: whoever asks holds the lock of the event. */
export async function wholeRegistrations(
  em: EntityManager,
  ids: readonly string[],
): Promise<WholeRegistration[]> {
  if (ids.length === 0) return [];
  const anew = { refresh: true } as const;
  const registrations = await em.find(
    Registration,
    { id: { $in: [...ids] } },
    { ...anew, orderBy: { place: 'asc' } },
  );
  const found = registrations.map(({ id }) => id);
  const attendees = await em.find(
    Attendee,
    { registrationId: { $in: found } },
    { ...anew, orderBy: { number: 'asc' } },
  );
  const choices = await em.find(
    SessionSeat,
    { attendeeId: { $in: attendees.map(({ id }) => id) } },
    { ...anew, orderBy: { sessionId: 'asc' } },
  );
  const peopleOf = Map.groupBy(attendees, ({ registrationId }) => registrationId);
  const choicesOf = Map.groupBy(choices, ({ attendeeId }) => attendeeId);
  return registrations.map((registration) => {
    const own = peopleOf.get(registration.id) ?? [];
    return { registration, attendees: own, choices: own.flatMap(({ id }) => choicesOf.get(id) ?? []) };
  });
}

/**
 * Of a registration with its people. The check-in codes make it impossible to guess names from it, once they are
 * erased: the log is kept for ever.
 */
export function registrationDigest({ registration, attendees, choices }: WholeRegistration): Buffer {
  const { id, eventId, organisationNumber, organisationName, contactName, contactEmail, ...rest } =
    registration;
  const { seats, status, place, walkIn, registeredAt, offeredAt, offerExpiresAt, cancelledAt, erasedAt } =
    rest;
  return digest({
    ...{ id, eventId, organisationNumber, organisationName, contactName, contactEmail },
    ...{ seats, status, place, walkIn, registeredAt, offeredAt, offerExpiresAt, cancelledAt, erasedAt },
    attendees: attendees.map(({ id, name, checkInCode, checkedInAt, checkInMethod }) => ({
      ...{ id, name, checkInCode, checkedInAt, checkInMethod },
      sessions: choices
        .filter(({ attendeeId }) => attendeeId === id)
        .map(({ sessionId, held }) => `${sessionId} ${held}`)
        .sort(),
    })),
  });
}

export function changedRegistration(whole: WholeRegistration, before: Buffer | null): AuditedObject {
  const { id, municipalityNumber: municipality, organisationNumber: organisation } = whole.registration;
  return {
    object: { type: 'Registration', id },
    owner: { municipality, organisation },
    before,
    after: registrationDigest(whole),
  };
}
