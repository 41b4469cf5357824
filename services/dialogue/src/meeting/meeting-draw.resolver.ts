import { RequestContext } from '@samspill/subgraph';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Supplier } from '../supplier/supplier.js';
import { lotsOf, roundsOf, slotById } from './meeting.loader.js';
import { MeetingDraw, MeetingLot } from './meeting-lot.js';
import { MeetingRound } from './meeting-round.js';
import { MeetingSlot } from './meeting-slot.js';

@Resolver(() => MeetingDraw)
export class MeetingDrawResolver {
  @FieldResolver(() => [MeetingLot], {
    description: 'Everybody who was in the lot, in the order in which they got to choose.',
  })
  order(@Ctx() context: RequestContext, @Root() { roundId }: MeetingDraw): Promise<MeetingLot[]> {
    return lotsOf(context, roundId);
  }
}

@Resolver(() => MeetingLot)
export class MeetingLotResolver {
  @FieldResolver(() => Supplier, { description: 'The supplier (leverandør).' })
  supplier(@Root() lot: MeetingLot): Supplier {
    return Supplier.of(lot.organisationNumber);
  }

  @FieldResolver(() => MeetingSlot, {
    nullable: true,
    description: 'The slot that the draw gave. Null when none was left that suited.',
  })
  async slot(@Ctx() context: RequestContext, @Root() { slotId }: MeetingLot): Promise<MeetingSlot | null> {
    return slotId === null ? null : slotById(context, slotId);
  }

  @FieldResolver(() => MeetingSlot, {
    nullable: true,
    description:
      'The slot that it has now, after meetings were moved, cancelled and passed on. Null when it has none.',
  })
  async slotNow(
    @Ctx() context: RequestContext,
    @Root() { slotNowId }: MeetingLot,
  ): Promise<MeetingSlot | null> {
    return slotNowId === null ? null : slotById(context, slotNowId);
  }
}

/** What meetings add to the dialogue that they belong to. */
@Resolver(() => MarketDialogue)
export class DialogueMeetingsResolver {
  @FieldResolver(() => [MeetingRound], {
    description: 'The rounds of one-to-one meetings (møterunder), the first one first.',
  })
  meetingRounds(@Ctx() context: RequestContext, @Root() dialogue: MarketDialogue): Promise<MeetingRound[]> {
    return roundsOf(context, dialogue.id);
  }
}
