import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import {
  AGE,
  CacheControl,
  CpvCodeScalar,
  connectionType,
  MoneyScalar,
  NutsCodeScalar,
  Reads,
} from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { money, oere } from '../money-columns.js';
import { ContractNature, ProcedureType, type TenderStatus } from './codes.js';

@CacheControl({ maxAge: AGE.PUBLISHED })
@Directive('@key(fields: "id")')
@ObjectType({
  simpleResolvers: true,
  description:
    'A competition for a public contract (konkurranse), from its plan to its contract. It is the sum of its notices: a correction changes it, and the notices before stay readable.',
})
@Entity({ tableName: 'tender' })
export class Tender {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  procurementId: string;

  @Field(() => String, { description: 'What is bought, in one line (BT-21).' })
  @Property({ type: 'text' })
  title: string;

  /** The beginning of the title, as the database orders by it: in Norwegian order, whatever its locale. */
  @Property({ type: 'text', generated: 'always' })
  titleSort?: string;

  @Field(() => String, { nullable: true, description: 'What is bought, in the buyer’s words (BT-24).' })
  @Property({ type: 'text', nullable: true })
  description: string | null;

  /** As the notices say; whether the deadline has passed is asked of the clock (`statusAt`). */
  @Property({ type: 'text' })
  status: TenderStatus;

  @Field(() => ProcedureType, {
    nullable: true,
    description: 'The procedure (BT-105); null where the notice gives none.',
  })
  @Property({ type: 'text', nullable: true })
  procedure: ProcedureType | null;

  @Field(() => ContractNature, { nullable: true, description: 'Works, supplies or services (BT-23).' })
  @Property({ type: 'text', nullable: true })
  nature: ContractNature | null;

  @Field(() => String, { nullable: true, description: 'The buyer’s own case number (saksnummer, BT-22).' })
  @Property({ type: 'text', nullable: true })
  internalId: string | null;

  @Property({ type: 'text', nullable: true })
  buyerId: string | null;

  @Property({ type: 'string[]' })
  buyerIds: string[];

  @Property({ type: 'text', nullable: true })
  municipalityNumber: string | null;

  @Field(() => CpvCodeScalar, {
    nullable: true,
    description: 'What is bought, as the main CPV code (BT-262).',
  })
  @Property({ type: 'text', nullable: true })
  cpv: string | null;

  @Field(() => [CpvCodeScalar], {
    description: 'All CPV codes of the competition and its lots, the main one first.',
  })
  @Property({ type: 'string[]' })
  cpvCodes: string[];

  @Field(() => [NutsCodeScalar], {
    description: 'Where it is to be delivered: NUTS codes of the competition and its lots (BT-5071).',
  })
  @Property({ type: 'string[]' })
  nutsCodes: string[];

  /**
   * Every branch of its tree that a code lies on, so that "starts with" uses an index: of CPV as
   * numbers, behind a 1. Null for a tender with more codes than an index takes; its branches stand in the other
   * two, which are null for all others.
   */
  @Property({ type: 'number[]', nullable: true, generated: 'always', lazy: true })
  cpvBranches?: number[] | null;

  @Property({ type: 'string[]', nullable: true, generated: 'always', lazy: true })
  nutsBranches?: string[] | null;

  @Property({ type: 'number[]', nullable: true, generated: 'always', lazy: true })
  cpvBranchesOfMany?: number[] | null;

  @Property({ type: 'string[]', nullable: true, generated: 'always', lazy: true })
  nutsBranchesOfMany?: string[] | null;

  @Property({ type: oere(), nullable: true })
  estimatedValueAmount: number | null;

  @Property({ type: 'text', nullable: true })
  estimatedValueCurrency: string | null;

  @Reads('estimatedValueAmount', 'estimatedValueCurrency')
  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Estimated value without VAT (anslått verdi, BT-27).',
  })
  get estimatedValue(): Money | null {
    return money(this.estimatedValueAmount, this.estimatedValueCurrency);
  }

  @Field(() => Date, { description: 'When its first notice was sent for publication (BT-05).' })
  @Property({ type: 'Date', columnType: 'timestamptz' })
  publishedAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'Deadline for tenders, or else for requests to participate (tilbudsfrist, BT-131/BT-1311); the earliest of the lots’. A deadline published without a time is the end of that day in Oslo.',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  deadline: Date | null;

  /** The deadline, or the end of time: what the database orders by. */
  @Property({ type: 'Date', columnType: 'timestamptz', generated: 'always' })
  deadlineSort?: Date;

  /** The same while it is announced: what the database decides by whether it is open. */
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true, generated: 'always', lazy: true })
  openUntil?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Last moment for questions (frist for spørsmål, BT-13).',
  })
  @Property({ type: 'Date', columnType: 'timestamptz', nullable: true })
  questionsDeadline: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Legal basis (rettslig grunnlag, BT-01), such as 32014L0024.',
  })
  @Property({ type: 'text', nullable: true })
  legalBasis: string | null;
}

export const TenderConnection = connectionType(Tender, 'competitions');
