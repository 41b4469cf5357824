import { randomUUID } from 'node:crypto';
import type { Ref } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import { lockUntilTheEnd } from '@samspill/database';
import { isPersonId } from '@samspill/identity';
import { membershipChanged } from '@samspill/messages';
import {
  type AuditedObject,
  type Change,
  type Mendable,
  Role,
  recordMembership,
  type ServiceStore,
} from '@samspill/subgraph';
import { loadMunicipalityHistory } from '../municipality/municipality.loader.js';
import { Member, RoleGrant } from './member.js';
import { heldGrants, memberOfPerson } from './member.loader.js';

export type RoleChange = { readonly member: Member } | { readonly mend: Mendable };

export interface Grant {
  /** The municipality's number of today. */
  readonly municipality: string;
  readonly personId: string;
  readonly role: Role;
  readonly displayName?: string | null;
  readonly reason?: string | null;
  /** Whose act it is; null for the configuration and for demo data. */
  readonly by: string | null;
}

/** Grants a role. Granted again, it changes nothing. */
export async function grantRole(store: ServiceStore, change: Change, grant: Grant): Promise<RoleChange> {
  const { em } = change;
  const { municipality, personId, role } = grant;
  if (!isPersonId(personId)) return { mend: notAPerson };
  await lockMembers(change, municipality);
  const history = await loadMunicipalityHistory(em);
  const organisationNumber = history.get(municipality)?.organisationNumber;
  if (!organisationNumber) return { mend: notConnected };
  const known = await memberOfPerson(em, municipality, personId);
  const displayName = grant.displayName?.trim() || known?.displayName;
  if (!displayName) return { mend: nameMissing };
  const held = known ? await heldGrants(em, known) : [];
  if (known && known.displayName === displayName && held.some((each) => each.role === role)) {
    return { member: known };
  }
  const before = known && snapshot(known, held);
  const now = store.host.clock.now();
  const member =
    known ??
    em.create(Member, {
      id: randomUUID(),
      municipalityNumber: municipality,
      personId,
      displayName,
      organisationNumber,
      since: now,
    });
  em.assign(member, { displayName, organisationNumber });
  if (!held.some((each) => each.role === role)) {
    const grantedBy = await actingMember(change, grant);
    held.push(
      em.create(RoleGrant, {
        id: randomUUID(),
        member,
        role,
        grantedAt: now,
        grantedBy,
        reason: grant.reason?.trim() || null,
        revokedAt: null,
        revokedBy: null,
        revokeReason: null,
      }),
    );
  }
  await tell(store, change, member, held, history.numbersOf(municipality));
  change.audit(changed(member, before, snapshot(member, held)));
  return { member };
}

export interface Revocation extends Omit<Grant, 'displayName' | 'reason'> {
  readonly reason: string;
}

/** Takes a role back. A municipality keeps one administrator: nobody else could grant the role again. */
export async function revokeRole(
  store: ServiceStore,
  change: Change,
  revocation: Revocation,
): Promise<RoleChange> {
  const { em } = change;
  const { municipality, personId, role } = revocation;
  if (!revocation.reason.trim()) return { mend: reasonMissing };
  await lockMembers(change, municipality);
  const member = await memberOfPerson(em, municipality, personId);
  const held = member ? await heldGrants(em, member) : [];
  const grant = held.find((each) => each.role === role);
  if (!member || !grant) return { mend: notHeld };
  if (role === Role.ADMINISTRATOR && (await administrators(change, municipality)) === 1) {
    return { mend: lastAdministrator };
  }
  const before = snapshot(member, held);
  em.assign(grant, {
    // Clocks of replicas differ, and nothing ends before it began.
    revokedAt: new Date(Math.max(store.host.clock.now().getTime(), grant.grantedAt.getTime())),
    revokedBy: await actingMember(change, revocation),
    revokeReason: revocation.reason.trim(),
  });
  const left = held.filter((each) => each !== grant);
  const history = await loadMunicipalityHistory(em);
  await tell(store, change, member, left, history.numbersOf(municipality));
  change.audit(changed(member, before, snapshot(member, left)));
  return { member };
}

/** How many administrators a municipality has. */
export function administrators({ em }: Change, municipality: string): Promise<number> {
  return em.count(RoleGrant, {
    member: { municipalityNumber: municipality, personId: { $ne: null } },
    role: Role.ADMINISTRATOR,
    revokedAt: null,
  });
}

/** Two administrators who revoke each other's role at the same moment must not both succeed. */
export async function lockMembers({ em }: Change, municipality: string): Promise<void> {
  await lockUntilTheEnd(em, `tenders.member.${municipality}`);
}

/** Only who it is: nobody has asked to read about them. */
async function actingMember(
  { em }: Change,
  { municipality, by }: Pick<Grant, 'municipality' | 'by'>,
): Promise<Ref<Member> | null> {
  if (by === null) return null;
  const where = { municipalityNumber: municipality, personId: by };
  const member = await em.findOne(Member, where, { disableIdentityMap: true });
  return member && em.getReference(Member, member.id, { wrapped: true });
}

/** Tells everybody what the member may do now; this service itself without a detour. */
async function tell(
  store: ServiceStore,
  { em }: Change,
  member: Member,
  held: readonly RoleGrant[],
  municipalityNumbers: string[],
): Promise<void> {
  if (member.personId === null) return;
  const message = {
    personId: member.personId,
    municipality: member.municipalityNumber,
    municipalityNumbers,
    organisation: member.organisationNumber,
    roles: held.map((grant) => grant.role).sort(),
    version: await nextVersion(em),
  };
  if (!(await recordMembership(em, store.name, message))) {
    throw new Error('A later change of the membership is there already, though nobody else may write it.');
  }
  await store.host.bus.publish(em, membershipChanged, [message]);
}

/** The place of a change in the order of all changes of memberships. */
export async function nextVersion(em: EntityManager): Promise<number> {
  const [row] = await em.execute<{ version: string }[]>(
    "select nextval('tenders.membership_version') as version",
  );
  return Number(row?.version);
}

/** Without the name and the person: the audit log is no place for those. */
export function snapshot(member: Member, held: readonly RoleGrant[]) {
  const { id, municipalityNumber, organisationNumber } = member;
  const isKnown = member.personId !== null;
  return {
    id,
    municipalityNumber,
    organisationNumber,
    isKnown,
    roles: held.map((grant) => grant.role).sort(),
  };
}

export function changed(member: Member, before: object | null, after: object): AuditedObject {
  return {
    object: { type: 'Member', id: member.id },
    owner: { municipality: member.municipalityNumber },
    before: before && digest(before),
    after: digest(after),
  };
}

const notAPerson: Mendable = {
  code: 'PERSON_UNKNOWN',
  path: ['input', 'personId'],
  messages: {
    nb: 'Dette er ikke en person-id. Be personen logge inn for kommunen og lese den av i «me { personId }».',
    nn: 'Dette er ikkje ein person-id. Be personen logge inn for kommunen og lese han av i «me { personId }».',
    en: 'This is not a person id. Ask the person to log in for the municipality and read it in "me { personId }".',
  },
};

const notConnected: Mendable = {
  code: 'MUNICIPALITY_NOT_CONNECTED',
  path: ['input', 'municipality'],
  messages: {
    nb: 'Kommunen er ikke koblet til noe organisasjonsnummer ennå. Den som drifter Samspill, gjør det med ADMINISTRATORS.',
    nn: 'Kommunen er ikkje kopla til noko organisasjonsnummer enno. Den som driftar Samspill, gjer det med ADMINISTRATORS.',
    en: 'The municipality is not connected to an organisation number yet. Whoever operates Samspill does that with ADMINISTRATORS.',
  },
};

const nameMissing: Mendable = {
  code: 'DISPLAY_NAME_MISSING',
  path: ['input', 'displayName'],
  messages: {
    nb: 'Personen er ny her. Skriv navnet som kollegene skal se.',
    nn: 'Personen er ny her. Skriv namnet som kollegaene skal sjå.',
    en: 'The person is new here. Write the name that colleagues are to see.',
  },
};

const reasonMissing: Mendable = {
  code: 'REASON_MISSING',
  path: ['input', 'reason'],
  messages: {
    nb: 'Skriv hvorfor rollen tas tilbake; det blir stående i historikken.',
    nn: 'Skriv kvifor rolla blir teken tilbake; det blir ståande i historikken.',
    en: 'Write why the role is taken back; it stays in the history.',
  },
};

const notHeld: Mendable = {
  code: 'ROLE_NOT_HELD',
  path: ['input', 'role'],
  messages: {
    nb: 'Personen har ikke denne rollen i kommunen. Se «members» for hvem som har hva.',
    nn: 'Personen har ikkje denne rolla i kommunen. Sjå «members» for kven som har kva.',
    en: 'The person does not have this role in the municipality. See "members" for who has what.',
  },
};

const lastAdministrator: Mendable = {
  code: 'LAST_ADMINISTRATOR',
  path: ['input', 'role'],
  messages: {
    nb: 'Kommunen må ha en administrator. Gi rollen til en annen først.',
    nn: 'Kommunen må ha ein administrator. Gje rolla til ein annan først.',
    en: 'The municipality must have an administrator. Grant the role to somebody else first.',
  },
};
