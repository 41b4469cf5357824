import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CpvCodeScalar } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Supplier } from './supplier.js';

@ObjectType({ description: 'Something that a supplier says it can deliver (kapabilitet).' })
@Entity({ tableName: 'capability' })
export class Capability {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => Supplier, { ref: true })
  supplier: Ref<Supplier>;

  @Field(() => CpvCodeScalar, { description: 'What it is, as a CPV code.' })
  @Property({ type: 'text' })
  cpv: string;

  @Field(() => String, { nullable: true, description: 'The supplier’s own words about it.' })
  @Property({ type: 'text', nullable: true })
  description: string | null;
}
