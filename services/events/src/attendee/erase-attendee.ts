import { eraseMailOf } from '@samspill/mail';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { Books } from '../registration/books.js';
import { eraseWhole } from '../registration/erase-personal-data.js';
import { noSuchAttendee } from '../registration/registration.permission.js';
import { Unchanged } from '../registration/update-registration.js';
import {
  changedRegistration,
  registrationDigest,
  wholeRegistrations,
} from '../registration/whole-registration.js';
import { Attendee } from './attendee.js';

/**
 * Erases who an attendee was, because they have asked for it; that somebody was there is kept. Of a private person
 * the whole registration, since it is about nobody else. Letters about it go as well: names stand in them.
 */
export async function eraseAttendee(store: ServiceStore, change: Change, id: string): Promise<Attendee> {
  const { em } = change;
  const known = await em.findOne(Attendee, { id });
  if (!known) throw noSuchAttendee();
  await change.asService((tx) => Books.open(tx, known.eventId));
  const [whole] = await wholeRegistrations(em, [known.registrationId]);
  const attendee = whole?.attendees.find((each) => each.id === id);
  if (!whole || !attendee) throw noSuchAttendee();
  const { registration } = whole;
  const { personId } = registration;
  const isPrivate = registration.organisationNumber === null;
  const isErased = attendee.name === null && attendee.checkInCode === null;
  if (isErased && (!isPrivate || registration.erasedAt !== null)) throw new Unchanged();
  const before = registrationDigest(whole);
  // In the actor's own name first: who may not write the registration gets no further.
  Object.assign(attendee, { name: null, checkInCode: null });
  await em.flush();
  await change.asService(async (tx) => {
    if (isPrivate) await eraseWhole(tx, store, registration.id);
    // What everybody at the event was told went to them by name as well.
    const about = { type: 'Event', id: registration.eventId };
    if (isPrivate && personId !== null) await eraseMailOf(tx, store.name, { personId, about });
    await eraseMailOf(tx, store.name, { about: { type: 'Registration', id: registration.id } });
  });
  const [after] = await wholeRegistrations(em, [registration.id]);
  // One's own is no longer so once it does not say whose it was.
  change.audit(
    after ? changedRegistration(after, before) : { ...changedRegistration(whole, before), after: null },
  );
  return attendee;
}
