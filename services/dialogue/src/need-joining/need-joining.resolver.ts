import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  type ConnectionOf,
  connectionOfParent,
  officers,
  PageArgs,
  RequestContext,
  toUserErrors,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Municipality } from '../municipality/municipality.js';
import { Need } from '../need/need.js';
import { needById } from '../need/need.loader.js';
import { demandKnownNeed, municipalityOfToday, NEED_WRITERS } from '../need/need.permission.js';
import { type JoiningChange, joinNeed, leaveNeed } from './join-needs.js';
import { JoinNeedInput, LeaveNeedInput, NeedJoiningPayload } from './need-joining.input.js';
import { NeedJoining, NeedJoiningConnection } from './need-joining.js';

const firstFirst: KeysetOrder = {
  name: 'JOINED_ASC',
  property: 'joinedAt',
  direction: 'asc',
};
const latestFirst: KeysetOrder = { ...firstFirst, name: 'JOINED_DESC', direction: 'desc' };

@Resolver(() => NeedJoining)
export class NeedJoiningResolver {
  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedJoiningPayload, {
    description:
      'Says that one’s own municipality has the same need (behov) as another has published, and how much. Said again, it takes over the new words.',
  })
  async joinNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => JoinNeedInput, { description: 'Which need, and how much.' }) input: JoinNeedInput,
  ): Promise<NeedJoiningPayload> {
    await demandKnownNeed(context, input.needId);
    const { actor, store } = context;
    const municipality = municipalityOfToday(actor, input.municipality);
    const own = actor.memberships.find((each) => each.municipality === municipality);
    const joining = { ...input, municipality, numbers: own?.numbers ?? [] };
    return payload(context, await context.change((change) => joinNeed(store, change, joining)));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedJoiningPayload, {
    description:
      'Takes back that one’s own municipality has the same need (behov), as long as there is no competition for it.',
  })
  async leaveNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaveNeedInput, { description: 'Which need.' }) input: LeaveNeedInput,
  ): Promise<NeedJoiningPayload> {
    await demandKnownNeed(context, input.needId);
    const municipality = municipalityOfToday(context.actor, input.municipality);
    const leaving = { needId: input.needId, municipality };
    return payload(context, await context.change((change) => leaveNeed(change, leaving)));
  }

  @FieldResolver(() => Need, { description: 'The need (behov) that it has joined.' })
  need(@Ctx() context: RequestContext, @Root() { need }: NeedJoining): Promise<Need | null> {
    return needById(context, need.id);
  }

  @FieldResolver(() => Municipality, { description: 'The municipality (kommune) that has the same need.' })
  municipality(@Root() { municipalityNumber }: NeedJoining): Municipality | null {
    return Municipality.of(municipalityNumber);
  }
}

@Resolver(() => Need)
export class JoinedNeedResolver {
  @FieldResolver(() => NeedJoiningConnection, {
    description: 'The other municipalities that have the same need (tilsluttede kommuner), the first first.',
  })
  joinedBy(
    @Ctx() context: RequestContext,
    @Root() need: Need,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<NeedJoining>> {
    const parent = { property: 'need', values: [need.id] };
    return connectionOfParent(context, NeedJoining, parent, { order: firstFirst }, page);
  }
}

@Resolver(() => Municipality)
export class JoiningMunicipalityResolver {
  @Directive('@requires(fields: "numbers")')
  @FieldResolver(() => NeedJoiningConnection, {
    nullable: true,
    description:
      'Needs (behov) of other municipalities that this one has joined because it has the same, the latest first. Null only when the service does not answer.',
  })
  joinedNeeds(
    @Ctx() context: RequestContext,
    @Root() { numbers }: Municipality,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<NeedJoining>> {
    const parent = { property: 'municipalityNumber', values: numbers };
    return connectionOfParent(context, NeedJoining, parent, { order: latestFirst }, page);
  }
}

async function payload(context: RequestContext, result: JoiningChange): Promise<NeedJoiningPayload> {
  // Read anew: how many have joined was changed beside the change itself.
  if ('needId' in result) return { need: await needById(context, result.needId), userErrors: [] };
  return { need: null, userErrors: toUserErrors(result.mend, context) };
}
