import { Document } from '@samspill/documents';
import { OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { InputOutcome } from './input-parts.js';
import { MarketInput } from './market-input.js';

const SECRET =
  'The part that is a trade secret (forretningshemmelighet): for your organisation and procurement officers of the municipality, and never published. Mark no more than has to be.';

@InputType({ description: 'An answer to one question (svar): in the form that the question asks for.' })
export class AnswerInput {
  @Field(() => ID, { description: 'The question, from "questionnaire".' })
  questionId: string;

  @Field(() => String, { nullable: true, description: 'For TEXT: the answer, apart from trade secrets.' })
  text?: string | null;

  @Field(() => Float, { nullable: true, description: 'For NUMBER: the number.' })
  value?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'For YES_NO: true for yes.' })
  yes?: boolean | null;

  @Field(() => String, { nullable: true, description: 'For CHOICE: one of the choices, word for word.' })
  choice?: string | null;

  @Field(() => String, { nullable: true, description: SECRET })
  tradeSecret?: string | null;
}

@InputType({ description: 'A document to send along (vedlegg).' })
export class AttachmentInput {
  @Field(() => ID, {
    description: 'A document of your organisation that is READY, from "createDialogueDocument".',
  })
  documentId: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether all of it is a trade secret (forretningshemmelighet): it is then never published.',
  })
  isTradeSecret: boolean;
}

@InputType({ description: 'What an organisation has to say.' })
class WrittenInput {
  @Field(() => [AnswerInput], { defaultValue: [], description: 'Answers to the questions (svar).' })
  answers: AnswerInput[];

  @Field(() => String, {
    nullable: true,
    description: 'Anything else, apart from trade secrets. At most 20 000 characters.',
  })
  comment?: string | null;

  @Field(() => String, { nullable: true, description: SECRET })
  tradeSecret?: string | null;

  @Field(() => [AttachmentInput], { defaultValue: [], description: 'Documents (vedlegg), at most 20.' })
  attachments: AttachmentInput[];
}

@InputType({ description: 'An input (innspill) to a market dialogue.' })
export class SubmitInputInput extends WrittenInput {
  @Field(() => ID, { description: 'The dialogue.' })
  dialogueId: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'Whose input it is: an organisation that you act for and that takes part.',
  })
  organisationNumber: string;
}

@InputType({ description: 'An input in place of one that was sent in before.' })
export class ReplaceInputInput extends WrittenInput {
  @Field(() => ID, { description: 'The input that stands now.' })
  inputId: string;
}

@InputType({ description: 'An input to take back.' })
export class WithdrawInputInput {
  @Field(() => ID, { description: 'The input.' })
  inputId: string;
}

@InputType({ description: 'What was done with an input.' })
export class ConcludeInputInput {
  @Field(() => ID, { description: 'The input.' })
  inputId: string;

  @Field(() => InputOutcome, { description: 'What was done with it.' })
  outcome: InputOutcome;

  @Field(() => String, {
    description:
      'What came of it, or why nothing did (begrunnelse). Published with the summary: no trade secrets. At most 5000 characters.',
  })
  explanation: string;
}

export enum DialogueDocumentUse {
  INPUT_ATTACHMENT = 'INPUT_ATTACHMENT',
}

registerEnumType(DialogueDocumentUse, {
  name: 'DialogueDocumentUse',
  description: 'What a document of a market dialogue is for.',
  valuesConfig: {
    INPUT_ATTACHMENT: {
      description:
        'Sent along with an input (vedlegg til innspill): at most 25 MB, of the usual office types.',
    },
  },
});

@InputType({ description: 'A document to upload for a market dialogue.' })
export class CreateDialogueDocumentInput {
  @Field(() => ID, { description: 'The dialogue.' })
  dialogueId: string;

  @Field(() => OrganisationNumberScalar, { description: 'Whose it is: an organisation that you act for.' })
  organisationNumber: string;

  @Field(() => String, { description: 'Name of the file, without a path.' })
  name: string;

  @Field(() => Int, { description: 'Size of the file in bytes.' })
  size: number;

  @Field(() => DialogueDocumentUse, {
    defaultValue: DialogueDocumentUse.INPUT_ATTACHMENT,
    description: 'What it is for.',
  })
  use: DialogueDocumentUse;
}

@ObjectType({ description: 'What became of a document that was to be uploaded.' })
export class DialogueDocumentPayload {
  @Field(() => Document, {
    nullable: true,
    description: 'The document: send the file to its uploadUrl. Null when nothing was begun.',
  })
  document: Document | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: what is wrong with the name, the type or the size, NOT_A_PARTICIPANT, NOT_OPEN, DEADLINE_PASSED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}

@ObjectType({ description: 'What became of an input.' })
export class MarketInputPayload {
  @Field(() => MarketInput, {
    nullable: true,
    description: 'The input afterwards, with its receipt; null when nothing was changed.',
  })
  input: MarketInput | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: such as ANSWER_MISSING, TOO_MANY_WORDS, ANSWER_IN_WRONG_FORM, NO_SUCH_CHOICE, INPUT_EMPTY, ALREADY_SUBMITTED, NOT_A_PARTICIPANT, PLACE_DOES_NOT_MATCH, INPUT_NOT_STANDING, CONTAINS_TRADE_SECRET, NOT_OPEN, DEADLINE_PASSED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}
