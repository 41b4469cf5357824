import { ArrayType, OptionalProps } from '@mikro-orm/core';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  DateTimeScalar,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { NeedClosedReason, NeedStatus } from './need.status.js';

export { NeedClosedReason, NeedStatus } from './need.status.js';

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

registerEnumType(NeedClosedReason, {
  name: 'NeedClosedReason',
  description: 'Why a need (behov) came to its end.',
  valuesConfig: {
    MET: { description: 'The need is met (dekket).' },
    WITHDRAWN: { description: 'The municipality no longer has it, or cannot go on with it (trukket).' },
    MERGED: { description: 'It goes on as part of another need (slått sammen med et annet).' },
    OTHER: { description: 'Something else, which the explanation tells (annet).' },
  },
});

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'What a municipality needs (behov): the effect it wants and for whom. It says what, never how: no brand, no product, no solution, so that every supplier can answer in its own way.',
})
@Entity({ tableName: 'need' })
export class Need implements Restricted {
  /** What a need has from the start without anybody saying it. */
  declare [OptionalProps]?:
    | 'constraints'
    | 'closedAt'
    | 'closedReason'
    | 'closedExplanation'
    | 'linkingTo'
    | 'followers'
    | 'joined';

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
      'What must hold, whatever the solution (rammer): laws, opening hours, what it has to work together with. Empty when there is nothing to say.',
  })
  @Property({ type: ArrayType, columnType: 'text[]' })
  constraints: string[] = [];

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

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was closed (avsluttet). Null until it is.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  closedAt: Date | null = null;

  @Field(() => NeedClosedReason, { nullable: true, description: 'Why it was closed. Null until it is.' })
  @Property({ type: 'text', nullable: true })
  closedReason: NeedClosedReason | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'More about why it was closed, in the municipality’s words. Null until it is.',
  })
  @Property({ type: 'text', nullable: true })
  closedExplanation: string | null = null;

  /** What it has been linked to, until the registrar has joined the two. */
  @Property({ type: 'text', nullable: true })
  linkingTo: string | null = null;

  @Field(() => Int, {
    description:
      'How many follow the need (følgere), and are told when something happens to it. Who they are, nobody is told, the municipality included.',
  })
  @Property({ type: 'int' })
  followers: number = 0;

  @Field(() => Int, {
    name: 'jointMunicipalities',
    description:
      'How many other municipalities have joined the need because they have the same (felles behov).',
  })
  @Property({ type: 'int' })
  joined: number = 0;

  restriction(): Restriction | null {
    if (this.status !== NeedStatus.DRAFT) return null;
    return { object: { type: 'Need', id: this.id }, owner: { municipality: this.municipalityNumber } };
  }
}

/** A need as data, without what the class makes of it. */
export type NeedFacts = Omit<Need, 'restriction' | typeof OptionalProps>;

export const NeedConnection = connectionType(Need, 'needs');
