import { OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Registration } from './registration.js';
import { LONGEST_NAME, MOST_CHOSEN, MOST_SEATS } from './registration-request.js';

@InputType({ description: 'Somebody who is to have a seat (deltaker).' })
export class AttendeeInput {
  @Field(() => String, {
    nullable: true,
    description: `Name. Leave it out while it is not known who comes. At most ${LONGEST_NAME} characters.`,
  })
  name?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: `The items of the programme that they want a seat at, at most ${MOST_CHOSEN}. While the registration waits these are wishes.`,
  })
  sessionIds?: string[] | null;
}

@InputType({ description: 'Seats to ask for at an event (påmelding).' })
export class RegisterForEventInput {
  @Field(() => ID, { description: 'The event.' })
  eventId: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description:
      'The organisation (virksomhet) that it is for, one that you act for. Without it you register as a private person, for one seat.',
  })
  organisationNumber?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `What the organisation is called; has to be there when there is a number. At most ${LONGEST_NAME} characters.`,
  })
  organisationName?: string | null;

  @Field(() => String, {
    description: `Whom to ask about it (kontaktperson). At most ${LONGEST_NAME} characters.`,
  })
  contactName: string;

  @Field(() => String, { description: 'Where letters about it go (e-post).' })
  contactEmail: string;

  @Field(() => Int, {
    nullable: true,
    description: `How many seats, 1 to ${MOST_SEATS}. As many as there are attendees when left out, and one when there are none.`,
  })
  seats?: number | null;

  @Field(() => [AttendeeInput], {
    nullable: true,
    description: 'Who comes, as far as it is known: at most as many as there are seats.',
  })
  attendees?: AttendeeInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A key of your own, such as a random UUID. The same request with the same key is carried out once: repeat it after a timeout, and you get what became of it.',
  })
  clientKey?: string | null;
}

@InputType({ description: 'What is to be different about somebody who has a seat. What is left out stays.' })
export class AttendeeUpdateInput extends AttendeeInput {
  @Field(() => ID, { description: 'The attendee.' })
  id: string;
}

@InputType({ description: 'What is to be different about a registration. What is left out stays.' })
export class UpdateRegistrationInput {
  @Field(() => ID, { description: 'The registration.' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Whom to ask about it (kontaktperson).' })
  contactName?: string | null;

  @Field(() => String, { nullable: true, description: 'Where letters about it go (e-post).' })
  contactEmail?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Fewer seats than before. The place in line stays. Seats without a name go first; of those with one, say in `withdraw` who does not come.',
  })
  seats?: number | null;

  @Field(() => [ID], { nullable: true, description: 'The attendees who do not come after all.' })
  withdraw?: string[] | null;

  @Field(() => [AttendeeUpdateInput], {
    nullable: true,
    description: 'Names and choices that are different.',
  })
  attendees?: AttendeeUpdateInput[] | null;
}

@InputType({ description: 'A registration to cancel (avmelding).' })
export class CancelRegistrationInput {
  @Field(() => ID, { description: 'The registration.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why (begrunnelse). Hosts have to say it when they cancel for others, who get to read it; nobody else needs to.',
  })
  reason?: string | null;
}

@InputType({ description: 'An offer of seats to answer.' })
export class AnswerOfferInput {
  @Field(() => ID, { description: 'The registration that was offered its seats.' })
  id: string;
}

@ObjectType({ description: 'What became of a registration (påmelding).' })
export class RegistrationPayload {
  @Field(() => Registration, {
    nullable: true,
    description: 'The registration afterwards; null when nothing was changed.',
  })
  registration: Registration | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: REGISTRATION_NOT_OPEN, REGISTRATION_CLOSED, EVENT_CANCELLED, EVENT_HAS_BEGUN, EVENT_HELD, OVER_ORGANISATION_LIMIT, TOO_MANY_SEATS, TOO_FEW_SEATS, TOO_MANY_ATTENDEES, TOO_MANY_SESSIONS, SAY_WHO_LEAVES, ALREADY_REGISTERED, SESSION_FULL, SESSION_UNKNOWN, ATTENDEE_UNKNOWN, NAME_MISSING, TEXT_TOO_LONG, EMAIL_INVALID, REASON_MISSING, CLIENT_KEY_INVALID, REGISTRATION_ENDED, NOT_OFFERED, OFFER_EXPIRED, ALREADY_CONFIRMED, ALREADY_CHECKED_IN or PERSONAL_DATA_ERASED.',
  })
  userErrors: UserError[];
}
