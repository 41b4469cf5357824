import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Language, Mendable, ServiceStore } from '@samspill/subgraph';
import { Attendee } from '../attendee/attendee.js';
import { SessionSeat } from '../attendee/session-seat.js';
import { newCheckInCode } from '../check-in/code.js';
import { noSuchEvent } from '../event/event.permission.js';
import { Undone } from '../event/event-to-change.js';
import { Books } from './books.js';
import { passOn } from './pass-on-seats.js';
import { Registration } from './registration.js';
import { RegistrationStatus } from './registration.status.js';
import {
  alreadyRegistered,
  overOrganisationLimit,
  sessionFull,
  sessionUnknown,
  tooManySeats,
} from './registration-messages.js';
import type { RegistrationRequest, WantedAttendee } from './registration-request.js';
import { mayNotRegister } from './registration-rules.js';
import { tellOfSeats, tellOfWaiting } from './send-letters.js';
import { getsSeatsAtOnce } from './waiting-line.js';
import { changedRegistration, type WholeRegistration } from './whole-registration.js';

/** Whoever registers. */
export interface Registrant {
  readonly personId: string;
  readonly language: Language;
}

/** The same request came before: whoever repeats it after a timeout gets what became of it. */
export class Repeated extends Error {
  override readonly name = 'Repeated';
  constructor() {
    super('This request was carried out before.');
  }
}

/** What is decided while nobody else can take or free seats of the event. */
interface Decision {
  readonly books: Books;
  readonly isConfirmed: boolean;
  readonly place: number;
  readonly placeInLine: number;
}

/**
 * Asks for seats: all of them at once, or a place in the line for all of them. The lock comes first and is the
 * service's own, since whoever registers does not write the event; it changes nothing. The registration is written
 * in the actor's own name, as waiting, and the service then gives it its seats.
 */
export async function register(
  store: ServiceStore,
  change: Change,
  request: RegistrationRequest,
  registrant: Registrant,
): Promise<Registration> {
  const decision = await change.asService((em) => decide({ ...change, em }, store, request, registrant));
  const whole = await write(change.em, store, request, registrant, decision);
  await change.asService((em) => settle(em, store, whole, decision));
  change.audit(changedRegistration(whole, null));
  return whole.registration;
}

async function decide(
  change: Change,
  store: ServiceStore,
  request: RegistrationRequest,
  { personId }: Registrant,
): Promise<Decision> {
  const books = await Books.open(change.em, request.eventId);
  if (!books || books.event.publishedAt === null) throw noSuchEvent();
  if (request.clientKey !== null && (await isKnown(change.em, request, personId))) throw new Repeated();
  const refused = mayNotRegister(books.event, store.host.clock.now());
  if (refused) throw new Undone([refused]);
  // Whose time is over must not stand in the way of somebody new, nor they in the way of the line.
  await passOn(change, store, books);
  const line = await books.line();
  const seats = request.attendees.length;
  const isConfirmed = getsSeatsAtOnce(books.seats, line, seats);
  const mend = [
    ...(await limitsToMend(books, request, personId)),
    ...choicesToMend(books, request.attendees, isConfirmed),
  ];
  if (mend.length > 0) throw new Undone(mend);
  return { books, isConfirmed, place: await books.nextPlace(), placeInLine: line.length + 1 };
}

async function isKnown(
  em: EntityManager,
  { eventId, clientKey }: RegistrationRequest,
  personId: string,
): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    'select 1 from events.registration where event_id = ? and person_id = ? and client_key = ?',
    [eventId, personId, clientKey],
  );
  return rows.length > 0;
}

async function limitsToMend(
  books: Books,
  { organisationNumber, attendees: { length: seats } }: RegistrationRequest,
  personId: string,
): Promise<Mendable[]> {
  const path = ['input', 'seats'];
  const { capacity, seatsPerOrganisation: most } = books.event;
  if (capacity !== null && seats > capacity) return [tooManySeats(path, capacity)];
  if (organisationNumber === null) {
    return (await books.hasPrivately(personId)) ? [alreadyRegistered(['input', 'eventId'])] : [];
  }
  const has = most === null ? 0 : await books.seatsOf(organisationNumber);
  return most !== null && has + seats > most ? [overOrganisationLimit(path, most, has)] : [];
}

/** Who gets seats has to get them at every session they choose; who waits only wishes for some. */
export function choicesToMend(
  books: Books,
  attendees: readonly WantedAttendee[],
  isHeld: boolean,
): Mendable[] {
  const taken = new Map<string, number>();
  return attendees.flatMap(({ sessionIds }, number) =>
    sessionIds.flatMap((id, at) => {
      const path = ['input', 'attendees', String(number), 'sessionIds', String(at)];
      const session = books.sessions.get(id);
      if (!session) return [sessionUnknown(path)];
      const count = (taken.get(id) ?? 0) + 1;
      taken.set(id, count);
      const room = books.roomIn(session);
      return isHeld && count > room ? [sessionFull(path, session.title, Math.max(0, room))] : [];
    }),
  );
}

/** One after the other: which row points at which is not known to the unit of work. */
async function write(
  em: EntityManager,
  store: ServiceStore,
  request: RegistrationRequest,
  { personId, language }: Registrant,
  { books: { event }, place }: Decision,
): Promise<WholeRegistration> {
  const { attendees: wanted, eventId, organisationNumber, organisationName, ...contact } = request;
  const { municipalityNumber } = event;
  const registration = em.create(Registration, {
    ...{ eventId, municipalityNumber, organisationNumber, organisationName, ...contact },
    ...{ id: randomUUID(), personId, language, place },
    seats: wanted.length,
    status: RegistrationStatus.WAITING,
    walkIn: false,
    registeredAt: store.host.clock.now(),
    ...{ offeredAt: null, offerExpiresAt: null, cancelledAt: null, cancellationReason: null, erasedAt: null },
  });
  await em.flush();
  const attendees = wanted.map(({ name }, at) =>
    em.create(Attendee, newAttendee(registration, at + 1, name)),
  );
  await em.flush();
  const choices = wanted.flatMap(({ sessionIds }, at) =>
    sessionIds.map((sessionId) =>
      em.create(SessionSeat, { attendeeId: (attendees[at] as Attendee).id, sessionId, held: false }),
    ),
  );
  await em.flush();
  return { registration, attendees, choices };
}

export function newAttendee(registration: Registration, number: number, name: string | null) {
  const { id, eventId, municipalityNumber, organisationNumber, organisationName } = registration;
  return {
    ...{ registrationId: id, eventId, municipalityNumber, organisationNumber, organisationName },
    ...{ id: randomUUID(), number, name, checkInCode: newCheckInCode() },
    ...{ checkedInAt: null, checkInMethod: null },
  };
}

async function settle(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  { books, isConfirmed, placeInLine }: Decision,
): Promise<void> {
  if (!isConfirmed) return tellOfWaiting(em, store, whole, books.event, placeInLine);
  books.give(whole);
  whole.registration.status = RegistrationStatus.CONFIRMED;
  await tellOfSeats(em, store, whole, books.event, books.sessions);
}
