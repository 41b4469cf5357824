import {
  Access,
  anyone,
  type ConnectionOf,
  connection,
  FollowsTheClock,
  PageArgs,
  RequestContext,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Buyer } from '../buyer/buyer.js';
import { Municipality } from '../municipality/municipality.js';
import { Need } from '../need/need.js';
import { latestNeedOf } from '../need/need.loader.js';
import { Procurement } from '../procurement/procurement.js';
import { Tender } from '../tender/tender.js';
import { AnnouncedCompetition } from './announced-competition.js';
import { announcedTenderFor } from './announced-tender.js';
import { DialogueActivity } from './dialogue-activity.js';
import { datesOf, mayAnswer } from './dialogue-rules.js';
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
  @FollowsTheClock()
  @Access(anyone)
  @Query(() => MarketDialogueConnection, {
    nullable: true,
    description:
      'Market dialogues (markedsdialoger), the most recently announced first; with a filter for DRAFT also the drafts of the municipality that one is an officer of. Null only when the service does not answer.',
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
    const where = marketDialoguesMatching(filter, context);
    return connection(context, MarketDialogue, where, marketDialogueOrders[orderBy], page);
  }

  @Access(anyone)
  @Query(() => MarketDialogue, {
    nullable: true,
    description:
      'One market dialogue (markedsdialog) by its identifier. Null when there is none, or only a draft of a municipality that one is no officer of.',
  })
  marketDialogue(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the market dialogue.' }) id: string,
  ): Promise<MarketDialogue | null> {
    return dialogueById(context, id);
  }

  @FollowsTheClock()
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

  @FieldResolver(() => AnnouncedCompetition, {
    nullable: true,
    description:
      'The competition that is announced for the procurement (kunngjort konkurranse), which ends the talk: nothing more is asked, answered or told to one. Null while there is none.',
  })
  async announcedTender(
    @Ctx() context: RequestContext,
    @Root() { procurementId }: MarketDialogue,
  ): Promise<AnnouncedCompetition | null> {
    const found = await announcedTenderFor(context, procurementId);
    if (!found?.announcedAt) return null;
    const tender = Object.assign(new Tender(), { id: found.tenderId });
    return { title: found.title, announcedAt: found.announcedAt, tender };
  }

  @FollowsTheClock()
  @FieldResolver(() => Boolean, {
    description:
      'Whether inputs and comments are taken now (åpen for svar): it is led here, open, within the deadline, and no competition is announced.',
  })
  async takesAnswers(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<boolean> {
    const announcedTender = await announcedTenderFor(context, dialogue.procurementId);
    return mayAnswer({ ...datesOf(dialogue), announcedTender }, context.clock.now()) === null;
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
