import type { EntityManager } from '@mikro-orm/postgresql';
import { invitation } from '@samspill/calendar';
import { type MailTemplate, queueMail } from '@samspill/mail';
import type { Language, ServiceStore } from '@samspill/subgraph';
import { entryOf, placeOf } from '../calendar/calendar-entry.js';
import { printedCode } from '../check-in/code.js';
import type { Event } from '../event/event.js';
import { clockText, dayText, whenText } from '../event/event-times.js';
import type { Session } from '../event/session.js';
import {
  offerExpired,
  type RegistrationLetter,
  registrationCancelled,
  registrationConfirmed,
  registrationWaiting,
  seatsOffered,
} from './registration-letters.js';
import type { WholeRegistration } from './whole-registration.js';

/** That the seats are theirs, with the codes to come in with and an entry for the calendar. */
export function tellOfSeats(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  event: Event,
  sessions: ReadonlyMap<string, Session>,
): Promise<void> {
  const tickets = whole.attendees.map(({ id, name, checkInCode }) => ({
    name,
    code: printedCode(checkInCode ?? ''),
    sessions: whole.choices
      .filter(({ attendeeId, held }) => held && attendeeId === id)
      .flatMap(({ sessionId }) => sessions.get(sessionId)?.title ?? []),
  }));
  const data = { ...letterAbout(whole, event), tickets };
  const entry = entryOf(event);
  return send(em, store, whole, registrationConfirmed, data, (to) => invitation(entry, to));
}

export function tellOfWaiting(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  event: Event,
  placeInLine: number,
): Promise<void> {
  return send(em, store, whole, registrationWaiting, { ...letterAbout(whole, event), placeInLine });
}

/** `full` are the sessions that they wished for and that have no room. */
export function tellOfOffer(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  event: Event,
  full: readonly Session[],
): Promise<void> {
  const ends = whole.registration.offerExpiresAt ?? event.startsAt;
  const before = inAll(
    (language) => `${dayText(ends, language)} ${AT[language]} ${clockText(ends, language)}`,
  );
  const data = { ...letterAbout(whole, event), before, full: full.map(({ title }) => title) };
  return send(em, store, whole, seatsOffered, data);
}

export function tellOfExpiry(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  event: Event,
): Promise<void> {
  return send(em, store, whole, offerExpired, letterAbout(whole, event));
}

/** Takes the event out of the calendar as well, where it had been put there. */
export function tellOfCancellation(
  em: EntityManager,
  store: ServiceStore,
  whole: WholeRegistration,
  event: Event,
  wasConfirmed: boolean,
): Promise<void> {
  const data = { ...letterAbout(whole, event), reason: whole.registration.cancellationReason };
  const entry = { ...entryOf(event), cancelled: true };
  const calendar = wasConfirmed ? (to: Addressee) => invitation(entry, to) : undefined;
  return send(em, store, whole, registrationCancelled, data, calendar);
}

interface Addressee {
  readonly email: string;
  readonly name?: string;
}

const AT: Record<Language, string> = { nb: 'kl.', nn: 'kl.', en: 'at' };

/** Each kind of letter once in the life of a registration, which is offered seats only once. */
async function send<D>(
  em: EntityManager,
  store: ServiceStore,
  { registration }: WholeRegistration,
  template: MailTemplate<D>,
  data: D,
  calendar?: (to: Addressee) => string,
): Promise<void> {
  const { id, contactEmail, contactName, language, personId } = registration;
  // Whoever was let in at the door has left no address.
  if (contactEmail === null) return;
  const to = { email: contactEmail, ...(contactName !== null && { name: contactName }) };
  await queueMail({ em }, store, {
    ...{ template, data, to, language, personId },
    once: `${template.name}:${id}`,
    about: { type: 'Registration', id },
    calendar: calendar?.(to),
  });
}

function letterAbout({ registration: { seats } }: WholeRegistration, event: Event): RegistrationLetter {
  const { title, organiser, contactEmail, url } = event;
  return {
    ...{ title, organiser, contactEmail, url, seats },
    place: placeOf(event),
    when: inAll((language) => whenText(event, language)),
  };
}

function inAll(text: (language: Language) => string): Record<Language, string> {
  return { nb: text('nb'), nn: text('nn'), en: text('en') };
}
