import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import {
  askedCpvBranch,
  MoneyScalar,
  MunicipalityNumberScalar,
  matchesText,
  NutsCodeScalar,
  OrganisationNumberScalar,
} from '@samspill/subgraph';
import type { Money } from '@samspill/values';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { ProcedureType, TenderStatus } from './codes.js';
import type { Tender } from './tender.js';
import { hasStatusAt } from './tender-status.js';

@InputType({
  description: 'Which competitions. Everything given must fit; of several values in a list, one.',
})
export class TenderFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of title or description, in any inflection (Norwegian full-text search); "quotes", or and -minus work.',
  })
  text?: string;

  @Field(() => [TenderStatus], { nullable: true, description: 'One of these states, at this moment.' })
  status?: TenderStatus[];

  @Field(() => String, {
    nullable: true,
    description:
      'CPV code or the beginning of one, of the competition or a lot: 45 or 45000000 for all construction work.',
  })
  cpv?: string;

  @Field(() => MunicipalityNumberScalar, {
    nullable: true,
    description:
      'Of this municipality, and of those that have become part of it: 3118 finds what Askim (0124) bought in 2017.',
  })
  municipality?: string;

  @Field(() => NutsCodeScalar, {
    nullable: true,
    description: 'To be delivered in this region: NO08 finds NO082 and NO083.',
  })
  nuts?: string;

  @Field(() => OrganisationNumberScalar, {
    nullable: true,
    description: 'Of the buyer with this organisation number.',
  })
  buyer?: string;

  @Field(() => [ProcedureType], { nullable: true, description: 'By one of these procedures.' })
  procedure?: ProcedureType[];

  @Field(() => Date, { nullable: true, description: 'Deadline at or after this.' })
  deadlineAfter?: Date;

  @Field(() => Date, { nullable: true, description: 'Deadline before this.' })
  deadlineBefore?: Date;

  @Field(() => Date, { nullable: true, description: 'First published at or after this.' })
  publishedAfter?: Date;

  @Field(() => Date, { nullable: true, description: 'First published before this.' })
  publishedBefore?: Date;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Estimated value at least this, in the same currency.',
  })
  valueMin?: Money;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Estimated value at most this, in the same currency.',
  })
  valueMax?: Money;
}

export enum TenderOrder {
  PUBLISHED_DESC = 'PUBLISHED_DESC',
  PUBLISHED_ASC = 'PUBLISHED_ASC',
  DEADLINE_ASC = 'DEADLINE_ASC',
  DEADLINE_DESC = 'DEADLINE_DESC',
  VALUE_DESC = 'VALUE_DESC',
  VALUE_ASC = 'VALUE_ASC',
  TITLE_ASC = 'TITLE_ASC',
}

registerEnumType(TenderOrder, {
  name: 'TenderOrder',
  description: 'In which order competitions come. Those without a value in that field come last.',
  valuesConfig: {
    PUBLISHED_DESC: { description: 'The newest first.' },
    PUBLISHED_ASC: { description: 'The oldest first.' },
    DEADLINE_ASC: { description: 'The earliest deadline first.' },
    DEADLINE_DESC: { description: 'The latest deadline first.' },
    VALUE_DESC: { description: 'The largest estimated value first.' },
    VALUE_ASC: { description: 'The smallest estimated value first.' },
    TITLE_ASC: { description: 'By title, from A.' },
  },
});

const by = (name: TenderOrder, property: string, alsoIndexed: readonly string[] = []): KeysetOrder => ({
  name,
  property,
  direction: name.endsWith('_ASC') ? 'asc' : 'desc',
  alsoIndexed,
});

const BRANCHES = ['cpvBranches', 'nutsBranches'];

export const tenderOrders: Record<TenderOrder, KeysetOrder> = {
  PUBLISHED_DESC: by(TenderOrder.PUBLISHED_DESC, 'publishedAt', BRANCHES),
  PUBLISHED_ASC: by(TenderOrder.PUBLISHED_ASC, 'publishedAt', BRANCHES),
  DEADLINE_ASC: by(TenderOrder.DEADLINE_ASC, 'deadlineSort'),
  DEADLINE_DESC: by(TenderOrder.DEADLINE_DESC, 'deadline'),
  VALUE_DESC: by(TenderOrder.VALUE_DESC, 'estimatedValueAmount'),
  VALUE_ASC: by(TenderOrder.VALUE_ASC, 'estimatedValueAmount'),
  TITLE_ASC: by(TenderOrder.TITLE_ASC, 'titleSort'),
};

/**
 * @param orderBy in which order they will come: some filters are asked of what that order has an index on
 * @param numbersOf gives a municipality's number and those of all that became part of it
 */
export function tendersMatching(
  filter: TenderFilter | null | undefined,
  orderBy: TenderOrder,
  now: Date,
  numbersOf: (municipality: string) => string[],
): FilterQuery<Tender>[] {
  if (!filter) return [];
  const where: object[] = [];
  where.push(...matchesText(filter.text));
  if (filter.status) where.push({ $or: filter.status.map((status) => hasStatusAt(status, now)) });
  where.push(...onBranches(filter));
  if (filter.municipality) where.push({ municipalityNumber: { $in: numbersOf(filter.municipality) } });
  if (filter.buyer) where.push({ buyerIds: { $contains: [`NO-BRC-${filter.buyer}`] } });
  if (filter.procedure) where.push({ procedure: { $in: filter.procedure } });
  if (filter.deadlineAfter || filter.deadlineBefore) where.push(deadlineWithin(filter, orderBy));
  if (filter.publishedAfter) where.push({ publishedAt: { $gte: filter.publishedAfter } });
  if (filter.publishedBefore) where.push({ publishedAt: { $lt: filter.publishedBefore } });
  if (filter.valueMin) where.push(ofValue('$gte', filter.valueMin));
  if (filter.valueMax) where.push(ofValue('$lte', filter.valueMax));
  return where as FilterQuery<Tender>[];
}

function onBranches({ cpv, nuts }: TenderFilter): object[] {
  const onCpv = typeof cpv === 'string' ? { $contains: [cpvBranchNumber(askedCpvBranch(cpv))] } : null;
  const onNuts = nuts ? { $contains: [nuts] } : null;
  if (!onCpv && !onNuts) return [];
  const few = { ...(onCpv && { cpvBranches: onCpv }), ...(onNuts && { nutsBranches: onNuts }) };
  const many = {
    cpvBranchesOfMany: onCpv ?? { $ne: null },
    ...(onNuts && { nutsBranchesOfMany: onNuts }),
  };
  return [{ $or: [few, many] }];
}

/** A branch of the CPV tree as `cpvBranches` has it: behind a 1, so that division 03 is another than 3. */
const cpvBranchNumber = (branch: string): number => Number(`1${branch}`);

/** What `deadlineSort` says where there is no deadline. */
const NEVER = new Date('9999-12-31T00:00:00Z');

/**
 * A range of the column that the order has its index on. Of both, which say the same, PostgreSQL would expect the few
 * rows that two unrelated conditions leave, and sort them all instead of reading the first of a range.
 */
function deadlineWithin({ deadlineAfter, deadlineBefore }: TenderFilter, orderBy: TenderOrder): object {
  const from = deadlineAfter && { $gte: deadlineAfter };
  if (orderBy === TenderOrder.DEADLINE_DESC)
    return { deadline: { ...from, ...(deadlineBefore && { $lt: deadlineBefore }) } };
  const end = deadlineBefore && deadlineBefore < NEVER ? deadlineBefore : NEVER;
  return { deadlineSort: { ...from, $lt: end } };
}

function ofValue(operator: '$gte' | '$lte', value: Money): object {
  return { estimatedValueAmount: { [operator]: value.amount }, estimatedValueCurrency: value.currency };
}
