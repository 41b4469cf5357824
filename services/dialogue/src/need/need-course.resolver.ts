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
import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Procurement } from '../procurement/procurement.js';
import { discardNeed } from './change-needs.js';
import {
  AddClarificationInput,
  CloseNeedInput,
  DiscardNeedInput,
  DiscardNeedPayload,
  LinkNeedInput,
  NeedPayload,
} from './need.input.js';
import { Need } from './need.js';
import { demandNeed, NEED_WRITERS } from './need.permission.js';
import { NeedClarification, NeedClarificationConnection } from './need-clarification.js';
import { clarifyNeed, closeNeed, linkNeed } from './need-course.js';
import { needPayload } from './need-payload.js';

const firstFirst: KeysetOrder = {
  name: 'ADDED_ASC',
  property: 'addedAt',
  direction: 'asc',
};

/** What happens to a need beside the writing of it. */
@Resolver(() => Need)
export class NeedCourseResolver {
  @Access(officers(...NEED_WRITERS))
  @Mutation(() => DiscardNeedPayload, {
    description:
      'Throws a draft of a need (behov) away. What is published is not thrown away, but closed with a reason.',
  })
  async discardNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => DiscardNeedInput, { description: 'Which draft.' }) { id }: DiscardNeedInput,
  ): Promise<DiscardNeedPayload> {
    await demandNeed(context, id);
    const result = await context.change((change) => discardNeed(change, id));
    if ('discarded' in result) return { discardedId: result.discarded, userErrors: [] };
    return { discardedId: null, userErrors: toUserErrors(result.mend, context) };
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Closes a published need (behov), with a reason that everybody reads. Those who follow it are told.',
  })
  async closeNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => CloseNeedInput, { description: 'Which need, and why.' }) input: CloseNeedInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, input.id);
    return needPayload(context, await context.change((change) => closeNeed(context.store, change, input)));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Adds something to a published need (behov) that makes it clearer (presisering). Everybody reads it, with its time; the need itself stands as it was. Those who follow it are told.',
  })
  async addClarification(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddClarificationInput, { description: 'To which need, and what.' })
    input: AddClarificationInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, input.id);
    return needPayload(context, await context.change((change) => clarifyNeed(context.store, change, input)));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Says that a need (behov) belongs to a procurement that is there already. The two chains are joined within seconds; until then the need shows its own procurement, and the other as pending.',
  })
  async linkNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => LinkNeedInput, { description: 'Which need, and which procurement.' })
    input: LinkNeedInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, input.needId);
    return needPayload(context, await context.change((change) => linkNeed(context.store, change, input)));
  }

  @FieldResolver(() => Procurement, {
    nullable: true,
    description:
      'The procurement (anskaffelse) that an officer has said it belongs to, for the seconds until the two are one. Null otherwise.',
  })
  pendingProcurement(@Root() need: Need): Procurement | null {
    return need.linkingTo === null ? null : Procurement.of(need.linkingTo);
  }

  @FieldResolver(() => NeedClarificationConnection, {
    description: 'What has been made clearer since it was published (presiseringer), the first first.',
  })
  clarifications(
    @Ctx() context: RequestContext,
    @Root() need: Need,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<NeedClarification>> {
    const parent = { property: 'need', values: [need.id] };
    return connectionOfParent(context, NeedClarification, parent, { order: firstFirst }, page);
  }
}
