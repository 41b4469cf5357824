import type { Ref } from '@mikro-orm/core';
import { Entity, ManyToOne, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { connectionType, DateScalar, MoneyScalar, Reads } from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { money, oere } from '../money-columns.js';
import { Lot } from '../tender/lot.js';
import { Tender } from '../tender/tender.js';

@ObjectType({ simpleResolvers: true, description: 'That somebody won a lot of a competition (tildeling).' })
@Entity({ tableName: 'award' })
export class Award {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Tender, { ref: true })
  tender: Ref<Tender>;

  @ManyToOne(() => Lot, { ref: true, nullable: true })
  lot: Ref<Lot> | null;

  @Property({ type: 'int' })
  position: number;

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

  @Reads('valueAmount', 'valueCurrency')
  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Value of the winning tender without VAT (BT-720).',
  })
  get value(): Money | null {
    return money(this.valueAmount, this.valueCurrency);
  }

  @Field(() => Int, { nullable: true, description: 'Rank of the tender, where several win (BT-171).' })
  @Property({ type: 'int', nullable: true })
  rank: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'When the winner was chosen (tildelingsdato, BT-1451).',
  })
  @Property({ type: 'date', nullable: true })
  decidedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'When the contract was signed (BT-145).' })
  @Property({ type: 'date', nullable: true })
  concludedOn: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether subcontractors (underleverandører) do part of it (BT-773).',
  })
  @Property({ type: 'boolean', nullable: true })
  subcontracted: boolean | null;
}

export const AwardConnection = connectionType(Award, 'awards');

/** Values are the codes of eForms code list `winner-selection-status` (BT-142). */
export enum LotResultStatus {
  WINNER_CHOSEN = 'selec-w',
  CLOSED_WITHOUT_WINNER = 'clos-nw',
  STILL_OPEN = 'open-nw',
}

registerEnumType(LotResultStatus, {
  name: 'LotResultStatus',
  description: 'How the competition for a lot ended (eForms code list winner-selection-status, BT-142).',
  valuesConfig: {
    WINNER_CHOSEN: { description: 'selec-w: at least one winner was chosen.' },
    CLOSED_WITHOUT_WINNER: { description: 'clos-nw: no winner was chosen, and the competition is closed.' },
    STILL_OPEN: { description: 'open-nw: no winner has been chosen yet; the competition goes on.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How the competition for one lot ended (resultat).' })
@Entity({ tableName: 'lot_result' })
export class LotResult {
  @Field(() => ID, { description: 'Stable identifier.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @ManyToOne(() => Tender, { ref: true })
  tender: Ref<Tender>;

  @ManyToOne(() => Lot, { ref: true, nullable: true })
  lot: Ref<Lot> | null;

  @Property({ type: 'int' })
  position: number;

  @Field(() => LotResultStatus, {
    nullable: true,
    description: 'Whether there is a winner; null where the notice does not say.',
  })
  @Property({ type: 'text', nullable: true })
  status: LotResultStatus | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no winner: code of the eForms code list non-award-justification (BT-144).',
  })
  @Property({ type: 'text', nullable: true })
  notAwardedReason: string | null;

  @Field(() => Int, { nullable: true, description: 'How many tenders were received (BT-759, type tenders).' })
  @Property({ type: 'int', nullable: true })
  tendersReceived: number | null;
}
