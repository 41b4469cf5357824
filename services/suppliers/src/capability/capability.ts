import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CpvCodeScalar, DateTimeScalar, type Restricted, type Restriction } from '@samspill/subgraph';
import { Field, ID, ObjectType } from 'type-graphql';
import { Supplier } from '../supplier/supplier.js';

@ObjectType({ description: 'Something that a supplier says it can deliver (kapabilitet).' })
@Entity({ tableName: 'capability' })
export class Capability implements Restricted {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'uuid' })
  id: string;

  @ManyToOne(() => Supplier, { ref: true })
  supplier: Ref<Supplier>;

  /** The supplier's, once more: row-level security asks each row whose it is. Null where nobody can act for it. */
  @Property({ type: 'text', nullable: true })
  organisationNumber: string | null;

  @Field(() => CpvCodeScalar, { description: 'What it is, as a CPV code.' })
  @Property({ type: 'text' })
  cpv: string;

  @Field(() => String, { nullable: true, description: 'The supplier’s own words about it.' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When the supplier published it (publisert). Null while it is a draft, which only its own people see.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  restriction(): Restriction | null {
    if (this.publishedAt !== null) return null;
    return {
      object: { type: 'Capability', id: this.id },
      owner: { organisation: this.organisationNumber },
    };
  }
}
