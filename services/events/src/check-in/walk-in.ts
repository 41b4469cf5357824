import { randomUUID } from 'node:crypto';
import type { Change, Language, ServiceStore } from '@samspill/subgraph';
import { Attendee, CheckInMethod } from '../attendee/attendee.js';
import { noSuchEvent } from '../event/event.permission.js';
import { Undone } from '../event/event-to-change.js';
import { Books } from '../registration/books.js';
import { passOn } from '../registration/pass-on-seats.js';
import { newAttendee } from '../registration/register.js';
import { Registration } from '../registration/registration.js';
import { RegistrationStatus } from '../registration/registration.status.js';
import { getsSeatsAtOnce } from '../registration/waiting-line.js';
import { changedRegistration } from '../registration/whole-registration.js';
import { checkedInAt, eventFull, mayNotCheckIn, othersWait } from './check-in-rules.js';

export interface WalkIn {
  readonly eventId: string;
  readonly name: string;
  readonly organisationName: string | null;
  readonly language: Language;
}

/**
 * Lets in somebody who comes without having registered, where there is a seat. Nobody waits any more once the event
 * has begun; until then whoever waits comes first.
 */
export async function addWalkIn(store: ServiceStore, change: Change, walkIn: WalkIn): Promise<Attendee> {
  const { em } = change;
  const now = store.host.clock.now();
  const { books, place } = await change.asService(async (tx) => {
    const opened = await Books.open(tx, walkIn.eventId);
    if (!opened || opened.event.publishedAt === null) throw noSuchEvent();
    await passOn({ ...change, em: tx }, store, opened);
    return { books: opened, place: await opened.nextPlace() };
  });
  const { event } = books;
  const path = ['input', 'eventId'];
  const refused = mayNotCheckIn(event, now, path);
  if (refused) throw new Undone([refused]);
  const line = now < event.startsAt ? await change.asService(() => books.line()) : [];
  if (!getsSeatsAtOnce(books.seats, [], 1)) throw new Undone([eventFull(path)]);
  if (!getsSeatsAtOnce(books.seats, line, 1)) throw new Undone([othersWait(path)]);

  const time = checkedInAt(event, null, now) as { at: Date };
  const { municipalityNumber } = event;
  const registration = em.create(Registration, {
    ...{ id: randomUUID(), eventId: event.id, municipalityNumber, place, language: walkIn.language },
    organisationNumber: null,
    organisationName: walkIn.organisationName,
    ...{ personId: null, contactName: null, contactEmail: null, clientKey: null },
    seats: 1,
    status: RegistrationStatus.CONFIRMED,
    walkIn: true,
    registeredAt: now,
    ...{ offeredAt: null, offerExpiresAt: null, cancelledAt: null, cancellationReason: null, erasedAt: null },
  });
  await em.flush();
  const attendee = em.create(Attendee, {
    ...newAttendee(registration, 1, walkIn.name),
    checkedInAt: time.at,
    checkInMethod: CheckInMethod.BY_HAND,
  });
  await em.flush();
  const whole = { registration, attendees: [attendee], choices: [] };
  await change.asService(async () => void books.give(whole));
  change.audit(changedRegistration(whole, null));
  return attendee;
}
