import { DateTimeScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Attendee } from '../attendee/attendee.js';

/** More than a page of a printed list. */
export const MOST_AT_ONCE = 200;

@InputType({ description: 'A code that somebody shows at the entrance.' })
export class CheckInInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => String, {
    description: 'The code, as it was scanned or typed: small letters, spaces and hyphens do no harm.',
  })
  code: string;
}

@InputType({ description: 'People to tick off.' })
export class CheckInByHandInput {
  @Field(() => [ID], { description: `The attendees, 1 to ${MOST_AT_ONCE}.` })
  attendeeIds: string[];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When they came. Now when left out, or when the event ended if that has been.',
  })
  at?: Date | null;
}

@InputType({ description: 'A check-in to undo.' })
export class UndoCheckInInput {
  @Field(() => ID, { description: 'The attendee.' })
  attendeeId: string;
}

@InputType({ description: 'Somebody who comes without having registered (møter uten påmelding).' })
export class AddWalkInInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => String, { description: 'Their name.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Which organisation (virksomhet) they come from, if any.',
  })
  organisationName?: string | null;
}

@ObjectType({ description: 'What became of a check-in.' })
export class AttendeePayload {
  @Field(() => Attendee, {
    nullable: true,
    description: 'The attendee afterwards; null when nothing was changed.',
  })
  attendee: Attendee | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: NO_SUCH_CODE, ALREADY_CHECKED_IN, NOT_CHECKED_IN, NOT_CONFIRMED, CHECK_IN_NOT_OPEN, EVENT_CANCELLED, EVENT_FULL, OTHERS_WAIT, NAME_MISSING, TEXT_TOO_LONG or PERSONAL_DATA_ERASED.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of ticking people off.' })
export class AttendeesPayload {
  @Field(() => [Attendee], {
    nullable: true,
    description: 'The attendees afterwards; null when nothing was changed.',
  })
  attendees: Attendee[] | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TOO_MANY_ATTENDEES, CHECK_IN_TIME, NOT_CONFIRMED, CHECK_IN_NOT_OPEN, EVENT_CANCELLED or PERSONAL_DATA_ERASED.',
  })
  userErrors: UserError[];
}
