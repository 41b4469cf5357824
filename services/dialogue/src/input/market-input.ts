import { Entity, Formula, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  DateTimeScalar,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum MarketInputKind {
  WRITTEN = 'WRITTEN',
  HEARING_COMMENT = 'HEARING_COMMENT',
}

registerEnumType(MarketInputKind, {
  name: 'MarketInputKind',
  description: 'In which way a supplier has had its say.',
  valuesConfig: {
    WRITTEN: { description: 'Answers to the questions of the dialogue (skriftlig innspill).' },
    HEARING_COMMENT: { description: 'A comment on a place in a draft document (høringskommentar).' },
  },
});

@CacheControl({ maxAge: AGE.PUBLISHED })
@ObjectType({
  description:
    'What an organisation has to say in a market dialogue (innspill). For itself and officers of the municipality until the dialogue is summarised; then everybody reads it, without what is a trade secret. Each ends with what was done with it.',
})
@Entity({ tableName: 'input' })
export class MarketInput implements Restricted {
  @Field(() => ID, { description: 'Stable identifier of this version.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Field(() => MarketInputKind, { description: 'In which way it was given.' })
  @Property({ type: 'text' })
  kind: MarketInputKind;

  @Field(() => OrganisationNumberScalar, { description: 'Whose it is (organisasjonsnummer).' })
  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => String, { description: 'Name of the organisation, as it said itself.' })
  @Property({ type: 'text' })
  organisationName: string;

  /** What all versions share, and what documents are attached to. */
  @Property({ type: 'text' })
  seriesId: string;

  @Field(() => Int, {
    description:
      'Its number in the dialogue, from 1; a replacement keeps it. Also the number of the receipt.',
  })
  @Property({ type: 'int', nullable: true })
  number: number | null;

  @Field(() => Int, { description: 'Which version it is, from 1.' })
  @Property({ type: 'int' })
  version: number;

  @Field(() => String, {
    nullable: true,
    description:
      'What it says apart from the answers, or the comment on the draft. Null when it says nothing.',
  })
  @Property({ type: 'text', nullable: true })
  comment: string | null;

  @Field(() => Boolean, {
    description:
      'Whether a part of the comment is a trade secret (forretningshemmelighet). Answers and attachments say it for themselves.',
  })
  @Property({ type: 'boolean' })
  hasTradeSecret: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was sent in (innsendt).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  submittedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a newer version took its place (erstattet). Null while it stands.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  replacedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the organisation took it back (trukket). Null while it stands.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  @Property({ type: 'text', nullable: true })
  hearingDocumentId: string | null;

  @Property({ type: 'int', nullable: true })
  hearingVersion: number | null;

  @Property({ type: 'int', nullable: true })
  paragraph: number | null;

  @Property({ type: 'int', nullable: true })
  placeFrom: number | null;

  @Property({ type: 'int', nullable: true })
  placeTo: number | null;

  @Property({ type: 'text', nullable: true })
  quote: string | null;

  /** Since when everybody reads it: what the policies of the table say. */
  @Formula(
    (columns) =>
      `(select d.summarised_at from dialogue.market_dialogue d where d.id = ${columns.dialogueId})`,
    { type: 'Date', lazy: false },
  )
  summarisedAt?: Date | null;

  restriction(): Restriction | null {
    if (this.summarisedAt != null && this.replacedAt === null && this.withdrawnAt === null) return null;
    return {
      object: { type: 'MarketInput', id: this.id },
      owner: { organisation: this.organisationNumber },
    };
  }
}

export const MarketInputConnection = connectionType(MarketInput, 'inputs');
