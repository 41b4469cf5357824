import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@samspill/subgraph';
import { Member, RoleGrant } from './member.js';

/** All that a member has or had, the newest first. */
export async function grantsOf(context: RequestContext, memberId: string): Promise<RoleGrant[]> {
  const grants = await context.batched('grants-of-member', memberId, async (ids) => {
    const found = await context.find(
      RoleGrant,
      { member: { $in: [...ids] } },
      { orderBy: [{ grantedAt: 'desc' }, { id: 'desc' }] },
    );
    return Map.groupBy(found, (grant) => grant.member.id);
  });
  return grants ?? [];
}

export function memberById(context: RequestContext, id: string): Promise<Member | null> {
  return context.batched('member', id, async (ids) => {
    const found = await context.find(Member, { id: { $in: [...ids] } });
    return new Map(found.map((member) => [member.id, member]));
  });
}

/** The member that a person is in a municipality; null for a stranger. */
export function memberOfPerson(
  em: EntityManager,
  municipalityNumber: string,
  personId: string,
): Promise<Member | null> {
  return em.findOne(Member, { municipalityNumber, personId });
}

/** What a member holds now. */
export function heldGrants(em: EntityManager, member: Member): Promise<RoleGrant[]> {
  return em.find(RoleGrant, { member, revokedAt: null });
}
