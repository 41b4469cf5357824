import { UserError } from '@samspill/subgraph';
import { Field, InputType, ObjectType } from 'type-graphql';

@InputType({ description: 'A calendar of one’s own to make an address for.' })
export class CreateCalendarLinkInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Language (språk) of what the calendar says itself, such as its name: nb, nn or en. The language that you ask in now (Accept-Language) unless something else is said.',
  })
  language?: string | null;
}

@InputType({ description: 'The wish to end the address of one’s own calendar.' })
export class RevokeCalendarLinkInput {
  @Field(() => Boolean, {
    description:
      'True: yes, I want this, and know that calendar programmes with the address show nothing new from now on. Ask the user before you send it.',
  })
  confirm: boolean;
}

@ObjectType({ description: 'The address of one’s own calendar.' })
export class CreateCalendarLinkPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'The address (kalenderlenke), to be given to a calendar programme. It is told this once, and whoever has it sees where you are going: keep it to yourself. Null when none was made.',
  })
  url: string | null;

  @Field(() => [UserError], {
    description: 'What the user can mend, empty when it was made: LANGUAGE_UNKNOWN.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of the address of one’s own calendar.' })
export class RevokeCalendarLinkPayload {
  @Field(() => Boolean, {
    description: 'Whether an address has ended now; false when there was none, or when it was not confirmed.',
  })
  revoked: boolean;

  @Field(() => [UserError], {
    description: 'What the user can mend, empty when there is no address any more: CONFIRMATION_MISSING.',
  })
  userErrors: UserError[];
}
