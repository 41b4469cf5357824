import {
  Access,
  AuditEntryConnection,
  auditTrailOf,
  type ConnectionOf,
  connection,
  MunicipalityNumberScalar,
  officers,
  PageArgs,
  PublicError,
  RequestContext,
  Role,
  toUserErrors,
  UserError,
} from '@samspill/subgraph';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Municipality } from '../municipality/municipality.js';
import { municipalityHistory } from '../municipality/municipality.loader.js';
import { grantRole, type RoleChange, revokeRole } from './change-roles.js';
import { eraseMember } from './erase-member.js';
import { MemberFilter, membersByName, membersMatching } from './member.filter.js';
import { Member, MemberConnection, RoleGrant } from './member.js';
import { grantsOf, memberById } from './member.loader.js';

@InputType({ description: 'A role for somebody.' })
export class GrantRoleInput {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Where the role is to hold: a number that the municipality has or had.',
  })
  municipality: string;

  @Field(() => ID, { description: 'The person’s pseudonym, as `me { personId }` shows it to the person.' })
  personId: string;

  @Field(() => Role, { description: 'The role.' })
  role: Role;

  @Field(() => String, {
    nullable: true,
    description: 'What colleagues call the person. Needed the first time; later it renames.',
  })
  displayName?: string | null;

  @Field(() => String, { nullable: true, description: 'Why, for the history.' })
  reason?: string | null;
}

@InputType({ description: 'A role to take back.' })
export class RevokeRoleInput {
  @Field(() => MunicipalityNumberScalar, { description: 'Where it holds.' })
  municipality: string;

  @Field(() => ID, { description: 'The person’s pseudonym.' })
  personId: string;

  @Field(() => Role, { description: 'The role.' })
  role: Role;

  @Field(() => String, { description: 'Why. It stays in the history.' })
  reason: string;
}

@InputType({ description: 'Somebody to forget.' })
export class EraseMemberInput {
  @Field(() => MunicipalityNumberScalar, { description: 'The municipality that forgets.' })
  municipality: string;

  @Field(() => ID, { description: 'The person’s pseudonym.' })
  personId: string;
}

@ObjectType({ description: 'What became of a change to a member.' })
export class MemberPayload {
  @Field(() => Member, {
    nullable: true,
    description: 'The member afterwards; null when nothing was changed.',
  })
  member: Member | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: PERSON_UNKNOWN, MUNICIPALITY_NOT_CONNECTED, DISPLAY_NAME_MISSING, REASON_MISSING, ROLE_NOT_HELD, LAST_ADMINISTRATOR, MEMBER_UNKNOWN or ROLES_STILL_HELD.',
  })
  userErrors: UserError[];
}

@Resolver(() => Member)
export class MemberResolver {
  @Access(officers())
  @Query(() => MemberConnection, {
    nullable: true,
    description: 'Who acts for a municipality, by name, with what they are trusted with.',
  })
  async members(
    @Ctx() context: RequestContext,
    @Arg('municipality', () => MunicipalityNumberScalar, {
      description: 'A number that the municipality has or had.',
    })
    municipality: string,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => MemberFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter: MemberFilter | null,
  ): Promise<ConnectionOf<Member>> {
    const number = await currentNumber(context, municipality);
    return connection(context, Member, membersMatching(number, filter), membersByName, page);
  }

  @Access(officers(Role.ADMINISTRATOR))
  @Mutation(() => MemberPayload, {
    description:
      'Trusts somebody with a role in the municipality (gir en rolle). Granting it again changes nothing.',
  })
  async grantRole(
    @Ctx() context: RequestContext,
    @Arg('input', () => GrantRoleInput, { description: 'The role, and for whom.' }) input: GrantRoleInput,
  ): Promise<MemberPayload> {
    const municipality = await currentNumber(context, input.municipality);
    const by = context.actor.personId;
    return payload(
      context,
      await context.change((change) => grantRole(context.store, change, { ...input, municipality, by })),
    );
  }

  @Access(officers(Role.ADMINISTRATOR))
  @Mutation(() => MemberPayload, {
    description:
      'Takes a role back (trekker en rolle tilbake), at once and with a reason. A municipality keeps one administrator.',
  })
  async revokeRole(
    @Ctx() context: RequestContext,
    @Arg('input', () => RevokeRoleInput, { description: 'The role, and whose.' }) input: RevokeRoleInput,
  ): Promise<MemberPayload> {
    const municipality = await currentNumber(context, input.municipality);
    const by = context.actor.personId;
    return payload(
      context,
      await context.change((change) => revokeRole(context.store, change, { ...input, municipality, by })),
    );
  }

  @Access(officers(Role.ADMINISTRATOR))
  @Mutation(() => MemberPayload, {
    description:
      'Forgets who a member is (sletting etter personvernforordningen artikkel 17): the name, the pseudonym, and the person behind what was done for the municipality in the audit logs. The roles must be revoked first; the history of the roles stays, without the person.',
  })
  async eraseMember(
    @Ctx() context: RequestContext,
    @Arg('input', () => EraseMemberInput, { description: 'Whom.' }) input: EraseMemberInput,
  ): Promise<MemberPayload> {
    const municipality = await currentNumber(context, input.municipality);
    return payload(
      context,
      await context.change((change) => eraseMember(context.store, change, { ...input, municipality })),
    );
  }

  @FieldResolver(() => Municipality, { description: 'The municipality (kommune), as it is today.' })
  async municipality(@Ctx() context: RequestContext, @Root() member: Member): Promise<Municipality | null> {
    return (await municipalityHistory(context)).get(member.municipalityNumber);
  }

  @FieldResolver(() => [Role], { description: 'What the member is trusted with now.' })
  async roles(@Ctx() context: RequestContext, @Root() member: Member): Promise<Role[]> {
    const grants = await grantsOf(context, member.id);
    return grants.flatMap((grant) => (grant.revokedAt === null ? grant.role : [])).sort();
  }

  @FieldResolver(() => [RoleGrant], {
    description: 'Every role that the member has or had, the newest first.',
  })
  grants(@Ctx() context: RequestContext, @Root() member: Member): Promise<RoleGrant[]> {
    return grantsOf(context, member.id);
  }

  @Access(officers(Role.ADMINISTRATOR))
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description: 'Who read or changed this member, the newest first (revisjonsspor). Null when refused.',
  })
  auditTrail(
    @Ctx() context: RequestContext,
    @Root() member: Member,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<object>> {
    return auditTrailOf(context, { type: 'Member', id: member.id }, page);
  }
}

@Resolver(() => RoleGrant)
export class RoleGrantResolver {
  @FieldResolver(() => Member, {
    nullable: true,
    description: 'Who granted it; null when the configuration did.',
  })
  grantedBy(@Ctx() context: RequestContext, @Root() grant: RoleGrant): Promise<Member | null> | null {
    return grant.grantedBy && memberById(context, grant.grantedBy.id);
  }

  @FieldResolver(() => Member, { nullable: true, description: 'Who revoked it; null while it is held.' })
  revokedBy(@Ctx() context: RequestContext, @Root() grant: RoleGrant): Promise<Member | null> | null {
    return grant.revokedBy && memberById(context, grant.revokedBy.id);
  }
}

/** The number that a municipality has today. */
async function currentNumber(context: RequestContext, number: string): Promise<string> {
  const history = await municipalityHistory(context);
  const municipality = history.becameOf(number) ?? history.get(number);
  if (municipality) return municipality.number;
  throw new PublicError('NOT_FOUND', {
    nb: `Det er ingen kommune med nummer ${number} i Samspill. Se «municipalities».`,
    nn: `Det er ingen kommune med nummer ${number} i Samspill. Sjå «municipalities».`,
    en: `There is no municipality with the number ${number} in Samspill. See "municipalities".`,
  });
}

function payload(context: RequestContext, result: RoleChange): MemberPayload {
  if ('member' in result) return { member: result.member, userErrors: [] };
  return { member: null, userErrors: toUserErrors([result.mend], context) };
}
