import {
  Access,
  anyone,
  anyPerson,
  officers,
  RequestContext,
  toUserErrors,
  Uncached,
} from '@samspill/subgraph';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DIALOGUE_LEADERS } from '../market-dialogue/market-dialogue.permission.js';
import { Supplier } from '../supplier/supplier.js';
import { cancelMeeting, type MeetingChange, moveMeeting } from './change-meetings.js';
import {
  CancelMeetingInput,
  CommentOnMinutesInput,
  MeetingPayload,
  MoveMeetingInput,
  RecordMinutesInput,
} from './meeting.input.js';
import { Meeting } from './meeting.js';
import { commentsOf, meetingById, minutesOf, roundById, secretsOf, slotById } from './meeting.loader.js';
import { demandMeeting, demandSide } from './meeting.permission.js';
import { MeetingComment, MeetingMinutes, MeetingSecret } from './meeting-minutes.js';
import { MeetingRound } from './meeting-round.js';
import { MeetingStatus, meetingStatus } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { commentOnMinutes, recordMinutes } from './record-minutes.js';

@Resolver(() => Meeting)
export class MeetingResolver {
  @Access(anyone)
  @Query(() => Meeting, {
    nullable: true,
    description:
      'One meeting (møte) by its identifier, for the organisation and for officers of the municipality. Null when there is none that you can see.',
  })
  meeting(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Identifier of the meeting.' }) id: string,
  ): Promise<Meeting | null> {
    return meetingById(context, id);
  }

  @Access(anyPerson)
  @Mutation(() => MeetingPayload, {
    description:
      'Cancels a meeting (avlys), by the organisation or by a procurement officer. Its slot goes at once to the next in the order of the lot whom it suits.',
  })
  async cancelMeeting(
    @Ctx() context: RequestContext,
    @Arg('input', () => CancelMeetingInput, { description: 'Which meeting, and why.' })
    input: CancelMeetingInput,
  ): Promise<MeetingPayload> {
    const { meeting, side } = await demandSide(context, input.meetingId);
    const { reason, slotIsGone } = input;
    return payload(
      context,
      await context.change((change) =>
        cancelMeeting(context.store, change, meeting, { side, reason, slotIsGone }),
      ),
    );
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingPayload, {
    description:
      'Moves a meeting to another slot of its round that is free (flytt), as agreed with the supplier. What it leaves goes to the next in the order of the lot.',
  })
  async moveMeeting(
    @Ctx() context: RequestContext,
    @Arg('input', () => MoveMeetingInput, { description: 'Which meeting, and where to.' })
    { meetingId, slotId }: MoveMeetingInput,
  ): Promise<MeetingPayload> {
    const meeting = await demandMeeting(context, meetingId);
    return payload(
      context,
      await context.change((change) => moveMeeting(context.store, change, meeting, slotId)),
    );
  }

  @Access(officers(...DIALOGUE_LEADERS))
  @Mutation(() => MeetingPayload, {
    description:
      'Writes the minutes of a meeting (referat), and with them into the ledger of equal information what the supplier was told.',
  })
  async recordMinutes(
    @Ctx() context: RequestContext,
    @Arg('input', () => RecordMinutesInput, { description: 'The minutes.' }) input: RecordMinutesInput,
  ): Promise<MeetingPayload> {
    const meeting = await demandMeeting(context, input.meetingId);
    const given = { ...input, personId: context.actor.personId };
    return payload(
      context,
      await context.change((change) => recordMinutes(context.store, change, meeting, given)),
    );
  }

  @Access(anyPerson)
  @Mutation(() => MeetingPayload, {
    description:
      'Says something about the minutes of a meeting: the supplier confirms them, or either side comments (merknad) or writes down what of it is secret.',
  })
  async commentOnMinutes(
    @Ctx() context: RequestContext,
    @Arg('input', () => CommentOnMinutesInput, { description: 'What is said.' }) input: CommentOnMinutesInput,
  ): Promise<MeetingPayload> {
    const { meeting, side } = await demandSide(context, input.meetingId);
    const given = { ...input, side, personId: context.actor.personId };
    return payload(
      context,
      await context.change((change) => commentOnMinutes(context.store, change, meeting, given)),
    );
  }

  @FieldResolver(() => MeetingStatus, { description: 'Where the meeting stands now.' })
  async status(@Ctx() context: RequestContext, @Root() meeting: Meeting): Promise<MeetingStatus> {
    const minutes = await minutesOf(context, meeting.id);
    return meetingStatus(meeting, minutes !== null, context.clock.now());
  }

  @FieldResolver(() => MeetingRound, {
    nullable: true,
    description: 'The round (møterunde) that it belongs to.',
  })
  round(@Ctx() context: RequestContext, @Root() meeting: Meeting): Promise<MeetingRound | null> {
    return roundById(context, meeting.roundId);
  }

  @FieldResolver(() => MeetingSlot, { nullable: true, description: 'Its slot (møtetid), with the room.' })
  slot(@Ctx() context: RequestContext, @Root() meeting: Meeting): Promise<MeetingSlot | null> {
    return slotById(context, meeting.slotId);
  }

  @FieldResolver(() => Supplier, { description: 'The supplier (leverandør) that takes part.' })
  supplier(@Root() meeting: Meeting): Supplier {
    return Supplier.of(meeting.organisationNumber);
  }

  @FieldResolver(() => MeetingMinutes, {
    nullable: true,
    description: 'Its minutes (referat). Null until they are written.',
  })
  minutes(@Ctx() context: RequestContext, @Root() meeting: Meeting): Promise<MeetingMinutes | null> {
    return minutesOf(context, meeting.id);
  }

  @Uncached()
  @FieldResolver(() => [MeetingSecret], {
    description:
      'Trade secrets from the meeting (forretningshemmeligheter), for the organisation and for procurement officers of the municipality; empty for others.',
  })
  tradeSecrets(@Ctx() context: RequestContext, @Root() meeting: Meeting): Promise<MeetingSecret[]> {
    return secretsOf(context, meeting.id);
  }
}

@Resolver(() => MeetingMinutes)
export class MeetingMinutesResolver {
  @FieldResolver(() => [MeetingComment], {
    description: 'What the two sides have said about the minutes (merknader), the first thing first.',
  })
  comments(@Ctx() context: RequestContext, @Root() minutes: MeetingMinutes): Promise<MeetingComment[]> {
    return commentsOf(context, minutes.meetingId);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the supplier has confirmed that the minutes are right (godkjent).',
  })
  async isConfirmed(@Ctx() context: RequestContext, @Root() minutes: MeetingMinutes): Promise<boolean> {
    return (await commentsOf(context, minutes.meetingId)).some(({ confirms }) => confirms);
  }
}

function payload(context: RequestContext, result: MeetingChange): MeetingPayload {
  if ('meeting' in result) return { meeting: result.meeting, userErrors: [] };
  return { meeting: null, userErrors: toUserErrors(result.mend, context) };
}
