import { UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { LONGEST_DISCLOSURE } from '../disclosure/disclosure-rules.js';
import { Meeting } from './meeting.js';
import { LONGEST, MOST_TOLD } from './meeting-messages.js';

@InputType({ description: 'A meeting to cancel, by either side.' })
export class CancelMeetingInput {
  @Field(() => ID, { description: 'The meeting.' })
  meetingId: string;

  @Field(() => String, {
    description: `Why (begrunnelse), for the two sides to read: at most ${LONGEST.reason} characters.`,
  })
  reason: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Whether the time is gone as well, so that it is given to nobody else. Only the municipality’s to say; from a supplier it counts for nothing.',
  })
  slotIsGone: boolean;
}

@InputType({ description: 'A meeting to move, as agreed with the supplier.' })
export class MoveMeetingInput {
  @Field(() => ID, { description: 'The meeting, still to be held.' })
  meetingId: string;

  @Field(() => ID, { description: 'The slot (møtetid) to move it to: free, and of the same round.' })
  slotId: string;
}

const SECRETS = `What of it is a trade secret (forretningshemmelighet), at most ${LONGEST.tradeSecrets} characters. Kept apart, for the organisation and for procurement officers of the municipality, and never published.`;

@InputType({ description: 'The minutes of a meeting (referat).' })
export class RecordMinutesInput {
  @Field(() => ID, { description: 'The meeting, begun or held.' })
  meetingId: string;

  @Field(() => String, {
    description: `What was said, without trade secrets: at most ${LONGEST.minutes} characters. For the organisation and for all officers of the municipality.`,
  })
  text: string;

  @Field(() => String, { nullable: true, description: SECRETS })
  tradeSecrets?: string | null;

  @Field(() => [String], {
    description: `What the supplier got to know that not everybody knows, one item for each: at most ${MOST_TOLD}, each of at most ${LONGEST_DISCLOSURE} characters. Each becomes an entry in the ledger of equal information, to be told to everybody before the dialogue can be closed.`,
  })
  told: string[];

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'The statement that nothing was told that is not public. Needed when "told" is empty.',
  })
  nothingTold: boolean;
}

@InputType({ description: 'What one side says about the minutes of a meeting.' })
export class CommentOnMinutesInput {
  @Field(() => ID, { description: 'The meeting whose minutes they are.' })
  meetingId: string;

  @Field(() => String, {
    nullable: true,
    description: `A comment (merknad), without trade secrets: at most ${LONGEST.comment} characters.`,
  })
  text?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether the minutes are right (godkjent). Only the supplier’s to say.',
  })
  confirms: boolean;

  @Field(() => String, { nullable: true, description: SECRETS })
  tradeSecrets?: string | null;
}

@ObjectType({ description: 'What became of a change to a meeting.' })
export class MeetingPayload {
  @Field(() => Meeting, {
    nullable: true,
    description: 'The meeting afterwards; null when nothing was changed.',
  })
  meeting: Meeting | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, MEETING_BEGUN, MEETING_NOT_BEGUN, MEETING_RECORDED, MEETING_CANCELLED, MINUTES_MISSING, NO_SUCH_SLOT, SLOT_BOOKED, SLOT_PASSED, ORGANISATION_BUSY, NOTHING_TOLD_UNSAID, TOLD_AND_NOT, TOO_MANY_TOLD, CONTAINS_TRADE_SECRET, NOTHING_SAID, CONFIRMED_BY_OTHERS, or why buyer and market may not talk: ALREADY_CLOSED, DIALOGUE_CANCELLED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}
