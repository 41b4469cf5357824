import { Access, anyone, type ConnectionOf, connection, PageArgs, RequestContext } from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Buyer } from '../buyer/buyer.js';
import { Municipality } from '../municipality/municipality.js';
import { Need } from '../need/need.js';
import { latestNeedOf } from '../need/need.loader.js';
import { Procurement } from '../procurement/procurement.js';
import { DialogueActivity } from './dialogue-activity.js';
import {
  MarketDialogueFilter,
  MarketDialogueOrder,
  marketDialogueOrders,
  marketDialoguesMatching,
} from './market-dialogue.filter.js';
import { MarketDialogue, MarketDialogueConnection } from './market-dialogue.js';
import { activitiesOf, dialogueById } from './market-dialogue.loader.js';
import { MarketDialogueStatus, marketDialogueStatus } from './market-dialogue.status.js';

@Resolver(() => MarketDialogue)
export class MarketDialogueResolver {
  @Access(anyone)
  @Query(() => MarketDialogueConnection, {
    nullable: true,
    description:
      'Market dialogues (markedsdialoger), the most recently announced first. Null only when the service does not answer.',
  })
  marketDialogues(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => MarketDialogueFilter, {
      nullable: true,
      description: 'Only those that fit all of this.',
    })
    filter?: MarketDialogueFilter,
    @Arg('orderBy', () => MarketDialogueOrder, {
      defaultValue: MarketDialogueOrder.ANNOUNCED_DESC,
      description: 'In which order.',
    })
    orderBy: MarketDialogueOrder = MarketDialogueOrder.ANNOUNCED_DESC,
  ): Promise<ConnectionOf<MarketDialogue>> {
    const where = marketDialoguesMatching(filter, context.clock.now());
    return connection(context.em, MarketDialogue, where, marketDialogueOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => MarketDialogue, {
    nullable: true,
    description:
      'One market dialogue (markedsdialog) by its identifier. Null when there is none, or only a draft.',
  })
  marketDialogue(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the market dialogue.' }) id: string,
  ): Promise<MarketDialogue | null> {
    return dialogueById(context, id);
  }

  @FieldResolver(() => MarketDialogueStatus, { description: 'Where the dialogue stands now.' })
  status(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): MarketDialogueStatus {
    return marketDialogueStatus(dialogue, context.clock.now());
  }

  @FieldResolver(() => [DialogueActivity], {
    description: 'The meetings and rounds of input that the dialogue consists of (aktiviteter), in order.',
  })
  activities(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<DialogueActivity[]> {
    return activitiesOf(context, dialogue.id);
  }

  @FieldResolver(() => Buyer, {
    nullable: true,
    description:
      'Who invites (oppdragsgiver). Null when the notice does not say it in a way that can be trusted.',
  })
  buyer(@Root() dialogue: MarketDialogue): Buyer | null {
    return Buyer.of(dialogue.buyerId);
  }

  @FieldResolver(() => Municipality, {
    nullable: true,
    description: 'The municipality (kommune) that invites. Null when the buyer is not a municipality.',
  })
  municipality(@Root() dialogue: MarketDialogue): Municipality | null {
    return Municipality.of(dialogue.municipalityNumber);
  }

  @FieldResolver(() => Procurement, {
    description: 'The procurement (anskaffelse) that the dialogue belongs to.',
  })
  procurement(@Root() dialogue: MarketDialogue): Procurement {
    return Procurement.of(dialogue.procurementId);
  }

  @FieldResolver(() => Need, {
    nullable: true,
    description:
      'The need (behov) that the dialogue is about. Null when none has been published for the procurement.',
  })
  need(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<Need | null> {
    return latestNeedOf(context, dialogue.procurementId);
  }
}
