import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Need } from './need.js';

@ObjectType({
  description:
    'What a municipality has made clearer about a need since it was published (presisering). The need itself stands as it was.',
})
@Entity({ tableName: 'need_clarification' })
export class NeedClarification {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Need, { ref: true })
  need: Ref<Need>;

  @Field(() => String, { description: 'What was added.' })
  @Property({ type: 'text' })
  text: string;

  @Field(() => DateTimeScalar, { description: 'When everybody could read it.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  addedAt: Date;
}

export const NeedClarificationConnection = connectionType(NeedClarification, 'clarifications of needs');
