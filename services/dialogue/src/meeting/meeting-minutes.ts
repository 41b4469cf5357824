import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { MeetingSide } from './meeting-rules.js';

@ObjectType({
  description:
    'What was said in a meeting (referat). Shown to the organisation that took part and to officers of the municipality. What the municipality told is in the ledger of equal information, for everybody in time.',
})
@Entity({ tableName: 'meeting_minutes' })
export class MeetingMinutes implements Restricted {
  @PrimaryKey({ type: 'text' })
  meetingId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => String, { description: 'What was said, without trade secrets.' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => Boolean, {
    description: 'Whether the municipality has stated that it told nothing that is not public already.',
  })
  @Property({ type: 'boolean' })
  nothingTold: boolean;

  @Field(() => DateTimeScalar, { description: 'When the minutes were written.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  recordedAt: Date;

  @Property({ type: 'text', nullable: true })
  personId: string | null;

  restriction(): Restriction {
    const { municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'Meeting', id: this.meetingId }, owner: { municipality, organisation } };
  }
}

@ObjectType({ description: 'What one side says about the minutes of a meeting (merknad til referatet).' })
@Entity({ tableName: 'meeting_comment' })
export class MeetingComment implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  meetingId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => MeetingSide, { description: 'Who says it.' })
  @Property({ type: 'text' })
  by: MeetingSide;

  @Field(() => String, { nullable: true, description: 'What it says; null when it only confirms.' })
  @Property({ type: 'text', nullable: true })
  text: string | null;

  @Field(() => Boolean, {
    description: 'Whether the organisation confirms that the minutes are right (godkjent).',
  })
  @Property({ type: 'boolean' })
  confirms: boolean;

  @Field(() => DateTimeScalar, { description: 'When it was written.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  writtenAt: Date;

  @Property({ type: 'text', nullable: true })
  personId: string | null;

  restriction(): Restriction {
    const { municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'Meeting', id: this.meetingId }, owner: { municipality, organisation } };
  }
}

@ObjectType({
  description:
    'A trade secret from a meeting (forretningshemmelighet). Shown to the organisation whose it is and to procurement officers of the municipality, and never published.',
})
@Entity({ tableName: 'meeting_secret' })
export class MeetingSecret implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  meetingId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  @Property({ type: 'text' })
  organisationNumber: string;

  @Field(() => MeetingSide, { description: 'Who wrote it down.' })
  @Property({ type: 'text' })
  by: MeetingSide;

  @Field(() => String, { description: 'The secret.' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => DateTimeScalar, { description: 'When it was written down.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  writtenAt: Date;

  restriction(): Restriction {
    const { municipalityNumber: municipality, organisationNumber: organisation } = this;
    return { object: { type: 'Meeting', id: this.meetingId }, owner: { municipality, organisation } };
  }
}
