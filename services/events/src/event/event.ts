import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateTimeScalar } from '@samspill/subgraph';
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
    DRAFT: { description: 'Being prepared (utkast). Never shown to the public.' },
    PUBLISHED: {
      description:
        'Announced (publisert). Registration has not begun, has ended because the event is on, or is not needed.',
    },
    REGISTRATION_OPEN: { description: 'There are seats, and registration is open (påmelding åpen).' },
    FULL: { description: 'All seats are taken (fulltegnet).' },
    HELD: { description: 'It has taken place (avholdt).' },
    CANCELLED: { description: 'It does not take place (avlyst).' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A meeting open to all who want to deliver to the public (arrangement): a conference, a course, an information meeting.',
})
@Entity({ tableName: 'event' })
export class Event {
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

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  registrationOpensAt: Date | null;

  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

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

  @Field(() => Int, { description: 'How many seats are taken (opptatte plasser).' })
  @Property({ type: 'int' })
  seatsTaken: number;

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
}

export const EventConnection = connectionType(Event, 'events');
