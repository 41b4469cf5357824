import { OrganisationNumberScalar, UserError } from '@samspill/subgraph';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { HearingDocument } from './hearing-document.js';
import { LONGEST_DRAFT, MOST_PARAGRAPHS } from './hearing-text.js';

const TEXT = `The text. An empty line begins a new paragraph; the paragraphs are numbered, and comments name them. At most ${MOST_PARAGRAPHS} paragraphs and ${LONGEST_DRAFT} characters.`;

@InputType({ description: 'A draft to hear the market about.' })
export class PublishHearingDocumentInput {
  @Field(() => ID, { description: 'The dialogue.' })
  dialogueId: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The draft that this is a new version of. Left out: a new draft.',
  })
  documentId?: string | null;

  @Field(() => String, { description: 'What it is called. At most 200 characters.' })
  title: string;

  @Field(() => String, { description: TEXT })
  text: string;
}

@InputType({ description: 'A comment on a place in a draft.' })
export class CommentOnDraftInput {
  @Field(() => ID, { description: 'The draft. The comment is about its newest version.' })
  documentId: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'Whose comment it is: an organisation that you act for and that takes part.',
  })
  organisationNumber: string;

  @Field(() => Int, { description: 'Number of the paragraph (avsnitt), from 1.' })
  paragraph: number;

  @Field(() => Int, {
    description: 'Where the place begins in the paragraph: how many UTF-16 code units come before it.',
  })
  from: number;

  @Field(() => Int, { description: 'Where it ends: the first code unit that is no longer part of it.' })
  to: number;

  @Field(() => String, {
    description:
      'What stands there, word for word (sitat). If it does not, nothing is taken: PLACE_DOES_NOT_MATCH.',
  })
  quote: string;

  @Field(() => String, {
    nullable: true,
    description: 'The comment, apart from trade secrets. At most 20 000 characters.',
  })
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The part that is a trade secret (forretningshemmelighet): for your organisation and procurement officers of the municipality, and never published.',
  })
  tradeSecret?: string | null;
}

@ObjectType({ description: 'What became of a draft that was to be published.' })
export class HearingDocumentPayload {
  @Field(() => HearingDocument, {
    nullable: true,
    description: 'The draft; null when nothing was changed.',
  })
  hearingDocument: HearingDocument | null;

  @Field(() => [UserError], {
    description:
      'What the user can mend, empty when it was done: TEXT_MISSING, TEXT_TOO_LONG, TOO_MANY, NO_SUCH_DRAFT, CONTAINS_TRADE_SECRET, NOT_ANNOUNCED, ALREADY_CLOSED or TENDER_ANNOUNCED.',
  })
  userErrors: UserError[];
}
