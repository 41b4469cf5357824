import type { EntityManager } from '@mikro-orm/postgresql';
import { eraseMailOf } from '@samspill/mail';
import type { Change, ServiceStore } from '@samspill/subgraph';

/** Everybody who registered for an event, or one person wherever they registered. */
export type WhoseData = { readonly eventId: string } | { readonly personId: string };

/**
 * Erases who people were, and leaves how many. What companies are called stays: they are nobody. For the service
 * itself; whoever calls says so to the audit log.
 *
 * A person who registered colleagues takes their own name along and not those of the others, whose seats the
 * organisation goes on with.
 */
export async function erasePersonalDataOf(
  { em }: Pick<Change, 'em'>,
  store: Pick<ServiceStore, 'name' | 'host'>,
  whose: WhoseData,
): Promise<void> {
  const isEvent = 'eventId' in whose;
  const found = await em.execute<{ id: string; isPrivate: boolean; contact: string | null }[]>(
    `select id, organisation_number is null and not walk_in as "isPrivate", contact_name as contact
     from events.registration where ${isEvent ? 'event_id' : 'person_id'} = ? order by id`,
    [isEvent ? whose.eventId : whose.personId],
  );
  for (const { id, isPrivate, contact } of found) {
    if (isEvent || isPrivate) await eraseWhole(em, store, id);
    else await eraseContact(em, id, contact);
    await eraseMailOf(em, store.name, { about: { type: 'Registration', id } });
  }
}

/** A registration with all of its people. */
export async function eraseWhole(
  em: EntityManager,
  store: Pick<ServiceStore, 'host'>,
  registrationId: string,
): Promise<void> {
  await em.execute(
    `update events.attendee set name = null, check_in_code = null,
       organisation_name = case when organisation_number is null and not (
         select walk_in from events.registration where id = registration_id
       ) then null else organisation_name end
     where registration_id = ?`,
    [registrationId],
  );
  await em.execute(
    `update events.registration set ${NOBODY}, erased_at = coalesce(erased_at, ?),
       organisation_name = case when organisation_number is null and not walk_in then null else organisation_name end
     where id = ?`,
    [store.host.clock.now(), registrationId],
  );
}

async function eraseContact(
  em: EntityManager,
  registrationId: string,
  contact: string | null,
): Promise<void> {
  await em.execute(
    `update events.attendee set name = null, check_in_code = null
     where registration_id = ? and lower(name) = lower(?)`,
    [registrationId, contact],
  );
  await em.execute(`update events.registration set ${NOBODY} where id = ?`, [registrationId]);
}

/** Reasons are free words, and may name somebody. */
const NOBODY = `person_id = null, contact_name = null, contact_email = null, client_key = null,
  cancellation_reason = null`;
