import { DateTimeScalar, OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LEAST_MINUTES, LONGEST, MOST } from './meeting-messages.js';
import { MeetingRequest } from './meeting-request.js';
import { MeetingRound } from './meeting-round.js';

const WALL =
  'As a clock on a wall in Norway shows it, such as 2027-01-11T09:00; with Z or an offset it is that very moment.';

@InputType({
  description:
    'From when to when meetings are held on a day (periode). Two of them leave the lunch free between them.',
})
export class MeetingSpanInput {
  @Field(() => String, { description: `When the first meeting begins. ${WALL}` })
  from: string;

  @Field(() => String, { description: `When the last meeting has ended. ${WALL}` })
  to: string;
}

const PAUSE = `Minutes between one meeting and the next in the same room: 0 to ${MOST.pauseMinutes}.`;
const ROOMS = `Rooms (rom) in which meetings are held at the same times: 1 to ${MOST.rooms}, each of at most ${LONGEST.room} characters. A video meeting is a room too.`;
const DAYS = `When meetings are held: 1 to ${MOST.days} spans. A round has at most ${MOST.slots} slots.`;

@InputType({ description: 'A round of one-to-one meetings (møterunde) to begin.' })
export class CreateMeetingRoundInput {
  @Field(() => ID, { description: 'The market dialogue (markedsdialog), announced and not closed.' })
  dialogueId: string;

  @Field(() => String, {
    nullable: true,
    description: `What the round is called: at most ${LONGEST.title} characters. Left out, it is "Møterunde" and its number.`,
  })
  title?: string | null;

  @Field(() => Int, {
    description: `How long each meeting is, in minutes: ${LEAST_MINUTES} to ${MOST.minutes}, the same for everybody.`,
  })
  minutes: number;

  @Field(() => Int, { defaultValue: 0, description: PAUSE })
  pauseMinutes: number;

  @Field(() => [MeetingSpanInput], { description: DAYS })
  days: MeetingSpanInput[];

  @Field(() => [String], { description: ROOMS })
  rooms: string[];

  @Field(() => DateTimeScalar, {
    description:
      'Until when participants can ask for a meeting: in the future, and before the first meeting.',
  })
  requestsCloseAt: Date;
}

@InputType({ description: 'More slots (møtetider) for a round, as long as the others.' })
export class AddSlotsInput {
  @Field(() => ID, { description: 'The round.' })
  roundId: string;

  @Field(() => Int, { defaultValue: 0, description: PAUSE })
  pauseMinutes: number;

  @Field(() => [MeetingSpanInput], { description: DAYS })
  days: MeetingSpanInput[];

  @Field(() => [String], { description: ROOMS })
  rooms: string[];
}

@InputType({ description: 'A slot (møtetid) to take away.' })
export class RemoveSlotInput {
  @Field(() => ID, { description: 'The slot; nobody may have it.' })
  slotId: string;
}

@InputType({ description: 'A round of meetings to cancel.' })
export class CancelMeetingRoundInput {
  @Field(() => ID, { description: 'The round.' })
  roundId: string;

  @Field(() => String, {
    description: `Why (begrunnelse), for everybody to read: at most ${LONGEST.reason} characters.`,
  })
  reason: string;
}

@InputType({ description: 'A round of meetings whose lot is to be drawn.' })
export class DrawMeetingsInput {
  @Field(() => ID, { description: 'The round; the time for asking must be over.' })
  roundId: string;
}

@InputType({ description: 'A wish for a meeting (møteønske).' })
export class RequestMeetingInput {
  @Field(() => ID, { description: 'The round.' })
  roundId: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'The organisation that asks; it takes part in the dialogue, and you act for it.',
  })
  organisationNumber: string;

  @Field(() => String, {
    nullable: true,
    description: `What it would like to talk about: at most ${LONGEST.wishes} characters. No trade secrets here: all officers of the municipality read it.`,
  })
  wishes?: string | null;

  @Field(() => [ID], {
    defaultValue: [],
    description:
      'Slots that it cannot take. It gets the first free one that suits when its turn comes, and none when none suits. Published with the draw, so that it can be replayed.',
  })
  unavailable: string[];
}

@InputType({ description: 'A wish for a meeting to take back.' })
export class WithdrawMeetingRequestInput {
  @Field(() => ID, { description: 'The round.' })
  roundId: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'The organisation that has asked, for which you act.',
  })
  organisationNumber: string;
}

@ObjectType({ description: 'What became of a change to a round of meetings.' })
export class MeetingRoundPayload {
  @Field(() => MeetingRound, {
    nullable: true,
    description: 'The round afterwards; null when nothing was changed.',
  })
  meetingRound: MeetingRound | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, MINUTES_OUT_OF_RANGE, PAUSE_OUT_OF_RANGE, NOT_A_TIME, SPAN_EMPTY, SPANS_OVERLAP, NO_SLOTS, TOO_MANY_SLOTS, TOO_MANY_ROUNDS, ROOM_TWICE, ROOM_TAKEN, DEADLINE_PASSED, SLOT_TOO_EARLY, SLOT_BOOKED, REQUESTS_STILL_OPEN, ROUND_DRAWN, ROUND_CANCELLED, or why buyer and market may not talk: NOT_ANNOUNCED, NOT_LED_HERE, ALREADY_CLOSED, DIALOGUE_CANCELLED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of a wish for a meeting.' })
export class MeetingRequestPayload {
  @Field(() => MeetingRequest, {
    nullable: true,
    description: 'The wish afterwards; null when nothing was changed.',
  })
  meetingRequest: MeetingRequest | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, NOT_PARTICIPANT, NO_SUCH_SLOT, ALREADY_REQUESTED, ALREADY_WITHDRAWN, MEETING_ALLOTTED, REQUESTS_CLOSED, ROUND_DRAWN, ROUND_CANCELLED, or why buyer and market may not talk: NOT_LED_HERE, ALREADY_CLOSED, DIALOGUE_CANCELLED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}
