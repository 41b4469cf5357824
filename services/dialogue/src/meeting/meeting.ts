import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  connectionType,
  DateTimeScalar,
  OrganisationNumberScalar,
  type Restricted,
  type Restriction,
  Uncached,
} from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { MeetingSide, MeetingStatus } from './meeting-rules.js';

registerEnumType(MeetingStatus, {
  name: 'MeetingStatus',
  description: 'Where a meeting (møte) stands, at the moment of the question.',
  valuesConfig: {
    COMING: { description: 'It is to be held (kommende).' },
    HELD: { description: 'Its time has come, and minutes are missing (holdt, mangler referat).' },
    RECORDED: { description: 'Held, and its minutes are written (referatført).' },
    CANCELLED: { description: 'It is not held (avlyst).' },
  },
});

registerEnumType(MeetingSide, {
  name: 'MeetingSide',
  description: 'One of the two that meet.',
  valuesConfig: {
    SUPPLIER: { description: 'The organisation that takes part (leverandøren).' },
    MUNICIPALITY: { description: 'The municipality that leads the dialogue (kommunen).' },
  },
});

@Uncached()
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'A one-to-one meeting (én-til-én-møte) of a municipality and one participant. Shown to those two; everybody sees in the round’s draw who has been given a meeting.',
})
@Entity({ tableName: 'meeting' })
export class Meeting implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  roundId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Property({ type: 'text' })
  requestId: string;

  @Property({ type: 'text' })
  slotId: string;

  @Field(() => OrganisationNumberScalar, {
    description: 'The organisation that takes part (organisasjonsnummer).',
  })
  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => String, { description: 'The name under which the organisation takes part.' })
  @Property({ type: 'text' })
  organisationName: string;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  endsAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the organisation was given the meeting.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  allottedAt: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was cancelled (avlyst); null if it was not.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  cancelledAt: Date | null;

  @Field(() => MeetingSide, { nullable: true, description: 'Who cancelled it; null if nobody did.' })
  @Property({ type: 'text', nullable: true })
  cancelledBy: MeetingSide | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled; null if it was not.' })
  @Property({ type: 'text', nullable: true })
  cancellationReason: string | null;

  /** How often it has changed: what calendars know a newer version by. */
  @Property({ type: 'int' })
  sequence: number;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  updatedAt: Date;

  restriction(): Restriction {
    const { id, municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'Meeting', id }, owner: { municipality, organisation } };
  }
}

export const MeetingConnection = connectionType(Meeting, 'meetings');
