import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Document } from '@samspill/documents';
import { DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';

@ObjectType({ description: 'What an organisation answered to one question (svar).' })
@Entity({ tableName: 'input_answer' })
export class InputAnswer {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  inputId: string;

  @Field(() => ID, { description: 'The question that it answers.' })
  @Property({ type: 'text' })
  questionId: string;

  @Property({ type: 'int' })
  position: number;

  @Field(() => String, { description: 'The question, as it was asked.' })
  @Property({ type: 'text' })
  question: string;

  @Field(() => String, { nullable: true, description: 'The answer in words, for TEXT.' })
  @Property({ type: 'text', nullable: true })
  text: string | null;

  @Field(() => Float, { nullable: true, description: 'The answer as a number, for NUMBER.' })
  @Property({ type: 'double', nullable: true })
  value: number | null;

  @Field(() => Boolean, { nullable: true, description: 'The answer as yes or no, for YES_NO.' })
  @Property({ type: 'boolean', nullable: true })
  yes: boolean | null;

  @Field(() => String, { nullable: true, description: 'What was chosen, for CHOICE.' })
  @Property({ type: 'text', nullable: true })
  choice: string | null;

  @Field(() => Boolean, {
    description:
      'Whether a part of the answer is a trade secret (forretningshemmelighet), which is not shown.',
  })
  @Property({ type: 'boolean' })
  hasTradeSecret: boolean;
}

/** What the organisation calls a trade secret. Its own table, so that whoever reads the rest does not read this. */
@Entity({ tableName: 'trade_secret' })
export class TradeSecret implements Restricted {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  inputId: string;

  /** Null for one that belongs to the comment. */
  @Property({ type: 'text', nullable: true })
  answerId: string | null;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Property({ type: 'text' })
  text: string;

  restriction(): Restriction {
    const { id, organisationNumber: organisation } = this;
    return { object: { type: 'TradeSecret', id }, owner: { organisation } };
  }
}

/** Which document belongs to which version of an input. */
@Entity({ tableName: 'input_attachment' })
export class InputAttachmentRow {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  inputId: string;

  @Property({ type: 'text' })
  documentId: string;

  @Property({ type: 'int' })
  position: number;

  @Property({ type: 'boolean' })
  isTradeSecret: boolean;
}

@ObjectType({ description: 'A document that an organisation sent along with its input (vedlegg).' })
export class InputAttachment {
  @Field(() => Boolean, {
    description:
      'Whether all of it is a trade secret (forretningshemmelighet). It is then for the organisation itself and procurement officers of the municipality, and never published.',
  })
  isTradeSecret: boolean;

  @Field(() => Document, {
    nullable: true,
    description: 'The document (dokument). Null for those who may not read it.',
  })
  document: Document | null;
}

export enum InputOutcome {
  TAKEN_UP = 'TAKEN_UP',
  PARTLY_TAKEN_UP = 'PARTLY_TAKEN_UP',
  NOT_TAKEN_UP = 'NOT_TAKEN_UP',
}

registerEnumType(InputOutcome, {
  name: 'InputOutcome',
  description: 'What was done with an input.',
  valuesConfig: {
    TAKEN_UP: { description: 'Taken up (tatt til følge).' },
    PARTLY_TAKEN_UP: { description: 'Taken up in part (delvis tatt til følge).' },
    NOT_TAKEN_UP: { description: 'Not taken up (ikke tatt til følge).' },
  },
});

@ObjectType({ description: 'What the municipality did with an input, and why (utfall).' })
@Entity({ tableName: 'input_conclusion' })
export class InputConclusion {
  /** Of the input. */
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Field(() => InputOutcome, { description: 'What was done with it.' })
  @Property({ type: 'text' })
  outcome: InputOutcome;

  @Field(() => String, { description: 'What came of it, or why nothing did (begrunnelse).' })
  @Property({ type: 'text' })
  explanation: string;

  @Field(() => DateTimeScalar, { description: 'When this was said.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  concludedAt: Date;
}
