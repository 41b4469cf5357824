import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar, Uncached } from '@samspill/subgraph';
import { Field, ObjectType } from 'type-graphql';

/** The code of a certificate, and whose it is. It holds no name, and outlives the erasure of names. */
@Uncached()
@ObjectType({
  description:
    'What the code of a certificate (kursbevis) proves: that somebody was at an event. Who it was, only the paper says.',
})
@Entity({ tableName: 'certificate' })
export class Certificate {
  @PrimaryKey({ type: 'text' })
  code: string;

  @Property({ type: 'text' })
  attendeeId: string;

  @Property({ type: 'text' })
  eventId: string;

  @Field(() => DateTimeScalar, { description: 'When it was first made out (utstedt).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  issuedAt: Date;
}
