import { InvalidEmailAddress, isEmailAddress } from '@samspill/mail';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import type { Attendee } from '../attendee/attendee.js';
import { Undone } from '../event/event-to-change.js';
import type { Books } from './books.js';
import { openRegistration } from './end-registration.js';
import { passOn } from './pass-on-seats.js';
import type { Registration } from './registration.js';
import { hasSeats } from './registration.status.js';
import {
  attendeeUnknown,
  hasCome,
  notMoreSeats,
  sayWhoLeaves,
  sessionFull,
  sessionUnknown,
  tooFewSeats,
} from './registration-messages.js';
import { checkedAttendee, checkedName, type GivenAttendee } from './registration-request.js';
import { mayNot } from './registration-rules.js';
import { changedRegistration, registrationDigest, type WholeRegistration } from './whole-registration.js';

/** What is to be different. What is left out stays. */
export interface RegistrationUpdate {
  readonly id: string;
  readonly contactName?: string | null;
  readonly contactEmail?: string | null;
  readonly attendees?: readonly (GivenAttendee & { readonly id: string })[] | null;
  /** Fewer than before. */
  readonly seats?: number | null;
  /** Who does not come after all. */
  readonly withdraw?: readonly string[] | null;
}

/**
 * Changes names, the contact, choices of sessions, or to fewer seats. The place in the line stays; whoever asks for
 * fewer may get them at once, because now they are enough.
 */
export async function updateRegistration(
  store: ServiceStore,
  change: Change,
  update: RegistrationUpdate,
): Promise<Registration> {
  const open = await openRegistration(store, change, update.id, 'rename');
  const { books, whole, before } = open;
  const { registration } = whole;
  const named = update.attendees ?? [];
  const choosing = named.some(({ sessionIds }) => sessionIds !== undefined);
  const leaving = whoLeaves(whole, update);
  const seatsChange = leaving.attendees.length > 0 || choosing;
  const tooLate = seatsChange ? mayNot('reduce', registration, books.event, store.host.clock.now()) : null;
  const contact = contactOf(update);
  const people = peopleOf(whole, leaving.attendees, named);
  const mend = [...(tooLate ? [tooLate] : []), ...leaving.mend, ...contact.mend, ...people.mend];
  if (mend.length > 0) throw new Undone(mend);

  Object.assign(registration, contact.values);
  for (const { attendee, name } of people.wanted) if (name !== undefined) attendee.name = name;
  registration.seats -= leaving.attendees.length;
  await change.em.flush();
  if (seatsChange) {
    await change.asService(async (em) => {
      const held = hasSeats(registration.status);
      books.takeBack(whole, leaving.attendees, held);
      // What one leaves another may take, whoever is named first.
      for (const each of people.wanted) leave(books, whole, each);
      const full = people.wanted.flatMap((each) => choose(books, whole, each, held));
      if (full.length > 0) throw new Undone(full);
      await em.flush();
      tell(change, whole, before);
      await passOn({ ...change, em }, store, books);
    });
  } else tell(change, whole, before);
  return registration;
}

/** The same again is nothing to tell the log; the lock alone has to be undone. */
function tell(change: Change, whole: WholeRegistration, before: Buffer): void {
  if (before.equals(registrationDigest(whole))) throw new Unchanged();
  change.audit(changedRegistration(whole, before));
}

/** Nothing is different from before. */
export class Unchanged extends Error {
  override readonly name = 'Unchanged';
  constructor() {
    super('The registration was like that already.');
  }
}

/** Those without a name go first, the last of them first; of those with one, somebody has to say who. */
function whoLeaves(
  { attendees }: WholeRegistration,
  { seats, withdraw }: RegistrationUpdate,
): { attendees: Attendee[]; mend: Mendable[] } {
  const ids = [...new Set(withdraw ?? [])];
  const leaving: Attendee[] = [];
  const mend: Mendable[] = [];
  ids.forEach((id, at) => {
    const attendee = attendees.find((each) => each.id === id);
    const path = ['input', 'withdraw', String(at)];
    if (!attendee) mend.push(attendeeUnknown(path));
    else if (attendee.checkedInAt !== null) mend.push(hasCome(path));
    else leaving.push(attendee);
  });
  const path = ['input', 'seats'];
  const left = seats ?? attendees.length - leaving.length;
  if (left < 1) return { attendees: [], mend: [...mend, tooFewSeats(path)] };
  if (left > attendees.length - leaving.length) return { attendees: [], mend: [...mend, notMoreSeats(path)] };
  const nameless = attendees
    .filter((each) => !each.name && !each.checkedInAt && !leaving.includes(each))
    .reverse();
  const more = attendees.length - leaving.length - left;
  if (more > nameless.length) return { attendees: [], mend: [...mend, sayWhoLeaves(['input', 'withdraw'])] };
  return { attendees: [...leaving, ...nameless.slice(0, more)], mend };
}

function contactOf({ contactName, contactEmail }: RegistrationUpdate): {
  values: { contactName?: string; contactEmail?: string };
  mend: Mendable[];
} {
  const mend: Mendable[] = [];
  const values: { contactName?: string; contactEmail?: string } = {};
  if (contactName !== undefined) {
    const checked = checkedName(contactName ?? '', ['input', 'contactName']);
    mend.push(...checked.mend);
    values.contactName = checked.name;
  }
  if (contactEmail !== undefined) {
    values.contactEmail = contactEmail?.trim() ?? '';
    if (!isEmailAddress(values.contactEmail)) mend.push(InvalidEmailAddress.mend(['input', 'contactEmail']));
  }
  return { values, mend };
}

interface WantedChange {
  readonly attendee: Attendee;
  readonly name?: string | null;
  readonly sessionIds?: readonly string[];
  readonly path: readonly string[];
}

function peopleOf(
  { attendees }: WholeRegistration,
  leaving: readonly Attendee[],
  named: readonly (GivenAttendee & { readonly id: string })[],
): { wanted: WantedChange[]; mend: Mendable[] } {
  const mend: Mendable[] = [];
  const wanted = named.flatMap((given, at) => {
    const path = ['input', 'attendees', String(at)];
    const attendee = attendees.find(({ id }) => id === given.id && !leaving.some((each) => each.id === id));
    const checked = checkedAttendee(given, path);
    mend.push(...checked.mend, ...(attendee ? [] : [attendeeUnknown([...path, 'id'])]));
    return attendee ? [{ attendee, name: checked.name, sessionIds: checked.sessionIds, path }] : [];
  });
  return { wanted, mend };
}

function leave(books: Books, whole: WholeRegistration, { attendee, sessionIds }: WantedChange): void {
  if (sessionIds === undefined) return;
  for (const choice of whole.choices) {
    const isTheirs = choice.attendeeId === attendee.id;
    if (isTheirs && !sessionIds.includes(choice.sessionId)) books.drop(whole, choice);
  }
}

/** Puts what somebody chooses in place of what they chose before: all of it, or nothing of the whole change. */
function choose(
  books: Books,
  whole: WholeRegistration,
  { attendee, sessionIds, path }: WantedChange,
  isHeld: boolean,
): Mendable[] {
  if (sessionIds === undefined) return [];
  const own = whole.choices.filter(({ attendeeId }) => attendeeId === attendee.id);
  return sessionIds.flatMap((sessionId, at) => {
    const session = books.sessions.get(sessionId);
    const place = [...path, 'sessionIds', String(at)];
    if (!session) return [sessionUnknown(place)];
    if (own.some((choice) => choice.sessionId === sessionId)) return [];
    if (isHeld && books.roomIn(session) < 1) return [sessionFull(place, session.title, 0)];
    books.choose(whole, attendee, session, isHeld);
    return [];
  });
}
