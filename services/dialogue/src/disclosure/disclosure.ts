import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum DisclosureAudience {
  ALL = 'ALL',
  ONE = 'ONE',
}

registerEnumType(DisclosureAudience, {
  name: 'DisclosureAudience',
  description: 'Who was told something at first.',
  valuesConfig: {
    ALL: { description: 'Everybody at once (alle).' },
    ONE: { description: 'One supplier (én leverandør); everybody else is owed the same.' },
  },
});

export enum DisclosureChannel {
  MEETING = 'MEETING',
  EMAIL = 'EMAIL',
  TELEPHONE = 'TELEPHONE',
  WRITTEN = 'WRITTEN',
  CONFERENCE = 'CONFERENCE',
}

registerEnumType(DisclosureChannel, {
  name: 'DisclosureChannel',
  description: 'How something was told in a market dialogue.',
  valuesConfig: {
    MEETING: { description: 'In a one-to-one meeting (møte).' },
    EMAIL: { description: 'By e-mail (e-post).' },
    TELEPHONE: { description: 'By telephone (telefon).' },
    WRITTEN: { description: 'In writing, in another way (skriftlig).' },
    CONFERENCE: { description: 'At an information meeting or a dialogue conference (konferanse).' },
  },
});

@ObjectType({
  description:
    'One entry of the ledger of equal information (opplysning i likebehandlingsloggen): what a supplier was told in a market dialogue, and when everybody got to know the same. Entries are never changed and never removed; a correction is an entry of its own.',
})
@Entity({ tableName: 'disclosure' })
export class Disclosure implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  dialogueId: string;

  /** Whose dialogue it is; the database holds that it is the dialogue's own. */
  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => Int, {
    description: 'Its number in the ledger of the dialogue (nummer), from 1, without gaps.',
  })
  @Property({ type: 'int' })
  number: number;

  @Field(() => String, { description: 'What was told (opplysningen).' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => DateTimeScalar, { description: 'When it was told (gitt).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  toldAt: Date;

  @Field(() => DisclosureAudience, { description: 'Who was told at first: everybody, or one supplier.' })
  @Property({ type: 'text' })
  toldTo: DisclosureAudience;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'The supplier who was told alone; null when everybody was told at once.',
  })
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the supplier who was told alone; null when everybody was told at once.',
  })
  @Property({ type: 'text', nullable: true })
  organisationName: string | null;

  @Field(() => DisclosureChannel, { description: 'How it was told.' })
  @Property({ type: 'text' })
  channel: DisclosureChannel;

  /** The one-to-one meeting where it was told, if it was in one. */
  @Property({ type: 'text', nullable: true })
  meetingId: string | null;

  @Property({ type: 'text', nullable: true })
  correctsId: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was written down in the ledger (loggført).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  recordedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When everybody got to know it (publisert). Null while only one supplier knows it: the dialogue cannot be closed before that has changed.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  restriction(): Restriction | null {
    if (this.publishedAt !== null) return null;
    return { object: { type: 'Disclosure', id: this.id }, owner: { municipality: this.municipalityNumber } };
  }
}

export const DisclosureConnection = connectionType(Disclosure, 'disclosures');
