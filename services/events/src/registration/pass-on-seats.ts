import type { Change, ServiceStore } from '@samspill/subgraph';
import { Books } from './books.js';
import { RegistrationStatus } from './registration.status.js';
import { isLineOpen, offerEndsAt } from './registration-rules.js';
import { tellOfExpiry, tellOfOffer } from './send-letters.js';
import { whoIsOffered } from './waiting-line.js';
import { changedRegistration, registrationDigest, wholeRegistrations } from './whole-registration.js';

/**
 * Ends offers whose time is over, and offers all seats that are free to those who wait, the first first. Part of
 * every change that may free seats, in its own transaction, and of the worker. True when it changed anything.
 */
export function passOnSeats(change: Change, store: ServiceStore, eventId: string): Promise<boolean> {
  return change.asService(async (em) => {
    const books = await Books.open(em, eventId);
    return books !== null && passOn({ ...change, em }, store, books);
  });
}

/** The same for whoever has the books of the event open, as the service. */
export async function passOn(
  change: Pick<Change, 'em' | 'audit'>,
  store: ServiceStore,
  books: Books,
): Promise<boolean> {
  const now = store.host.clock.now();
  // Of a cancelled event everybody has been told all there is to tell.
  if (books.event.cancelledAt !== null) return false;
  const expired = await expireOffers(change, store, books, now);
  const offered = isLineOpen(books.event, now) ? await offerSeats(change, store, books, now) : 0;
  return expired + offered > 0;
}

async function expireOffers(
  { em, audit }: Pick<Change, 'em' | 'audit'>,
  store: ServiceStore,
  books: Books,
  now: Date,
): Promise<number> {
  const { event } = books;
  // Also those of an event that was moved to an earlier hour.
  const ended = await em.execute<{ id: string }[]>(
    `select id from events.registration
     where event_id = ? and status = 'OFFERED' and (offer_expires_at <= ? or ?::boolean)`,
    [event.id, now, event.startsAt <= now],
  );
  for (const whole of await wholeRegistrations(
    em,
    ended.map(({ id }) => id),
  )) {
    const before = registrationDigest(whole);
    books.takeBack(whole, whole.attendees, true);
    whole.registration.status = RegistrationStatus.EXPIRED;
    audit(changedRegistration(whole, before));
    await tellOfExpiry(em, store, whole, event);
  }
  return ended.length;
}

async function offerSeats(
  { em, audit }: Pick<Change, 'em' | 'audit'>,
  store: ServiceStore,
  books: Books,
  now: Date,
): Promise<number> {
  const { event } = books;
  const offered = whoIsOffered(books.seats, await books.line());
  for (const whole of await wholeRegistrations(
    em,
    offered.map(({ id }) => id),
  )) {
    const before = registrationDigest(whole);
    const full = books.give(whole);
    Object.assign(whole.registration, {
      status: RegistrationStatus.OFFERED,
      offeredAt: now,
      offerExpiresAt: offerEndsAt(event, now),
    });
    audit(changedRegistration(whole, before));
    await tellOfOffer(em, store, whole, event, full);
  }
  return offered.length;
}
