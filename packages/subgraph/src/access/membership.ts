import type { EntityManager } from '@mikro-orm/postgresql';
import { roleName, type SqlMigration } from '@samspill/database';
import type { MembershipMessage } from '@samspill/messages';
import type { ActorMembership } from './actor.js';
import type { Role } from './role.js';

/**
 * Who has which role where, in every service's own schema: a service that has to ask another who somebody is
 * stands still when that one does. `tenders` owns the truth, with its history, and tells the others.
 */
export function membershipMigration(service: string): SqlMigration {
  const [everybody, reader] = (['public', 'reader'] as const).map((role) => roleName(service, role));
  return {
    name: '0000-membership',
    statements: [
      `create table "${service}".membership (
        person_id text not null,
        municipality text not null,
        -- The organisation that the person has to act for at log-in to have the roles.
        organisation text not null,
        municipality_numbers text[] not null,
        roles text[] not null,
        changed_at timestamptz not null,
        primary key (person_id, municipality)
      )`,
      // As the owner: who asks is not known to row-level security before this has answered.
      `create function "${service}".memberships_of(person text, acting_for text[])
        returns table (municipality text, numbers text[], roles text[])
        language sql stable security definer set search_path = "${service}", pg_temp
        as $$
          select m.municipality, m.municipality_numbers, m.roles from "${service}".membership m
          where m.person_id = person and m.organisation = any (acting_for) and cardinality(m.roles) > 0
        $$`,
      `revoke execute on function "${service}".memberships_of from public`,
      `grant execute on function "${service}".memberships_of to ${everybody}, ${reader}`,
      `grant usage on schema "${service}" to ${everybody}, ${reader}`,
    ],
  };
}

/** The roles of a person in the municipalities that they act for now. */
export function membershipsOf(
  em: EntityManager,
  service: string,
  personId: string,
  organisations: readonly string[],
): Promise<ActorMembership[]> {
  return em.execute<(ActorMembership & { roles: Role[] })[]>(
    `select municipality, numbers, roles from "${service}".memberships_of(?, string_to_array(?, ','))`,
    [personId, organisations.join(',')],
  );
}

/** Takes over what `tenders` says of a membership, unless something newer was said before. */
export async function recordMembership(
  em: EntityManager,
  service: string,
  membership: MembershipMessage,
): Promise<void> {
  await em.execute(
    `insert into "${service}".membership as known
       (person_id, municipality, organisation, municipality_numbers, roles, changed_at)
     values (?, ?, ?, string_to_array(?, ','), string_to_array(?, ','), ?)
     on conflict (person_id, municipality) do update set
       organisation = excluded.organisation, municipality_numbers = excluded.municipality_numbers,
       roles = excluded.roles, changed_at = excluded.changed_at
     where excluded.changed_at >= known.changed_at`,
    [
      membership.personId,
      membership.municipality,
      membership.organisation,
      membership.municipalityNumbers.join(','),
      membership.roles.join(','),
      membership.changedAt,
    ],
  );
}
