import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Event } from './event.js';

@ObjectType({ description: 'Somebody who speaks at an event (foredragsholder).' })
export class Speaker {
  @Field(() => String, { nullable: true, description: 'Name; null when the programme gives only the role.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'Where the speaker comes from (virksomhet).' })
  organisation: string | null;

  @Field(() => String, { nullable: true, description: 'In what role (rolle), such as mayor or apprentice.' })
  role: string | null;
}

@ObjectType({ description: 'One item of the programme of an event (programpost).' })
@Entity({ tableName: 'session' })
export class Session {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => Event, { ref: true })
  event: Ref<Event>;

  @Field(() => String, { description: 'What it is called.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  @Field(() => DateTimeScalar, { description: 'When it begins.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  endsAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Which room (rom), when the place has several. Null when not said.',
  })
  @Property({ type: 'text', nullable: true })
  room: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many can take part (antall plasser); null when all who are at the event can. With a number, seats are chosen when registering.',
  })
  @Property({ type: 'int', nullable: true })
  capacity: number | null;

  /** Only registrations change it. */
  @Field(() => Int, { description: 'How many seats are taken (opptatte plasser); 0 where none are counted.' })
  @Property({ type: 'int' })
  seatsTaken: number;

  @Field(() => [Speaker], { description: 'Who speaks, in the order of the programme.' })
  @Property({ type: 'json' })
  speakers: Speaker[];
}
