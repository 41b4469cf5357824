import { CpvCodeScalar, MoneyScalar } from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'A remark on the quality of a notice: a value that was wrong or unusual, and how it was read. The raw value is kept.',
})
export class DataQualityRemark {
  @Field(() => String, { description: 'Stable code, such as IDENTIFIER_NORMALISED.' })
  code: string;

  @Field(() => String, { description: 'Which field: number of the business term, such as BT-501.' })
  field: string;

  @Field(() => String, { nullable: true, description: 'The value as published.' })
  raw: string | null;

  @Field(() => String, { description: 'What was wrong and how it was read, in the reader’s language.' })
  message: string;
}

@ObjectType({
  description: 'A lot as this notice describes it. The competition as it now stands is in tender.',
})
export class NoticeLot {
  @Field(() => String, { description: 'Its number, such as LOT-0001.' })
  number: string;

  @Field(() => String, { nullable: true, description: 'What it is, in one line.' })
  title: string | null;

  @Field(() => CpvCodeScalar, { nullable: true, description: 'Main CPV code.' })
  cpv: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Estimated value without VAT.' })
  estimatedValue: Money | null;

  @Field(() => Date, { nullable: true, description: 'Deadline for tenders or requests to participate.' })
  deadline: Date | null;
}

@ObjectType({ description: 'A winner as this notice names it.' })
export class NoticeWinner {
  @Field(() => ID, { description: 'The supplier’s id in the graph; ask supplier or awards for more.' })
  supplierId: string;

  @Field(() => String, { description: 'The name as published.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'The identifier exactly as published, which may not be a valid number.',
  })
  rawIdentifier: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Value of the winning tender.' })
  value: Money | null;
}

@ObjectType({ description: 'The result for one lot as this notice gives it.' })
export class NoticeResult {
  @Field(() => String, {
    nullable: true,
    description: 'Number of the lot; null where the notice does not say.',
  })
  lotNumber: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the eForms code list winner-selection-status: selec-w, clos-nw or open-nw.',
  })
  status: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no winner: code of the eForms code list non-award-justification.',
  })
  notAwardedReason: string | null;

  @Field(() => Int, { nullable: true, description: 'How many tenders were received.' })
  tendersReceived: number | null;

  @Field(() => [NoticeWinner], { description: 'Who won.' })
  winners: NoticeWinner[];
}

@ObjectType({ description: 'Whom to ask about a notice: a function at the buyer, as published.' })
export class NoticeContact {
  @Field(() => String, { nullable: true, description: 'Name of the contact point.' })
  name: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone number.' })
  telephone: string | null;
}
