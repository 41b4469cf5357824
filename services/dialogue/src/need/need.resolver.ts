import { type ConnectionOf, connection, PageArgs, RequestContext } from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialoguesOfProcurement } from '../market-dialogue/market-dialogue.loader.js';
import { Municipality } from '../municipality/municipality.js';
import { Procurement } from '../procurement/procurement.js';
import { NeedFilter, NeedOrder, needOrders, needsMatching } from './need.filter.js';
import { Need, NeedConnection } from './need.js';
import { needById } from './need.loader.js';

@Resolver(() => Need)
export class NeedResolver {
  @Query(() => NeedConnection, {
    nullable: true,
    description:
      'Needs (behov) that municipalities have published, the most recent first. Null only when the service does not answer.',
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
    return connection(context.em, Need, needsMatching(filter), needOrders[orderBy], page);
  }

  @Query(() => Need, {
    nullable: true,
    description: 'One need (behov) by its identifier. Null when there is none, or only a draft.',
  })
  need(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the need.' }) id: string,
  ): Promise<Need | null> {
    return needById(context, id);
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
}
