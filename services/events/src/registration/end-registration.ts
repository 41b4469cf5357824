import type { Change, ServiceStore } from '@samspill/subgraph';
import { Undone } from '../event/event-to-change.js';
import { Books } from './books.js';
import { passOn } from './pass-on-seats.js';
import { Registration } from './registration.js';
import { noSuchRegistration } from './registration.permission.js';
import { hasSeats, RegistrationStatus } from './registration.status.js';
import { hasCome } from './registration-messages.js';
import { mayNot, type RegistrationAction } from './registration-rules.js';
import { tellOfCancellation, tellOfSeats } from './send-letters.js';
import {
  changedRegistration,
  registrationDigest,
  type WholeRegistration,
  wholeRegistrations,
} from './whole-registration.js';

/** A registration that this may be done to now, with the books of its event open. */
export interface OpenRegistration {
  readonly books: Books;
  readonly whole: WholeRegistration;
  readonly before: Buffer;
}

/**
 * Opens a registration to change it. In the actor's own name: what they may not write they do not find. The lock of
 * the event comes between, because its registrations change under it alone.
 */
export async function openRegistration(
  store: ServiceStore,
  change: Change,
  id: string,
  action: RegistrationAction,
): Promise<OpenRegistration> {
  const known = await change.em.findOne(Registration, { id });
  if (!known) throw noSuchRegistration();
  const books = await change.asService((em) => Books.open(em, known.eventId));
  const [whole] = await wholeRegistrations(change.em, [id]);
  if (!books || !whole) throw noSuchRegistration();
  const refused = mayNot(action, whole.registration, books.event, store.host.clock.now());
  if (refused) throw new Undone([refused]);
  return { books, whole, before: registrationDigest(whole) };
}

/** Says yes to the seats that were offered. They were held, so that there is nothing more to give. */
export async function acceptOffer(store: ServiceStore, change: Change, id: string): Promise<Registration> {
  const { books, whole, before } = await openRegistration(store, change, id, 'accept');
  whole.registration.status = RegistrationStatus.CONFIRMED;
  await change.asService((em) => tellOfSeats(em, store, whole, books.event, books.sessions));
  change.audit(changedRegistration(whole, before));
  return whole.registration;
}

/** Says no to them: they pass on at once. */
export function declineOffer(store: ServiceStore, change: Change, id: string): Promise<Registration> {
  return end(store, change, id, 'decline', null);
}

/** Leaves, from the line too. What was held passes on at once. A host says why. */
export function cancelRegistration(
  store: ServiceStore,
  change: Change,
  { id, reason }: { readonly id: string; readonly reason: string | null },
): Promise<Registration> {
  return end(store, change, id, reason === null ? 'cancel' : 'cancel as host', reason);
}

async function end(
  store: ServiceStore,
  change: Change,
  id: string,
  action: RegistrationAction,
  reason: string | null,
): Promise<Registration> {
  const { books, whole, before } = await openRegistration(store, change, id, action);
  const { registration, attendees } = whole;
  if (attendees.some(({ checkedInAt }) => checkedInAt !== null)) throw new Undone([hasCome(['input', 'id'])]);
  const { status } = registration;
  Object.assign(registration, {
    status: RegistrationStatus.CANCELLED,
    cancelledAt: store.host.clock.now(),
    cancellationReason: reason,
  });
  await change.em.flush();
  await change.asService(async (em) => {
    books.takeBack(whole, attendees, hasSeats(status));
    const wasConfirmed = status === RegistrationStatus.CONFIRMED;
    await tellOfCancellation(em, store, whole, books.event, wasConfirmed);
    change.audit(changedRegistration(whole, before));
    await passOn({ ...change, em }, store, books);
  });
  return registration;
}
