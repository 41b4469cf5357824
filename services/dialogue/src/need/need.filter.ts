import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { MunicipalityNumberScalar, matchesText, type RequestContext } from '@samspill/subgraph';
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
    description:
      'One of these statuses. Drafts come only to those who name DRAFT, and only those of a municipality that they are officers of. Without this: all that is published.',
  })
  status?: NeedStatus[];

  @Field(() => [MunicipalityNumberScalar], {
    nullable: true,
    description:
      'The need of one of these municipalities (kommuner), by their numbers. What a municipality has left behind that is part of another now is found by `Municipality.needs`.',
  })
  municipality?: string[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether other municipalities have joined it because they have the same (felles behov): true for those, false for the others.',
  })
  joined?: boolean;
}

export enum NeedOrder {
  PUBLISHED_DESC = 'PUBLISHED_DESC',
  PUBLISHED_ASC = 'PUBLISHED_ASC',
  JOINED_DESC = 'JOINED_DESC',
  FOLLOWERS_DESC = 'FOLLOWERS_DESC',
}

registerEnumType(NeedOrder, {
  name: 'NeedOrder',
  description: 'In which order needs (behov) come.',
  valuesConfig: {
    PUBLISHED_DESC: { description: 'Most recently published first.' },
    PUBLISHED_ASC: { description: 'First published first.' },
    JOINED_DESC: { description: 'Those that most municipalities have joined first.' },
    FOLLOWERS_DESC: { description: 'Those with most followers first.' },
  },
});

export const needOrders: Record<NeedOrder, KeysetOrder> = {
  PUBLISHED_DESC: {
    name: 'PUBLISHED_DESC',
    property: 'publishedAt',
    direction: 'desc',
  },
  PUBLISHED_ASC: { name: 'PUBLISHED_ASC', property: 'publishedAt', direction: 'asc' },
  JOINED_DESC: { name: 'JOINED_DESC', property: 'joined', direction: 'desc' },
  FOLLOWERS_DESC: { name: 'FOLLOWERS_DESC', property: 'followers', direction: 'desc' },
};

/** What the public may see, and what a list gives when nobody asks for drafts. */
export const notADraft: FilterQuery<Need> = { status: { $ne: NeedStatus.DRAFT } };

/**
 * Drafts are for officers of the municipality whose they are, whatever their role. Part of every query that
 * may find one. Row-level security says the same; where a test leaves it to that, this says nothing.
 */
export function visibleNeeds({ actor, isPermissionChecked }: RequestContext): FilterQuery<Need>[] {
  if (!isPermissionChecked) return [];
  const numbers = actor.memberships.flatMap((membership) => membership.numbers);
  if (numbers.length === 0) return [notADraft];
  return [{ $or: [notADraft, { municipalityNumber: { $in: numbers } }] }];
}

export function needsMatching(
  filter: NeedFilter | null | undefined,
  context: RequestContext,
): FilterQuery<Need>[] {
  const where = matchesText<Need>(filter?.text, 'dialogue.needs_with_words');
  if (filter?.municipality) where.push({ municipalityNumber: { $in: filter.municipality } });
  // Null is what a client sends that leaves the choice open.
  if (typeof filter?.joined === 'boolean') where.push({ joined: filter.joined ? { $gt: 0 } : 0 });
  if (!filter?.status) return [notADraft, ...where];
  return [...visibleNeeds(context), ...where, { status: { $in: filter.status } }];
}
