import { type FilterQuery, raw } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { Role } from '@samspill/subgraph';
import { Field, InputType } from 'type-graphql';
import type { Member } from './member.js';

@InputType({ description: 'Which members. Everything given must fit.' })
export class MemberFilter {
  @Field(() => [Role], { nullable: true, description: 'Only those who hold one of these roles now.' })
  role?: Role[] | null;
}

export const membersByName: KeysetOrder = {
  name: 'MEMBER_NAME_ASC',
  property: 'displayName',
  direction: 'asc',
};

const HOLDS =
  'id in (select g.member_id from tenders.role_grant g where g.role = any(?) and g.revoked_at is null)';

export function membersMatching(municipality: string, filter: MemberFilter | null): FilterQuery<Member>[] {
  const where: FilterQuery<Member>[] = [{ municipalityNumber: municipality }];
  if (filter?.role) where.push({ [raw(HOLDS, [filter.role])]: [] } as never);
  return where;
}
