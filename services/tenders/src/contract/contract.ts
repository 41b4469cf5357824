import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateScalar, MoneyScalar } from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { money, oere } from '../money-columns.js';
import { Tender } from '../tender/tender.js';

export enum ContractStatus {
  SIGNED = 'SIGNED',
  ACTIVE = 'ACTIVE',
  COMPLETED = 'COMPLETED',
  TERMINATED = 'TERMINATED',
}

registerEnumType(ContractStatus, {
  name: 'ContractStatus',
  description: 'Where a contract is in its life.',
  valuesConfig: {
    SIGNED: { description: 'Signed (inngått).' },
    ACTIVE: { description: 'Being performed (løpende).' },
    COMPLETED: { description: 'Performed (fullført).' },
    TERMINATED: { description: 'Ended before its time (hevet eller sagt opp).' },
  },
});

@ObjectType({ description: 'A contract (kontrakt) that came out of a competition.' })
@Entity({ tableName: 'contract' })
export class Contract {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Tender, { ref: true })
  tender: Ref<Tender>;

  @Field(() => String, { description: 'Its number within the notice, such as CON-0001.' })
  @Property({ type: 'text' })
  number: string;

  @Property({ type: 'int' })
  position: number;

  @Field(() => String, { nullable: true, description: 'The buyer’s own contract number (BT-150).' })
  @Property({ type: 'text', nullable: true })
  identifier: string | null;

  @Field(() => String, { nullable: true, description: 'What it is called (BT-721).' })
  @Property({ type: 'text', nullable: true })
  title: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When it was signed (BT-145).' })
  @Property({ type: 'date', nullable: true })
  signedOn: string | null;

  @Field(() => ContractStatus, { description: 'Where it is in its life.' })
  @Property({ type: 'text' })
  status: ContractStatus;

  @Property({ type: 'text', nullable: true })
  supplierId: string | null;

  @Property({ type: 'string[]' })
  supplierIds: string[];

  @Property({ type: 'string[]' })
  supplierNames: string[];

  @Property({ type: oere(), nullable: true })
  valueAmount: number | null;

  @Property({ type: 'text', nullable: true })
  valueCurrency: string | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Value of the contract without VAT, as far as the notices say.',
  })
  get value(): Money | null {
    return money(this.valueAmount, this.valueCurrency);
  }
}

export const ContractConnection = connectionType(Contract, 'contracts');
