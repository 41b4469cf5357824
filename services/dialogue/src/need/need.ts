import { ArrayType } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum NeedStatus {
  DRAFT = 'DRAFT',
  PUBLISHED = 'PUBLISHED',
  IN_DIALOGUE = 'IN_DIALOGUE',
  IN_TENDER = 'IN_TENDER',
  CLOSED = 'CLOSED',
}

registerEnumType(NeedStatus, {
  name: 'NeedStatus',
  description: 'How far a need (behov) has come.',
  valuesConfig: {
    DRAFT: {
      description: 'Being written (utkast). Shown to officers of the municipality and to nobody else.',
    },
    PUBLISHED: { description: 'Published (publisert): suppliers can read what is coming.' },
    IN_DIALOGUE: { description: 'Being talked over with the market (i markedsdialog).' },
    IN_TENDER: { description: 'Part of a competition (i konkurranse).' },
    CLOSED: { description: 'Closed (avsluttet): met, or no longer there.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'What a municipality needs (behov): the effect it wants and for whom. It says what, never how: no brand, no product, no solution, so that every supplier can answer in its own way.',
})
@Entity({ tableName: 'need' })
export class Need implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  /** The chain that the need starts. */
  @Property({ type: 'text' })
  procurementId: string;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Field(() => String, { description: 'Short name of the need.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => String, {
    description: 'The effect wanted (ønsket effekt): what shall be better, and for whom.',
  })
  @Property({ type: 'text' })
  effect: string;

  @Field(() => String, { description: 'Who will use it or notice it (brukere).' })
  @Property({ type: 'text' })
  users: string;

  @Field(() => [String], {
    description:
      'How the municipality will see that the need is met (suksesskriterier), the most important first.',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  successCriteria: string[];

  @Field(() => String, {
    nullable: true,
    description:
      'How much it is about, in words (omfang), such as the number of users or buildings. Null when not known yet.',
  })
  @Property({ type: 'text', nullable: true })
  volume: string | null;

  @Field(() => NeedStatus, { description: 'How far the need has come.' })
  @Property({ type: 'text' })
  status: NeedStatus;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was published (publisert). Null while it is a draft.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  restriction(): Restriction | null {
    if (this.status !== NeedStatus.DRAFT) return null;
    return { object: { type: 'Need', id: this.id }, owner: { municipality: this.municipalityNumber } };
  }
}

/** A need as data, without what the class makes of it. */
export type NeedFacts = Omit<Need, 'restriction'>;

export const NeedConnection = connectionType(Need, 'needs');
