import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { SummaryContent } from './summary-content.js';

export enum SummarySectionKey {
  ABOUT = 'ABOUT',
  NEED = 'NEED',
  ACTIVITIES = 'ACTIVITIES',
  QUESTIONS = 'QUESTIONS',
  PARTICIPANTS = 'PARTICIPANTS',
  INPUTS = 'INPUTS',
  COMMENTS = 'COMMENTS',
  MEETINGS = 'MEETINGS',
  LEDGER = 'LEDGER',
  ADDITIONS = 'ADDITIONS',
}

registerEnumType(SummarySectionKey, {
  name: 'SummarySectionKey',
  description: 'The parts of a summary, in the order in which they stand.',
  valuesConfig: {
    ABOUT: { description: 'What the dialogue was about, and its dates (om dialogen).' },
    NEED: { description: 'The need behind it (behovet).' },
    ACTIVITIES: { description: 'Conferences, meetings and rounds of input (aktiviteter).' },
    QUESTIONS: { description: 'What the market was asked (spørsmål).' },
    PARTICIPANTS: { description: 'Which organisations took part (deltakere).' },
    INPUTS: { description: 'What they answered, and what was done with it (innspill).' },
    COMMENTS: { description: 'Comments on drafts, and what was done with them (høring).' },
    MEETINGS: { description: 'Who met when, and how the lot was drawn (møter).' },
    LEDGER: { description: 'The whole ledger of equal information (likebehandlingsloggen).' },
    ADDITIONS: { description: 'What the municipality has added afterwards (tillegg).' },
  },
});

@ObjectType({
  description: 'One part of a summary (del av oppsummeringen), put into the language of the reader.',
})
export class SummarySection {
  @Field(() => SummarySectionKey, { description: 'Which part it is.' })
  key: SummarySectionKey;

  @Field(() => String, { description: 'Its heading (overskrift).' })
  heading: string;

  @Field(() => [String], {
    description:
      'What stands there, paragraph by paragraph; a row of a table is one, its cells parted by " · ".',
  })
  paragraphs: string[];
}

@ObjectType({
  description:
    'The public summary of a market dialogue (oppsummering), made from the ledger when the dialogue was summarised and frozen since. The municipality can add to it, and take nothing away.',
})
@Entity({ tableName: 'summary' })
export class DialogueSummary {
  @PrimaryKey({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => DateTimeScalar, { description: 'When it was made and published (publisert).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  generatedAt: Date;

  /** What was frozen. */
  @Property({ type: 'json', columnType: 'jsonb' })
  content: SummaryContent;

  @Field(() => String, {
    description:
      'SHA-256 of the generated part, as hexadecimal digits: of the very bytes that "jsonUrl" gives, so that anyone can see that nothing has been changed.',
  })
  @Property({ type: 'text' })
  sha256: string;
}

@ObjectType({ description: 'Something that the municipality has added to a summary (tillegg).' })
@Entity({ tableName: 'summary_addition' })
export class SummaryAddition {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => Int, { description: 'Its number (nummer), from 1.' })
  @Property({ type: 'int' })
  number: number;

  @Field(() => String, { description: 'What was added.' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => DateTimeScalar, { description: 'When it was added (lagt til).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  addedAt: Date;
}
