import {
  CpvCodeScalar,
  DateScalar,
  DateTimeScalar,
  MunicipalityNumberScalar,
  NutsCodeScalar,
  UserError,
} from '@samspill/subgraph';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DialogueContactInput } from './dialogue-contact.js';
import { LONGEST_IN_DIALOGUE } from './dialogue-texts.js';
import { MarketDialogue } from './market-dialogue.js';

@InputType({ description: 'What may still be said, and left out, about a market dialogue that is a draft.' })
class DraftDialogueInput {
  @Field(() => String, {
    nullable: true,
    description: `What the municipality wants to learn from the market, and why. Needed before it is announced. At most ${LONGEST_IN_DIALOGUE.description} characters.`,
  })
  description?: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When answers are first taken. Left out: as soon as the dialogue is announced.',
  })
  opensAt?: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'The deadline for answers (svarfrist). Needed before it is announced; afterwards it is only extended.',
  })
  closesAt?: Date | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the competition is expected to be announced (forventet kunngjøring).',
  })
  expectedTenderDate?: string | null;

  @Field(() => CpvCodeScalar, { nullable: true, description: 'What is to be bought, as a CPV code.' })
  cpv?: string | null;

  @Field(() => [CpvCodeScalar], { nullable: true, description: 'More CPV codes that fit, at most 20.' })
  additionalCpv?: string[] | null;

  @Field(() => [NutsCodeScalar], {
    nullable: true,
    description: 'Regions that it is for (NUTS), at most 20.',
  })
  nuts?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Web address with more about it, beginning with https://.',
  })
  url?: string | null;

  @Field(() => DialogueContactInput, {
    nullable: true,
    description: 'Where to ask (kontaktpunkt): at least an e-mail address or a telephone number.',
  })
  contact?: DialogueContactInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'Language of the texts, three letters (ISO 639-2), such as NOB. Left out: NOR.',
  })
  language?: string | null;
}

@InputType({ description: 'A market dialogue (markedsdialog) to prepare.' })
export class CreateMarketDialogueInput extends DraftDialogueInput {
  @Field(() => MunicipalityNumberScalar, {
    description: 'Who invites: a number that the municipality has or had.',
  })
  municipality: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The need (behov) that it is about. Either this or "procurementId".',
  })
  needId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The procurement (anskaffelse) that it belongs to: one of which the municipality has a need or a dialogue here.',
  })
  procurementId?: string | null;

  @Field(() => String, {
    description: `What the dialogue is about. At most ${LONGEST_IN_DIALOGUE.title} characters.`,
  })
  title: string;
}

@InputType({
  description:
    'What is to be different. What is left out stays as it is. Once the dialogue is announced only "contact" and "expectedTenderDate" can be given.',
})
export class UpdateMarketDialogueInput extends DraftDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;

  @Field(() => String, {
    nullable: true,
    description: `What the dialogue is about. At most ${LONGEST_IN_DIALOGUE.title} characters.`,
  })
  title?: string | null;
}

@InputType({ description: 'A draft of a market dialogue to throw away.' })
export class DiscardMarketDialogueInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A draft of a market dialogue to announce.' })
export class AnnounceMarketDialogueInput {
  @Field(() => ID, { description: 'The draft.' })
  id: string;
}

@InputType({ description: 'A market dialogue that is to open now.' })
export class OpenMarketDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;
}

@InputType({ description: 'A later deadline for answers.' })
export class ExtendMarketDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'The new deadline (svarfrist), later than the one before.' })
  closesAt: Date;
}

@InputType({ description: 'A market dialogue to call off.' })
export class CancelMarketDialogueInput {
  @Field(() => ID, { description: 'The dialogue.' })
  id: string;

  @Field(() => String, {
    description: 'Why (begrunnelse). Published, and sent to those who take part. At most 2000 characters.',
  })
  reason: string;
}

@ObjectType({ description: 'What became of a change to a market dialogue.' })
export class MarketDialoguePayload {
  @Field(() => MarketDialogue, {
    nullable: true,
    description: 'The dialogue afterwards; null when nothing was changed, and when it was thrown away.',
  })
  marketDialogue: MarketDialogue | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: such as TEXT_MISSING, TEXT_TOO_LONG, DATES_OUT_OF_ORDER, DEADLINE_MISSING, NOT_LATER, DIALOGUE_NOT_DRAFT, ALREADY_CLOSED, NOT_LED_HERE, or TENDER_ANNOUNCED: the competition is announced already, and there is no more dialogue.',
  })
  userErrors: UserError[];
}
