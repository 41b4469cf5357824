import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { matchesText } from '@samspill/subgraph';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { type Need, NeedStatus } from './need.js';

@InputType({ description: 'Which needs (behov). Everything given must fit.' })
export class NeedFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title, the wanted effect or the users, in any inflection (Norwegian full-text search); "quotes" and -minus work.',
  })
  text?: string;

  @Field(() => [NeedStatus], {
    nullable: true,
    description: 'One of these statuses. Drafts are never shown, so DRAFT alone finds nothing.',
  })
  status?: NeedStatus[];
}

export enum NeedOrder {
  PUBLISHED_DESC = 'PUBLISHED_DESC',
  PUBLISHED_ASC = 'PUBLISHED_ASC',
}

registerEnumType(NeedOrder, {
  name: 'NeedOrder',
  description: 'In which order needs (behov) come.',
  valuesConfig: {
    PUBLISHED_DESC: { description: 'Most recently published first.' },
    PUBLISHED_ASC: { description: 'First published first.' },
  },
});

export const needOrders: Record<NeedOrder, KeysetOrder> = {
  PUBLISHED_DESC: {
    name: 'PUBLISHED_DESC',
    property: 'publishedAt',
    column: 'published_at',
    direction: 'desc',
  },
  PUBLISHED_ASC: { name: 'PUBLISHED_ASC', property: 'publishedAt', column: 'published_at', direction: 'asc' },
};

/** What the public may see. Part of every query for needs. */
export const notADraft: FilterQuery<Need> = { status: { $ne: NeedStatus.DRAFT } };

export function needsMatching(filter: NeedFilter | null | undefined): FilterQuery<Need>[] {
  const where: FilterQuery<Need>[] = [notADraft];
  where.push(...matchesText<Need>(filter?.text));
  if (filter?.status) where.push({ status: { $in: filter.status } });
  return where;
}
