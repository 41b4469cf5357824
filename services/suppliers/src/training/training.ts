import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { KeysetOrder } from '@samspill/database';
import { connectionType, DateScalar } from '@samspill/subgraph';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Supplier } from '../supplier/supplier.js';

/**
 * Training is open to all and never an advantage: nothing that evaluates a bid may read this table
 * (DOMAIN.md §1, "we never favour").
 */
@ObjectType({
  simpleResolvers: true,
  description:
    'A course (kurs) that somebody from the supplier completed, for example in how to write a tender. Shown so that suppliers see what is on offer; never a criterion in a competition.',
})
@Entity({ tableName: 'training' })
export class Training {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => Supplier, { ref: true })
  supplier: Ref<Supplier>;

  @Field(() => String, { description: 'What the course is called.' })
  @Property({ type: 'text' })
  title: string;

  @Field(() => String, { description: 'Who held it.' })
  @Property({ type: 'text' })
  provider: string;

  @Field(() => DateScalar, { description: 'The day on which it was completed.' })
  @Property({ type: 'date' })
  completedOn: string;

  @Field(() => Int, { description: 'How many hours it took.' })
  @Property({ type: 'int' })
  hours: number;
}

export const TrainingConnection = connectionType(Training, 'training records');

export const newestTrainingFirst: KeysetOrder = {
  name: 'COMPLETED_DESC',
  property: 'completedOn',
  direction: 'desc',
};
