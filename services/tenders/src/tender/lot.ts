import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { CpvCodeScalar, DateScalar, MoneyScalar, NutsCodeScalar, Reads } from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Field, Float, ID, ObjectType, registerEnumType } from 'type-graphql';
import { money, oere } from '../money-columns.js';
import { ContractNature } from './codes.js';
import { Tender } from './tender.js';

@ObjectType({ description: 'How long something lasts.' })
export class Duration {
  @Field(() => Float, { description: 'How many.' })
  amount: number;

  @Field(() => String, { description: 'Of what: the unit as published, such as MONTH, YEAR or DAY.' })
  unit: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A part of a competition that is tendered for on its own (delkontrakt).',
})
@Entity({ tableName: 'lot' })
export class Lot {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Tender, { ref: true })
  tender: Ref<Tender>;

  @Field(() => String, { description: 'Its number within the competition, such as LOT-0001 (BT-137).' })
  @Property({ type: 'text' })
  number: string;

  @Property({ type: 'int' })
  position: number;

  @Field(() => Boolean, {
    description: 'Whether it is a part of a plan (PAR-0001) rather than a lot that can be tendered for.',
  })
  @Property({ type: 'boolean' })
  isPart: boolean;

  @Field(() => String, { nullable: true, description: 'What it is, in one line.' })
  @Property({ type: 'text', nullable: true })
  title: string | null;

  @Field(() => String, { nullable: true, description: 'What it is, in the buyer’s words.' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  @Field(() => ContractNature, { nullable: true, description: 'Works, supplies or services.' })
  @Property({ type: 'text', nullable: true })
  nature: ContractNature | null;

  @Field(() => CpvCodeScalar, { nullable: true, description: 'Main CPV code.' })
  @Property({ type: 'text', nullable: true })
  cpv: string | null;

  @Field(() => [NutsCodeScalar], { description: 'Where it is to be delivered (BT-5071).' })
  @Property({ type: 'string[]' })
  nutsCodes: string[];

  @Property({ type: oere(), nullable: true })
  estimatedValueAmount: number | null;

  @Property({ type: 'text', nullable: true })
  estimatedValueCurrency: string | null;

  @Reads('estimatedValueAmount', 'estimatedValueCurrency')
  @Field(() => MoneyScalar, { nullable: true, description: 'Estimated value without VAT (BT-27).' })
  get estimatedValue(): Money | null {
    return money(this.estimatedValueAmount, this.estimatedValueCurrency);
  }

  @Field(() => Date, { nullable: true, description: 'Deadline for tenders or requests to participate.' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  deadline: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the tenders are opened (tilbudsåpning, BT-132).' })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  openingAt: Date | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the contract (BT-536).' })
  @Property({ type: 'date', nullable: true })
  startDate: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the contract (BT-537).' })
  @Property({ type: 'date', nullable: true })
  endDate: string | null;

  @Property({ type: 'double', columnType: 'numeric', nullable: true })
  durationAmount: number | null;

  @Property({ type: 'text', nullable: true })
  durationUnit: string | null;

  @Reads('durationAmount', 'durationUnit')
  @Field(() => Duration, { nullable: true, description: 'Length of the contract (BT-36).' })
  get duration(): Duration | null {
    return this.durationAmount === null || this.durationUnit === null
      ? null
      : { amount: Number(this.durationAmount), unit: this.durationUnit };
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the buyer finds it suitable for small and medium-sized companies (BT-726).',
  })
  @Property({ type: 'boolean', nullable: true })
  suitableForSme: boolean | null;

  @Field(() => Boolean, { description: 'Whether it is a framework agreement (rammeavtale, BT-765).' })
  @Property({ type: 'boolean' })
  frameworkAgreement: boolean;

  @Field(() => Boolean, {
    description:
      'Whether it is bought through a dynamic purchasing system (dynamisk innkjøpsordning, BT-766).',
  })
  @Property({ type: 'boolean' })
  dynamicPurchasingSystem: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Conditions of performance (kontraktsvilkår, BT-70), such as apprentices and pay.',
  })
  @Property({ type: 'text', nullable: true })
  performanceTerms: string | null;

  @Field(() => String, { nullable: true, description: 'Where the documents are (BT-15).' })
  @Property({ type: 'text', nullable: true })
  documentsUrl: string | null;

  @Field(() => String, { nullable: true, description: 'Where tenders are submitted (BT-18).' })
  @Property({ type: 'text', nullable: true })
  submissionUrl: string | null;
}

export enum CriterionKind {
  AWARD = 'award',
  SELECTION = 'selection',
}

registerEnumType(CriterionKind, {
  name: 'CriterionKind',
  description: 'What a criterion decides.',
  valuesConfig: {
    AWARD: { description: 'Which tender wins (tildelingskriterium).' },
    SELECTION: { description: 'Who may take part (kvalifikasjonskrav).' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'Something by which tenders or tenderers are judged (kriterium).',
})
@Entity({ tableName: 'criterion' })
export class Criterion {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Lot, { ref: true })
  lot: Ref<Lot>;

  @Property({ type: 'int' })
  position: number;

  @Field(() => CriterionKind, { description: 'Whether it decides which tender wins, or who may take part.' })
  @Property({ type: 'text' })
  kind: CriterionKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Code of the eForms code list award-criterion-type (price, cost, quality, quality-nor-env-criteria …) or selection-criterion, as published.',
  })
  @Property({ type: 'text', nullable: true })
  type: string | null;

  @Field(() => String, { nullable: true, description: 'Its name (BT-734).' })
  @Property({ type: 'text', nullable: true })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'What is judged (BT-540, BT-750).' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Its weight (vekt, BT-541); weightKind says of what kind: percent, points or rank.',
  })
  @Property({ type: 'double', columnType: 'numeric', nullable: true })
  weight: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Kind of weight (eForms code list number-weight): per-exa is percent, poi-exa points, ord-imp the rank.',
  })
  @Property({ type: 'text', nullable: true })
  weightKind: string | null;
}
