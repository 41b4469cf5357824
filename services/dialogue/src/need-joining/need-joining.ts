import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateTimeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Need } from '../need/need.js';

@ObjectType({
  description:
    'That another municipality has the same need (tilslutning), so that suppliers see the whole volume and the municipalities can buy together.',
})
@Entity({ tableName: 'need_joining' })
export class NeedJoining {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Need, { ref: true })
  need: Ref<Need>;

  /** Of the one that has joined, as it is today. */
  @Property({ type: 'text' })
  municipalityNumber: string;

  @Field(() => String, { description: 'How much it is about in that municipality, in words (omfang).' })
  @Property({ type: 'text' })
  volume: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What is different there, or why it wants to buy together. Null when there is nothing to say.',
  })
  @Property({ type: 'text', nullable: true })
  comment: string | null;

  @Field(() => DateTimeScalar, { description: 'Since when.' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  joinedAt: Date;
}

export const NeedJoiningConnection = connectionType(NeedJoining, 'municipalities that have joined needs');
