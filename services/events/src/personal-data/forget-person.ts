import { removeDocuments } from '@samspill/documents';
import { eraseMailOf } from '@samspill/mail';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { CalendarLink } from '../calendar/calendar-link.js';
import { erasePersonalDataOf } from '../registration/erase-personal-data.js';

/**
 * Takes a person out of the service, because they have asked for it: their registrations lose their names and
 * addresses, their calendar its address, letters to them their contents, and the documents of a municipality that
 * they uploaded who that was.
 */
export async function forgetPerson(change: Change, store: ServiceStore, personId: string): Promise<void> {
  await change.em.nativeDelete(CalendarLink, { personId });
  await erasePersonalDataOf(change, store, { personId });
  await eraseMailOf(change.em, store.name, { personId });
  await removeDocuments(change.em, { personId });
}
