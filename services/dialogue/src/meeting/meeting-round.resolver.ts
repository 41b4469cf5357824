import {
  Access,
  anyone,
  type ConnectionOf,
  connectionOfParent,
  FollowsTheClock,
  officers,
  PageArgs,
  RequestContext,
  representatives,
  toUserErrors,
  Uncached,
} from '@samspill/subgraph';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dialogueById } from '../market-dialogue/market-dialogue.loader.js';
import {
  DIALOGUE_LEADERS,
  demandDialogue,
  demandRepresentative,
} from '../market-dialogue/market-dialogue.permission.js';
import { cancelMeetingRound } from './cancel-round.js';
import { type RequestChange, requestMeeting, withdrawMeetingRequest } from './change-requests.js';
import { addSlots, createMeetingRound, removeSlot } from './change-rounds.js';
import { drawMeetings, type RoundChange } from './draw-meetings.js';
import { meetingOrder, requestOrder, visibleToBothSides } from './meeting.filter.js';
import { Meeting, MeetingConnection } from './meeting.js';
import { requestCountOf, roundById, slotsOf } from './meeting.loader.js';
import { demandRound, demandSlot, roundToActOn } from './meeting.permission.js';
import { MeetingDraw } from './meeting-lot.js';
import { MeetingRequest, MeetingRequestConnection } from './meeting-request.js';
import {
  AddSlotsInput,
  CancelMeetingRoundInput,
  CreateMeetingRoundInput,
  DrawMeetingsInput,
  MeetingRequestPayload,
  MeetingRoundPayload,
  RemoveSlotInput,
  RequestMeetingInput,
  WithdrawMeetingRequestInput,
} from './meeting-round.input.js';
import { MeetingRound } from './meeting-round.js';
import { MeetingRoundStatus, meetingRoundStatus } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';

@Resolver(() => MeetingRound)
export class MeetingRoundResolver {
  @Access(anyone)
  @Query(() => MeetingRound, {
    nullable: true,
    description: 'One round of meetings (møterunde) by its identifier. Null when there is none.',
  })
  meetingRound(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the round.' }) id: string,
  ): Promise<MeetingRound | null> {
    return roundById(context, id);
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingRoundPayload, {
    description:
      'Begins a round of one-to-one meetings (møterunde): makes its slots, and commits to the seed of the lot.',
  })
  async createMeetingRound(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateMeetingRoundInput, { description: 'The round.' })
    input: CreateMeetingRoundInput,
  ): Promise<MeetingRoundPayload> {
    await demandDialogue(context, input.dialogueId);
    return payload(
      context,
      await context.change((change) => createMeetingRound(context.store, change, input)),
    );
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingRoundPayload, {
    description:
      'Adds slots (møtetider) to a round, as long as the others. After the draw they go at once to those who are next in its order.',
  })
  async addSlots(
    @Ctx() context: RequestContext,
    @Arg('input', () => AddSlotsInput, { description: 'The slots.' }) input: AddSlotsInput,
  ): Promise<MeetingRoundPayload> {
    const round = await demandRound(context, input.roundId);
    return payload(context, await context.change((change) => addSlots(context.store, change, round, input)));
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingRoundPayload, {
    description: 'Takes a slot (møtetid) that nobody has away from its round.',
  })
  async removeSlot(
    @Ctx() context: RequestContext,
    @Arg('input', () => RemoveSlotInput, { description: 'Which slot.' }) { slotId }: RemoveSlotInput,
  ): Promise<MeetingRoundPayload> {
    const round = await demandSlot(context, slotId);
    return payload(
      context,
      await context.change((change) => removeSlot(context.store, change, round, slotId)),
    );
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingRoundPayload, {
    description:
      'Cancels a round with all its coming meetings (avlys), and tells everybody who has asked for one.',
  })
  async cancelMeetingRound(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelMeetingRoundInput, { description: 'Which round, and why.' })
    { roundId, reason }: CancelMeetingRoundInput,
  ): Promise<MeetingRoundPayload> {
    const round = await demandRound(context, roundId);
    return payload(
      context,
      await context.change((change) => cancelMeetingRound(context.store, change, round, reason)),
    );
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingRoundPayload, {
    description:
      'Draws the lot of a round (trekning) and gives its meetings out: those without a meeting in another round first, then by SHA-256 of the seed and the organisation number. The seed and the order are published, so that anyone can replay it.',
  })
  async drawMeetings(
    @Ctx() context: RequestContext,
    @Arg('input', () => DrawMeetingsInput, { description: 'Which round.' }) { roundId }: DrawMeetingsInput,
  ): Promise<MeetingRoundPayload> {
    const round = await demandRound(context, roundId);
    return payload(context, await context.change((change) => drawMeetings(context.store, change, round)));
  }

  @Access(representatives)
  @Mutation(() => MeetingRequestPayload, {
    description:
      'Asks for a meeting in a round (be om møte), for an organisation that takes part in the dialogue. All who ask in time are in the lot with the same chance.',
  })
  async requestMeeting(
    @Ctx() context: RequestContext,
    @Arg('input', () => RequestMeetingInput, { description: 'The wish.' }) input: RequestMeetingInput,
  ): Promise<MeetingRequestPayload> {
    const { roundId, organisationNumber } = input;
    const round = await roundToActOn(context, roundId);
    await demandRepresentative(context, organisationNumber, { type: 'MeetingRound', id: roundId });
    const given = { ...input, personId: context.actor.personId };
    return requestPayload(
      context,
      await context.change((change) => requestMeeting(context.store, change, round, given)),
    );
  }

  @Access(representatives)
  @Mutation(() => MeetingRequestPayload, {
    description:
      'Takes a wish for a meeting back (trekk ønsket), as long as the organisation has not been given one.',
  })
  async withdrawMeetingRequest(
    @Ctx() context: RequestContext,
    @Arg('input', () => WithdrawMeetingRequestInput, { description: 'Whose wish, in which round.' })
    { roundId, organisationNumber }: WithdrawMeetingRequestInput,
  ): Promise<MeetingRequestPayload> {
    const round = await roundToActOn(context, roundId);
    await demandRepresentative(context, organisationNumber, { type: 'MeetingRound', id: roundId });
    return requestPayload(
      context,
      await context.change((change) =>
        withdrawMeetingRequest(context.store, change, round, organisationNumber),
      ),
    );
  }

  @FollowsTheClock()
  @FieldResolver(() => MeetingRoundStatus, { description: 'Where the round stands now.' })
  status(@Ctx() context: RequestContext, @Root() round: MeetingRound): MeetingRoundStatus {
    return meetingRoundStatus(round, context.clock.now());
  }

  @FieldResolver(() => MarketDialogue, {
    nullable: true,
    description: 'The market dialogue (markedsdialog) that the round belongs to.',
  })
  dialogue(@Ctx() context: RequestContext, @Root() round: MeetingRound): Promise<MarketDialogue | null> {
    return dialogueById(context, round.dialogueId);
  }

  @FieldResolver(() => [MeetingSlot], {
    description: 'All slots (møtetider) of the round, in the order in which they are given out.',
  })
  slots(@Ctx() context: RequestContext, @Root() round: MeetingRound): Promise<MeetingSlot[]> {
    return slotsOf(context, round.id);
  }

  @FieldResolver(() => Int, {
    description: 'How many have asked for a meeting (antall ønsker), for everybody to see.',
  })
  requestCount(@Ctx() context: RequestContext, @Root() round: MeetingRound): Promise<number> {
    return requestCountOf(context, round.id);
  }

  @Uncached()
  @FieldResolver(() => MeetingRequestConnection, {
    description:
      'Who has asked for a meeting, the first one first: all of them for officers of the municipality, its own for an organisation, none for others.',
  })
  requests(
    @Ctx() context: RequestContext,
    @Root() round: MeetingRound,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<MeetingRequest>> {
    const where = visibleToBothSides<MeetingRequest>(context);
    const parent = { property: 'roundId', values: [round.id] };
    return connectionOfParent(context, MeetingRequest, parent, { order: requestOrder, where }, page);
  }

  @Uncached()
  @FieldResolver(() => MeetingConnection, {
    description:
      'The meetings of the round in order of time, cancelled ones too: all of them for officers of the municipality, its own for an organisation, none for others.',
  })
  meetings(
    @Ctx() context: RequestContext,
    @Root() round: MeetingRound,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ConnectionOf<Meeting>> {
    const where = visibleToBothSides<Meeting>(context);
    const parent = { property: 'roundId', values: [round.id] };
    return connectionOfParent(context, Meeting, parent, { order: meetingOrder, where }, page);
  }

  @FieldResolver(() => MeetingDraw, {
    nullable: true,
    description: 'How the lot was drawn (trekning), for everybody to replay. Null until it has been.',
  })
  draw(@Root() { id: roundId, seed, drawnAt }: MeetingRound): MeetingDraw | null {
    if (seed === null || drawnAt === null) return null;
    return Object.assign(new MeetingDraw(), { seed, drawnAt, roundId });
  }
}

function payload(context: RequestContext, result: RoundChange): MeetingRoundPayload {
  if ('round' in result) return { meetingRound: result.round, userErrors: [] };
  return { meetingRound: null, userErrors: toUserErrors(result.mend, context) };
}

function requestPayload(context: RequestContext, result: RequestChange): MeetingRequestPayload {
  if ('request' in result) return { meetingRequest: result.request, userErrors: [] };
  return { meetingRequest: null, userErrors: toUserErrors(result.mend, context) };
}
