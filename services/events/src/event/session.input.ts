import { DateTimeScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Event } from './event.js';
import { RANGES } from './event-values.js';
import { Session } from './session.js';
import { LONGEST_OF_SESSION, MOST_SPEAKERS } from './session-values.js';

const says = {
  title: `What it is called. At most ${LONGEST_OF_SESSION.title} characters.`,
  startsAt: 'When it begins; not before the event does.',
  endsAt: 'When it ends; not after the event does.',
};

@InputType({ description: 'Somebody who speaks (foredragsholder): a name, an organisation or a role.' })
export class SpeakerInput {
  @Field(() => String, { nullable: true, description: 'Name. Everybody sees it.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the speaker comes from (virksomhet).' })
  organisation?: string | null;

  @Field(() => String, { nullable: true, description: 'In what role (rolle), such as mayor or apprentice.' })
  role?: string | null;
}

@InputType()
abstract class SessionDetailsInput {
  @Field(() => String, {
    nullable: true,
    description: `What it is about. At most ${LONGEST_OF_SESSION.description} characters.`,
  })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Which room (rom), when the place has several.' })
  room?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many can take part (antall plasser); null means all who are at the event. With a number, seats are chosen when registering. From ${RANGES.capacity[0]} to ${RANGES.capacity[1]}.`,
  })
  capacity?: number | null;

  @Field(() => [SpeakerInput], {
    nullable: true,
    description: `Who speaks, in order; in place of those before. At most ${MOST_SPEAKERS}.`,
  })
  speakers?: SpeakerInput[] | null;
}

@InputType({ description: 'An item to put into the programme of an event (programpost).' })
export class AddSessionInput extends SessionDetailsInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => String, { description: says.title })
  title: string;

  @Field(() => DateTimeScalar, { description: says.startsAt })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: says.endsAt })
  endsAt: Date;
}

@InputType({
  description: 'What is to be different about an item of a programme. What is left out stays as it is.',
})
export class UpdateSessionInput extends SessionDetailsInput {
  @Field(() => ID, { description: 'The item of the programme.' })
  id: string;

  @Field(() => String, { nullable: true, description: says.title })
  title?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: says.startsAt })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: says.endsAt })
  endsAt?: Date | null;
}

@InputType({ description: 'An item to take out of the programme of an event.' })
export class RemoveSessionInput {
  @Field(() => ID, { description: 'The item of the programme.' })
  id: string;
}

@ObjectType({ description: 'What became of a change to the programme of an event.' })
export class SessionPayload {
  @Field(() => Session, {
    nullable: true,
    description: 'The item of the programme afterwards; null when it was removed, or nothing was changed.',
  })
  session: Session | null;

  @Field(() => Event, {
    nullable: true,
    description: 'The event with its programme afterwards; null when nothing was changed.',
  })
  event: Event | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, NUMBER_OUT_OF_RANGE, ENDS_BEFORE_STARTS, SESSION_OUTSIDE_EVENT, TOO_MANY_SESSIONS, TOO_MANY_SPEAKERS, SPEAKER_MISSING, CAPACITY_BELOW_SEATS, SESSION_HAS_SEATS, EVENT_HELD or EVENT_CANCELLED.',
  })
  userErrors: UserError[];
}
