import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  connectionType,
  DateTimeScalar,
  type Language,
  type Restricted,
  type Restriction,
} from '@samspill/subgraph';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { EventStatus } from './event.status.js';
import { Venue } from './venue.js';

export enum EventKind {
  CONFERENCE = 'CONFERENCE',
  DIALOGUE_CONFERENCE = 'DIALOGUE_CONFERENCE',
  INFORMATION_MEETING = 'INFORMATION_MEETING',
  COURSE = 'COURSE',
  WEBINAR = 'WEBINAR',
  SITE_VISIT = 'SITE_VISIT',
}

registerEnumType(EventKind, {
  name: 'EventKind',
  description: 'What kind of meeting an event is.',
  valuesConfig: {
    CONFERENCE: { description: 'Conference open to all (konferanse).' },
    DIALOGUE_CONFERENCE: {
      description: 'Buyer and suppliers discuss a coming procurement together (dialogkonferanse).',
    },
    INFORMATION_MEETING: { description: 'The buyer tells all at once what it needs (informasjonsmøte).' },
    COURSE: { description: 'Course (kurs), such as in how to write a tender.' },
    WEBINAR: { description: 'Talk on the net (nettmøte).' },
    SITE_VISIT: { description: 'Bidders see the place together (befaring).' },
  },
});

registerEnumType(EventStatus, {
  name: 'EventStatus',
  description: 'Where an event (arrangement) stands, at the moment of the question.',
  valuesConfig: {
    DRAFT: {
      description: 'Being prepared (utkast). Shown to officers of the municipality and to nobody else.',
    },
    PUBLISHED: {
      description: 'Announced (publisert). Registration has not begun, has ended, or is not needed.',
    },
    REGISTRATION_OPEN: { description: 'There are seats, and registration is open (påmelding åpen).' },
    FULL: { description: 'All seats are taken (fulltegnet).' },
    HELD: { description: 'It has taken place (avholdt).' },
    CANCELLED: { description: 'It does not take place (avlyst).' },
  },
});

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A meeting open to all who want to deliver to the public (arrangement): a conference, a course, an information meeting.',
})
@Entity({ tableName: 'event' })
export class Event implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Field(() => String, { description: 'What it is called.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => String, { description: 'What it is about.' })
  @Property({ type: 'text' })
  description: string;

  @Field(() => EventKind, { description: 'What kind of meeting it is.' })
  @Property({ type: 'text' })
  kind: EventKind;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was published (publisert). Null while it is a draft.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When registration opens (påmeldingen åpner). Null when nobody has to register.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  registrationOpensAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Last moment to register (påmeldingsfrist). Null when one can register until the event begins.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  registrationClosesAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was cancelled (avlyst). Null when it was not.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was cancelled (begrunnelse for avlysning), in the words of the organiser.',
  })
  @Property({ type: 'text', nullable: true })
  cancellationReason: string | null;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  endsAt: Date;

  @Field(() => Venue, {
    nullable: true,
    description: 'Where it takes place (sted); null when it is only on the net.',
  })
  @Property({ type: 'json', nullable: true })
  venue: Venue | null;

  @Field(() => Boolean, { description: 'Whether one can take part on the net (digitalt).' })
  @Property({ type: 'boolean' })
  online: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Web address with more about it, or where to take part.',
  })
  @Property({ type: 'text', nullable: true })
  url: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many can take part (antall plasser); null when there is no limit.',
  })
  @Property({ type: 'int', nullable: true })
  capacity: number | null;

  /** Confirmed and offered seats. Only registrations change it. */
  @Field(() => Int, {
    description: 'How many seats are taken (opptatte plasser): confirmed, or offered to those who waited.',
  })
  @Property({ type: 'int' })
  seatsTaken: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The most seats one organisation can have, those it waits for included (plasser per virksomhet). Null when there is no limit.',
  })
  @Property({ type: 'int', nullable: true })
  seatsPerOrganisation: number | null;

  @Field(() => Int, {
    description:
      'Hours that a freed seat is held for whoever waited longest (svarfrist på ledig plass), before it passes on.',
  })
  @Property({ type: 'int' })
  offerHours: number;

  @Field(() => String, { description: 'Who holds it (arrangør).' })
  @Property({ type: 'text' })
  organiser: string;

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Property({ type: 'text', nullable: true })
  dialogueId: string | null;

  @Property({ type: 'text', nullable: true })
  tenderId: string | null;

  @Property({ type: 'text', nullable: true })
  procurementId: string | null;

  /** Counts the changes that calendars have to hear of (SEQUENCE in iCalendar). */
  @Property({ type: 'int' })
  sequence: number;

  @Field(() => DateTimeScalar, { description: 'When it was last changed (sist endret).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  updatedAt: Date;

  /** Of the texts, and of letters to those who have not chosen a language. */
  @Property({ type: 'text' })
  language: Language;

  @Field(() => String, {
    nullable: true,
    description: 'Where to ask (kontaktadresse): an e-mail address of the organiser.',
  })
  @Property({ type: 'text', nullable: true })
  contactEmail: string | null;

  @Field(() => Int, {
    description:
      'Days after the event until names and addresses of those who took part are erased (slettefrist). Only the counts are kept.',
  })
  @Property({ type: 'int' })
  personalDataDays: number;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  personalDataErasedAt: Date | null;

  restriction(): Restriction | null {
    if (this.publishedAt !== null) return null;
    return { object: { type: 'Event', id: this.id }, owner: { municipality: this.municipalityNumber } };
  }
}

/** An event as data, without what the class makes of it. */
export type EventFacts = Omit<Event, 'restriction'>;

export const EventConnection = connectionType(Event, 'events');
