import { personErased } from '@samspill/messages';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { loadMunicipalityHistory } from '../municipality/municipality.loader.js';
import { changed, lockMembers, nextVersion, type RoleChange, snapshot } from './change-roles.js';
import { RoleGrant } from './member.js';
import { heldGrants, memberOfPerson } from './member.loader.js';

/**
 * Forgets who a member was, here and, by message, in the audit logs of all services. What the person did for the
 * municipality stays, without the person: the archive needs the act, not the name. What they are to another
 * municipality is that one's to erase.
 */
export async function eraseMember(
  store: ServiceStore,
  change: Change,
  { municipality, personId }: { municipality: string; personId: string },
): Promise<RoleChange> {
  const { em } = change;
  await lockMembers(change, municipality);
  const member = await memberOfPerson(em, municipality, personId);
  if (!member) return { mend: notAMember };
  if ((await heldGrants(em, member)).length > 0) return { mend: stillTrusted };
  const before = snapshot(member, []);
  const history = await loadMunicipalityHistory(em);
  em.assign(member, { personId: null, displayName: null });
  // What somebody wrote about the person goes with the person.
  await em.nativeUpdate(RoleGrant, { member }, { reason: null, revokeReason: null });
  const organisation = member.organisationNumber;
  const municipalityNumbers = history.numbersOf(municipality);
  const version = await nextVersion(em);
  await store.host.bus.publish(em, personErased, [
    { personId, municipality, municipalityNumbers, organisation, version },
  ]);
  change.audit(changed(member, before, snapshot(member, [])));
  return { member };
}

const notAMember = {
  code: 'MEMBER_UNKNOWN',
  path: ['input', 'personId'],
  messages: {
    nb: 'Personen er ikke kjent i kommunen. Se «members».',
    nn: 'Personen er ikkje kjend i kommunen. Sjå «members».',
    en: 'The person is not known in the municipality. See "members".',
  },
} as const;

const stillTrusted = {
  code: 'ROLES_STILL_HELD',
  path: ['input', 'personId'],
  messages: {
    nb: 'Personen har fortsatt roller i kommunen. Trekk dem tilbake med «revokeRole» først.',
    nn: 'Personen har framleis roller i kommunen. Trekk dei tilbake med «revokeRole» først.',
    en: 'The person still has roles in the municipality. Take them back with "revokeRole" first.',
  },
} as const;
