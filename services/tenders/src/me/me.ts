import {
  Access,
  type Actor,
  ActorKind,
  anyone,
  MunicipalityNumberScalar,
  OrganisationNumberScalar,
  RequestContext,
  Role,
  Uncached,
} from '@samspill/subgraph';
import {
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import { Municipality } from '../municipality/municipality.js';
import { municipalityHistory } from '../municipality/municipality.loader.js';

export enum LoginLevel {
  LOW = 'LOW',
  SUBSTANTIAL = 'SUBSTANTIAL',
  HIGH = 'HIGH',
}

registerEnumType(LoginLevel, {
  name: 'LoginLevel',
  description: 'How sure it is who logged in (sikkerhetsnivå), in the words of eIDAS.',
  valuesConfig: {
    LOW: { description: 'Little more than a claim (lavt).' },
    SUBSTANTIAL: { description: 'Substantial (betydelig), such as MinID.' },
    HIGH: { description: 'High (høyt), such as BankID.' },
  },
});

@ObjectType({ description: 'What somebody is trusted with in a municipality that they act for.' })
export class MyMembership {
  @Field(() => MunicipalityNumberScalar, { description: 'The municipality’s number of today.' })
  municipalityNumber: string;

  @Field(() => [Role], { description: 'The roles.' })
  roles: Role[];
}

@Resolver(() => MyMembership)
export class MyMembershipResolver {
  @FieldResolver(() => Municipality, { nullable: true, description: 'The municipality (kommune).' })
  async municipality(
    @Ctx() context: RequestContext,
    @Root() membership: MyMembership,
  ): Promise<Municipality | null> {
    return (await municipalityHistory(context)).get(membership.municipalityNumber);
  }
}

@Uncached()
@ObjectType({
  description:
    'Whoever asks: what the access token says, and what Samspill trusts them with. Without a token it is the public.',
})
export class Me {
  @Field(() => ActorKind, { description: 'What kind of somebody it is.' })
  kind: ActorKind;

  @Field(() => ID, {
    nullable: true,
    description:
      'The person’s pseudonym. Give it to the administrator of your municipality to be granted a role. Null for the public and for machines.',
  })
  personId: string | null;

  @Field(() => LoginLevel, {
    nullable: true,
    description: 'How sure the log-in is. Null unless a person has logged in.',
  })
  loginLevel: LoginLevel | null;

  @Field(() => [OrganisationNumberScalar], {
    description: 'The organisations that they act for, as chosen at log-in.',
  })
  organisations: string[];

  @Field(() => [MyMembership], {
    description: 'What they are trusted with, in the municipalities that they act for at this log-in.',
  })
  memberships: MyMembership[];

  @Field(() => [String], { description: 'What a machine may do; empty for people.' })
  scopes: string[];
}

@Resolver(() => Me)
export class MeResolver {
  @Access(anyone)
  @Query(() => Me, {
    nullable: true,
    description: 'Whoever asks, and what they are trusted with. Null only when the service does not answer.',
  })
  me(@Ctx() context: RequestContext): Me {
    return describe(context.actor);
  }
}

function describe(actor: Actor): Me {
  const { identity, memberships } = actor;
  return {
    kind: ActorKind[identity.kind],
    personId: actor.personId,
    loginLevel: identity.kind === 'PERSON' ? LoginLevel[identity.level] : null,
    organisations: [...actor.organisations],
    memberships: memberships.map(({ municipality, roles }) => ({
      municipalityNumber: municipality,
      roles: [...roles],
    })),
    scopes: identity.kind === 'SERVICE' ? [...identity.scopes] : [],
  };
}
