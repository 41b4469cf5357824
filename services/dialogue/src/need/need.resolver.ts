import {
  Access,
  AGE,
  AuditEntryConnection,
  anyone,
  auditTrailOf,
  CacheControl,
  type ConnectionOf,
  connection,
  officers,
  PageArgs,
  RequestContext,
  Role,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialoguesOfProcurement } from '../market-dialogue/market-dialogue.loader.js';
import { Municipality } from '../municipality/municipality.js';
import { Procurement } from '../procurement/procurement.js';
import { createNeed, publishNeed, updateNeed } from './change-needs.js';
import { NeedFilter, NeedOrder, needOrders, needsMatching } from './need.filter.js';
import { CreateNeedInput, NeedPayload, PublishNeedInput, UpdateNeedInput } from './need.input.js';
import { Need, NeedConnection } from './need.js';
import { needById } from './need.loader.js';
import { demandNeed, municipalityOfToday, NEED_WRITERS } from './need.permission.js';
import { needPayload } from './need-payload.js';

@Resolver(() => Need)
export class NeedResolver {
  @CacheControl({ maxAge: AGE.PUBLISHED })
  @Access(anyone)
  @Query(() => NeedConnection, {
    nullable: true,
    description:
      'Needs (behov) that municipalities have published, the most recent first; with a filter for DRAFT also the drafts of the municipality that one is an officer of. Null only when the service does not answer.',
  })
  needs(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => NeedFilter, { nullable: true, description: 'Only those that fit all of this.' })
    filter?: NeedFilter,
    @Arg('orderBy', () => NeedOrder, {
      defaultValue: NeedOrder.PUBLISHED_DESC,
      description: 'In which order.',
    })
    orderBy: NeedOrder = NeedOrder.PUBLISHED_DESC,
  ): Promise<ConnectionOf<Need>> {
    return connection(context, Need, needsMatching(filter, context), needOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => Need, {
    nullable: true,
    description:
      'One need (behov) by its identifier. Null when there is none, or only a draft of a municipality that one is no officer of.',
  })
  need(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the need.' }) id: string,
  ): Promise<Need | null> {
    return needById(context, id);
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Begins a need (behov) as a draft, and with it a procurement. Only officers of the municipality see the draft.',
  })
  async createNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateNeedInput, { description: 'The need.' }) input: CreateNeedInput,
  ): Promise<NeedPayload> {
    const municipality = municipalityOfToday(context.actor, input.municipality);
    const draft = { ...input, municipality };
    return needPayload(context, await context.change((change) => createNeed(context.store, change, draft)));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, { description: 'Changes a need (behov) that is a draft.' })
  async updateNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => UpdateNeedInput, { description: 'What is to be different.' }) input: UpdateNeedInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, input.id);
    return needPayload(context, await context.change((change) => updateNeed(change, input)));
  }

  @Access(officers(...NEED_WRITERS))
  @Mutation(() => NeedPayload, {
    description:
      'Publishes a draft of a need (behov): from now on everybody reads it, and it is no longer changed. Refused while a finding in it is neither mended nor overridden.',
  })
  async publishNeed(
    @Ctx() context: RequestContext,
    @Arg('input', () => PublishNeedInput, { description: 'Which draft.' }) { id }: PublishNeedInput,
  ): Promise<NeedPayload> {
    await demandNeed(context, id);
    return needPayload(context, await context.change((change) => publishNeed(context.store, change, id)));
  }

  @FieldResolver(() => Municipality, {
    nullable: true,
    description:
      'The municipality (kommune) whose need it is. Null when somebody else has it, such as a county.',
  })
  municipality(@Root() need: Need): Municipality | null {
    return Municipality.of(need.municipalityNumber);
  }

  @FieldResolver(() => Procurement, {
    description: 'The procurement (anskaffelse) that the need belongs to.',
  })
  procurement(@Root() need: Need): Procurement {
    return Procurement.of(need.procurementId);
  }

  @FieldResolver(() => [MarketDialogue], {
    description: 'The conversations with the market (markedsdialoger) about the need, the newest first.',
  })
  dialogues(@Ctx() context: RequestContext, @Root() need: Need): Promise<MarketDialogue[]> {
    return dialoguesOfProcurement(context, need.procurementId);
  }

  @Access(officers(Role.ADMINISTRATOR))
  @FieldResolver(() => AuditEntryConnection, {
    nullable: true,
    description:
      'Who read the draft of this need and who changed it, the newest first (revisjonsspor). Null when refused, empty for administrators of other municipalities.',
  })
  auditTrail(
    @Ctx() context: RequestContext,
    @Root() need: Need,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<object>> {
    return auditTrailOf(context, { type: 'Need', id: need.id }, page);
  }
}
