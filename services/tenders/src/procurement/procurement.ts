import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { AGE, CacheControl, TimelineFact } from '@samspill/subgraph';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  description:
    'One procurement (anskaffelse) from need to follow-up: the chain need → market dialogue → tender → contract. No service owns it; each adds its part.',
})
@Entity({ tableName: 'procurement' })
export class Procurement {
  @Field(() => ID, { description: 'The id that the whole chain shares.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'Date', columnType: 'timestamptz' })
  startedAt: Date;

  /** What `dialogue` and `events` have to tell, for the timeline. */
  @Directive('@external')
  @Field(() => [TimelineFact], { nullable: true, description: 'What needs and market dialogues tell.' })
  dialogueTimeline?: TimelineFact[] | null;

  @Directive('@external')
  @Field(() => [TimelineFact], { nullable: true, description: 'What events tell.' })
  eventsTimeline?: TimelineFact[] | null;
}

/** Something that tells which procurement is meant: a procedure, a notice, an id from before two were joined. */
@Entity({ tableName: 'procurement_key' })
export class ProcurementKey {
  @PrimaryKey({ type: 'text' })
  key: string;

  @Property({ type: 'text' })
  procurementId: string;
}
