import { DateTimeScalar, OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Disclosure, DisclosureChannel } from './disclosure.js';
import { LONGEST_DISCLOSURE } from './disclosure-rules.js';

@InputType({
  description: 'Something that a supplier, or everybody, was told in a market dialogue (opplysning).',
})
export class DiscloseInput {
  @Field(() => ID, { description: 'The market dialogue.' })
  dialogueId: string;

  @Field(() => String, {
    description: `What was told, in words that all may read later: at most ${LONGEST_DISCLOSURE} characters, and nothing of a supplier’s trade secrets.`,
  })
  text: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description:
      'The supplier who was told alone. Leave it out, or null, when everybody is told: then all participants get it by mail at once.',
  })
  toldTo?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of that supplier. Needed only when it has not joined the dialogue; otherwise the name is known.',
  })
  toldToName?: string | null;

  @Field(() => DisclosureChannel, { description: 'How it was told.' })
  channel: DisclosureChannel;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was told; now, if left out. Not in the future.',
  })
  toldAt?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The entry of the same ledger that this one corrects (retter). The old one stays as it is, and is still owed to everybody.',
  })
  corrects?: string | null;
}

@InputType({ description: 'An entry of the ledger that everybody is to get now.' })
export class PublishDisclosureInput {
  @Field(() => ID, { description: 'The entry (opplysning).' })
  id: string;
}

@InputType({ description: 'A market dialogue of which everybody is to get all that one supplier was told.' })
export class PublishDisclosuresInput {
  @Field(() => ID, { description: 'The market dialogue.' })
  dialogueId: string;
}

@ObjectType({ description: 'What became of an entry in the ledger of equal information.' })
export class DisclosurePayload {
  @Field(() => Disclosure, {
    nullable: true,
    description: 'The entry afterwards; null when nothing was written.',
  })
  disclosure: Disclosure | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, TOLD_IN_THE_FUTURE, CONTAINS_TRADE_SECRET, NAME_MISSING, NO_SUCH_DISCLOSURE, ALREADY_PUBLISHED, NOT_LED_HERE, NOT_ANNOUNCED, TENDER_ANNOUNCED, DIALOGUE_CANCELLED, ALREADY_CLOSED or ALREADY_SUMMARISED.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of telling everybody what one supplier was told.' })
export class DisclosuresPayload {
  @Field(() => [Disclosure], {
    description:
      'The entries that everybody has got now; empty when there were none, or when it was refused.',
  })
  disclosures: Disclosure[];

  @Field(() => [UserError], { description: 'What the user can mend; empty when it was done.' })
  userErrors: UserError[];
}
