import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { Attendee, CheckInMethod } from '../attendee/attendee.js';
import { Undone } from '../event/event-to-change.js';
import { Books } from '../registration/books.js';
import { noSuchAttendee } from '../registration/registration.permission.js';
import { RegistrationStatus } from '../registration/registration.status.js';
import { Unchanged } from '../registration/update-registration.js';
import {
  changedRegistration,
  registrationDigest,
  wholeRegistrations,
} from '../registration/whole-registration.js';
import {
  alreadyCheckedIn,
  checkedInAt,
  mayNotCheckIn,
  noSuchCode,
  notCheckedIn,
  notConfirmed,
} from './check-in-rules.js';

/** Lets somebody in by the code that they show. */
export async function checkInByCode(
  store: ServiceStore,
  change: Change,
  { eventId, code }: { readonly eventId: string; readonly code: string },
): Promise<Attendee> {
  const path = ['input', 'code'];
  const known = await change.em.findOne(Attendee, { eventId, checkInCode: code });
  if (!known) throw new Undone([noSuchCode(path)]);
  return mark(store, change, eventId, [known], (attendee, now) => {
    if (attendee.checkedInAt !== null) throw new Undone([alreadyCheckedIn(path)]);
    return { checkedInAt: now, checkInMethod: CheckInMethod.CODE };
  });
}

/** Ticks people off, perhaps from a list on paper afterwards. Whoever came already stays as they are. */
export async function checkInByHand(
  store: ServiceStore,
  change: Change,
  { attendeeIds, at }: { readonly attendeeIds: readonly string[]; readonly at?: Date | null },
): Promise<Attendee[]> {
  const ids = [...new Set(attendeeIds)];
  const known = await change.em.find(Attendee, { id: { $in: ids } });
  if (known.length < ids.length) throw noSuchAttendee();
  const byEvent = Map.groupBy(known, ({ eventId }) => eventId);
  let isChanged = false;
  // In one order, so that two lists that are ticked off at once do not wait for each other.
  for (const eventId of [...byEvent.keys()].sort()) {
    await mark(store, change, eventId, byEvent.get(eventId) ?? [], (attendee, now, books) => {
      if (attendee.checkedInAt !== null) return null;
      const time = checkedInAt(books.event, at, now);
      if ('mend' in time) throw new Undone([time.mend]);
      isChanged = true;
      return { checkedInAt: time.at, checkInMethod: CheckInMethod.BY_HAND };
    });
  }
  if (!isChanged) throw new Unchanged();
  return known;
}

/** They did not come after all, or somebody else did. */
export async function undoCheckIn(store: ServiceStore, change: Change, id: string): Promise<Attendee> {
  const known = await change.em.findOne(Attendee, { id });
  if (!known) throw noSuchAttendee();
  return mark(store, change, known.eventId, [known], (attendee) => {
    if (attendee.checkedInAt === null) throw new Undone([notCheckedIn(['input', 'attendeeId'])]);
    return { checkedInAt: null, checkInMethod: null };
  });
}

type Mark = Pick<Attendee, 'checkedInAt' | 'checkInMethod'> | null;

/** In the actor’s own name, under the lock of the event: the database lets nobody but its hosts do this. */
async function mark(
  store: ServiceStore,
  { em, audit, asService }: Change,
  eventId: string,
  attendees: readonly Attendee[],
  markOf: (attendee: Attendee, now: Date, books: Books) => Mark,
): Promise<Attendee> {
  const now = store.host.clock.now();
  const books = await asService((tx: EntityManager) => Books.open(tx, eventId));
  const refused = books && mayNotCheckIn(books.event, now, ['input']);
  if (refused) throw new Undone([refused]);
  const wholes = await wholeRegistrations(em, [...new Set(attendees.map((each) => each.registrationId))]);
  const ids = new Set(attendees.map(({ id }) => id));
  for (const whole of wholes) {
    const before = registrationDigest(whole);
    if (whole.registration.status !== RegistrationStatus.CONFIRMED)
      throw new Undone([notConfirmed(['input'])]);
    for (const attendee of whole.attendees.filter(({ id }) => ids.has(id))) {
      const marked = markOf(attendee, now, books as Books);
      if (marked) Object.assign(attendee, marked);
    }
    if (!before.equals(registrationDigest(whole))) audit(changedRegistration(whole, before));
  }
  const [first] = wholes.flatMap((whole) => whole.attendees.filter(({ id }) => ids.has(id)));
  // Whoever was there a moment ago has left.
  if (!first) throw noSuchAttendee();
  return first;
}
