import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A time and a room in which one meeting can be held (møtetid).' })
@Entity({ tableName: 'meeting_slot' })
export class MeetingSlot {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  roundId: string;

  @Property({ type: 'text' })
  dialogueId: string;

  @Property({ type: 'text' })
  municipalityNumber: string;

  /** The round's, which the database holds it to. */
  @Property({ type: 'int' })
  minutes: number;

  @Field(() => String, { description: 'The room, or the name of a video meeting (rom).' })
  @Property({ type: 'text' })
  room: string;

  @Field(() => DateTimeScalar, { description: 'When the meeting begins.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  startsAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the meeting ends.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  endsAt: Date;

  /** It stays, because the record of a lot may name it. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  removedAt: Date | null;
}
