import { UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DialogueCalendarLink } from './calendar-link.js';
import { LONGEST_NAME, MOST_LINKS } from './change-calendar-links.js';

@InputType({ description: 'A calendar of one’s own meetings to make an address for.' })
export class CreateDialogueCalendarLinkInput {
  @Field(() => String, {
    nullable: true,
    description: `What to call it, such as the name of a telephone: at most ${LONGEST_NAME} characters. A person has at most ${MOST_LINKS}.`,
  })
  name?: string | null;
}

@InputType({ description: 'A calendar address to take back.' })
export class RevokeDialogueCalendarLinkInput {
  @Field(() => ID, { description: 'Which one.' })
  id: string;
}

@ObjectType({ description: 'A calendar address that has been made.' })
export class CreateDialogueCalendarLinkPayload {
  @Field(() => DialogueCalendarLink, { nullable: true, description: 'The link; null when none was made.' })
  calendarLink: DialogueCalendarLink | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The address, for a calendar programme to subscribe to. Shown this once; only its digest is kept. Null when none was made.',
  })
  url: string | null;

  @Field(() => [UserError], {
    description: 'What the user can mend, empty when it was done: TEXT_TOO_LONG or TOO_MANY_LINKS.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'A calendar address that has been taken back.' })
export class RevokeDialogueCalendarLinkPayload {
  @Field(() => ID, { description: 'The link that is no more; its address shows nothing from now on.' })
  revokedId: string;

  @Field(() => [UserError], { description: 'Always empty so far.' })
  userErrors: UserError[];
}
