import type { KeysetOrder } from '@samspill/database';
import {
  Access,
  anyPerson,
  type ConnectionOf,
  connection,
  PageArgs,
  RequestContext,
  toUserErrors,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Need } from '../need/need.js';
import { afterAction, type NeedAction } from '../need/need.lifecycle.js';
import { needById } from '../need/need.loader.js';
import { demandKnownNeed } from '../need/need.permission.js';
import { type FollowingChange, followNeed, unfollowNeed } from './follow-needs.js';
import { FollowNeedInput, NeedFollowingPayload, UnfollowNeedInput } from './need-following.input.js';
import { NeedFollowing, NeedFollowingConnection } from './need-following.js';

const latestFirst: KeysetOrder = {
  name: 'FOLLOWED_DESC',
  property: 'followedAt',
  direction: 'desc',
};

@Resolver(() => NeedFollowing)
export class NeedFollowingResolver {
  @Access(anyPerson)
  @Query(() => NeedFollowingConnection, {
    nullable: true,
    description:
      'The needs (behov) that one follows, the latest first. Null only when the service does not answer, or when refused.',
  })
  myFollowedNeeds(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<NeedFollowing>> {
    const own = [{ personId: context.actor.personId ?? '' }];
    return connection(context, NeedFollowing, own, latestFirst, page);
  }

  @Access(anyPerson)
  @Mutation(() => NeedFollowingPayload, {
    description:
      'Follows a need (behov): one is told by mail when it is clarified, talked over with the market, put into a competition or closed. Nobody is told who follows. Asked again it changes the address.',
  })
  async followNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => FollowNeedInput, { description: 'Which, and where mail goes.' })
    input: FollowNeedInput,
  ): Promise<NeedFollowingPayload> {
    const { needId, organisationNumber } = input;
    const mayNot = organisationNumber && !context.actor.represents(organisationNumber);
    if (context.isPermissionChecked && mayNot) {
      throw await context.refusal('followNeed', {}, { type: 'Need', id: needId });
    }
    const refusal = await refusalOf(context, 'FOLLOW', needId);
    if (refusal) return refusal;
    const follow = { ...input, personId: context.actor.personId ?? '', language: context.language };
    return payload(context, await context.change((change) => followNeed(context.store, change, follow)));
  }

  @Access(anyPerson)
  @Mutation(() => NeedFollowingPayload, {
    description: 'No longer follows a need (behov). That one did is forgotten, and so is the address.',
  })
  async unfollowNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => UnfollowNeedInput, { description: 'Which.' }) { needId }: UnfollowNeedInput,
  ): Promise<NeedFollowingPayload> {
    const refusal = await refusalOf(context, 'UNFOLLOW', needId);
    if (refusal) return refusal;
    const who = { needId, personId: context.actor.personId ?? '' };
    return payload(context, await context.change((change) => unfollowNeed(context.store, change, who)));
  }

  @FieldResolver(() => Need, { description: 'The need (behov) that is followed.' })
  need(@Ctx() context: RequestContext, @Root() { need }: NeedFollowing): Promise<Need | null> {
    return needById(context, need.id);
  }
}

/**
 * What the status of the need does not allow. Asked here as well as in the change, where a colleague who may read a
 * draft and not write it does not see it.
 */
async function refusalOf(
  context: RequestContext,
  action: NeedAction,
  needId: string,
): Promise<NeedFollowingPayload | null> {
  const { status } = await demandKnownNeed(context, needId);
  const next = afterAction(action, status, ['input', 'needId']);
  return 'mend' in next ? payload(context, { mend: [next.mend] }) : null;
}

async function payload(context: RequestContext, result: FollowingChange): Promise<NeedFollowingPayload> {
  // Read anew: the number of followers was changed beside the change itself.
  if ('needId' in result) return { need: await needById(context, result.needId), userErrors: [] };
  return { need: null, userErrors: toUserErrors(result.mend, context) };
}
