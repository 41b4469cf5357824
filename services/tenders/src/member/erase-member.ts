import { personErased } from '@samspill/messages';
import type { Change, ServiceStore } from '@samspill/subgraph';
import type { RoleChange } from './change-roles.js';
import { heldGrants, memberOfPerson } from './member.loader.js';

/**
 * Forgets who a member was, here and, by message, in the audit logs of all services. What the person did for the
 * municipality stays, without the person: the archive needs the act, not the name. What they are to another
 * municipality is that one's to erase.
 */
export async function eraseMember(
  store: ServiceStore,
  { em, audit }: Change,
  { municipality, personId }: { municipality: string; personId: string },
): Promise<RoleChange> {
  const member = await memberOfPerson(em, municipality, personId);
  if (!member) return { mend: notAMember };
  if ((await heldGrants(em, member)).length > 0) return { mend: stillTrusted };
  em.assign(member, { personId: null, displayName: null });
  await store.host.bus.publish(em, personErased, [
    { personId, municipality, organisation: member.organisationNumber },
  ]);
  audit({ object: { type: 'Member', id: member.id }, owner: { municipality } });
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
