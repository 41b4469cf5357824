import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A document of an event (materiell), such as slides or a hand-out. Everybody reads it, whether they were there or not.',
})
@Entity({ tableName: 'material' })
export class Material {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  documentId: string;

  @Property({ type: 'text' })
  eventId: string;

  @Property({ type: 'uuid', nullable: true })
  sessionId: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was published (publisert).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  publishedAt: Date;
}

/** What documents say that they are attached to. */
export const MATERIAL = 'Material';

/** The purpose under which material is uploaded; see `documents([…])` in subgraph.ts. */
export const MATERIAL_PURPOSE = 'EVENT_MATERIAL';

export const LARGEST_MATERIAL = 50_000_000;
