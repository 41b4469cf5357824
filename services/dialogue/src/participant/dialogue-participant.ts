import { DateTimeScalar, OrganisationNumberScalar, Uncached, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';

@ObjectType({
  description:
    'An organisation that takes part in a market dialogue (deltaker). To take part gives no advantage in the competition.',
})
export class DialogueParticipant {
  @Field(() => ID, { description: 'Stable identifier.' })
  id: string;

  @Field(() => OrganisationNumberScalar, { description: 'Its organisation number (organisasjonsnummer).' })
  organisationNumber: string;

  @Field(() => String, { description: 'Its name, as it said itself when it joined.' })
  organisationName: string;

  @Field(() => DateTimeScalar, { description: 'When it joined (påmeldt).' })
  joinedAt: Date;

  @Uncached()
  @Field(() => String, {
    nullable: true,
    description:
      'Whom to reach there (kontaktperson). For the organisation itself and officers of the municipality; null for everybody else.',
  })
  contactName: string | null;

  @Uncached()
  @Field(() => String, {
    nullable: true,
    description:
      'Where news of the dialogue is sent (e-post). For the organisation itself and officers of the municipality; null for everybody else.',
  })
  contactEmail: string | null;
}

@InputType({ description: 'An organisation that wants to take part in a market dialogue.' })
export class JoinMarketDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  dialogueId: string;

  @Field(() => OrganisationNumberScalar, { description: 'The organisation: one that you act for.' })
  organisationNumber: string;

  @Field(() => String, { description: 'Its name. At most 200 characters.' })
  organisationName: string;

  @Field(() => String, { description: 'Whom to reach there (kontaktperson). At most 200 characters.' })
  contactName: string;

  @Field(() => String, {
    description: 'Where to send news of the dialogue (e-post), in the language that you ask in now.',
  })
  contactEmail: string;
}

@InputType({ description: 'An organisation that does not want to take part any more.' })
export class LeaveMarketDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  dialogueId: string;

  @Field(() => OrganisationNumberScalar, { description: 'The organisation: one that you act for.' })
  organisationNumber: string;
}

@ObjectType({ description: 'What became of joining or leaving a market dialogue.' })
export class DialogueParticipantPayload {
  @Field(() => DialogueParticipant, {
    nullable: true,
    description: 'The participant; null when nothing was changed, and after leaving.',
  })
  participant: DialogueParticipant | null;

  @Field(() => MarketDialogue, {
    nullable: true,
    description: 'The dialogue afterwards; null when nothing was changed.',
  })
  marketDialogue: MarketDialogue | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, NOT_AN_EMAIL_ADDRESS, NOT_A_PARTICIPANT, INPUT_STANDS, NOT_LED_HERE, DIALOGUE_CANCELLED, ALREADY_CLOSED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}
