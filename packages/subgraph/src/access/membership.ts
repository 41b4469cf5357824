import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd, roleName, type SqlMigration } from '@samspill/database';
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
        -- What is newer counts; see the message membership-changed.
        version bigint not null,
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

/**
 * Takes over what `tenders` says of a membership, unless something newer was said before, the person's erasure
 * included. False when it was.
 */
export async function recordMembership(
  em: EntityManager,
  service: string,
  membership: MembershipMessage,
): Promise<boolean> {
  const { personId, municipality, organisation, municipalityNumbers, roles, version } = membership;
  // A row that is met and left alone would be locked, which counts as having written. So none is met.
  await lockUntilTheEnd(em, `${service}.membership.${municipality}`);
  const recorded = await em.execute<unknown[]>(
    `insert into "${service}".membership
       (person_id, municipality, organisation, municipality_numbers, roles, version)
     select ?, ?, ?, string_to_array(?, ','), string_to_array(?, ','), ?::bigint
     where not exists (
       select from "${service}".membership
       where person_id in (?, ?) and municipality = ? and version >= ?::bigint
     )
     on conflict (person_id, municipality) do update set
       organisation = excluded.organisation, municipality_numbers = excluded.municipality_numbers,
       roles = excluded.roles, version = excluded.version
     returning 1`,
    [
      ...[personId, municipality, organisation, municipalityNumbers.join(','), roles.join(','), version],
      ...[personId, tombstoneOf(personId), municipality, version],
    ],
  );
  return recorded.length > 0;
}

/**
 * Forgets a membership. What stays is that there was one, under a name that leads nowhere, so that a message from
 * before the erasure cannot bring it back.
 */
export async function forgetMembership(
  em: EntityManager,
  service: string,
  { personId, municipality, version }: Pick<MembershipMessage, 'personId' | 'municipality' | 'version'>,
): Promise<void> {
  await em.execute(
    `delete from "${service}".membership where person_id = ? and municipality = ? and version <= ?::bigint`,
    [personId, municipality, version],
  );
  await em.execute(
    `insert into "${service}".membership as known
       (person_id, municipality, organisation, municipality_numbers, roles, version)
     values (?, ?, '', '{}', '{}', ?::bigint)
     on conflict (person_id, municipality) do update set version = greatest(known.version, excluded.version)`,
    [tombstoneOf(personId), municipality, version],
  );
}

const tombstoneOf = (personId: string): string =>
  `erased:${createHash('sha256').update(personId).digest('base64url')}`;
