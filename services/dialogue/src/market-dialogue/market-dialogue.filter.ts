import { type FilterQuery, raw } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { askedCpvBranch, DateTimeScalar, matchesText, type RequestContext } from '@samspill/subgraph';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { InvitationKind, type MarketDialogue } from './market-dialogue.js';
import { MarketDialogueStatus } from './market-dialogue.status.js';

@InputType({ description: 'Which market dialogues (markedsdialoger). Everything given must fit.' })
export class MarketDialogueFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title or the description, in any inflection (Norwegian full-text search); "quotes" and -minus work.',
  })
  text?: string;

  @Field(() => [MarketDialogueStatus], {
    nullable: true,
    description:
      'One of these statuses now. Drafts come only to those who name DRAFT, and only those of a municipality that they are officers of. Without this: all that is announced.',
  })
  status?: MarketDialogueStatus[];

  @Field(() => String, {
    nullable: true,
    description: 'CPV code or the beginning of one, of any of its codes: 48 or 48000000 for all software.',
  })
  cpv?: string;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The deadline for answers is at this time or later.',
  })
  closesAfter?: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The deadline for answers is before this time.',
  })
  closesBefore?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Announced at this time or later.' })
  announcedAfter?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Announced before this time.' })
  announcedBefore?: Date;

  @Field(() => [InvitationKind], {
    nullable: true,
    description: 'Invited to by one of these kinds of notice.',
  })
  kind?: InvitationKind[];
}

export enum MarketDialogueOrder {
  ANNOUNCED_DESC = 'ANNOUNCED_DESC',
  ANNOUNCED_ASC = 'ANNOUNCED_ASC',
  CLOSES_ASC = 'CLOSES_ASC',
  CLOSES_DESC = 'CLOSES_DESC',
}

registerEnumType(MarketDialogueOrder, {
  name: 'MarketDialogueOrder',
  description: 'In which order market dialogues (markedsdialoger) come.',
  valuesConfig: {
    ANNOUNCED_DESC: { description: 'Most recently announced first.' },
    ANNOUNCED_ASC: { description: 'First announced first.' },
    CLOSES_ASC: { description: 'Earliest deadline first; those without one last.' },
    CLOSES_DESC: { description: 'Latest deadline first; those without one last.' },
  },
});

export const marketDialogueOrders: Record<MarketDialogueOrder, KeysetOrder> = {
  ANNOUNCED_DESC: {
    name: 'ANNOUNCED_DESC',
    property: 'announcedAt',
    direction: 'desc',
  },
  ANNOUNCED_ASC: { name: 'ANNOUNCED_ASC', property: 'announcedAt', direction: 'asc' },
  CLOSES_ASC: { name: 'CLOSES_ASC', property: 'closesAt', direction: 'asc' },
  CLOSES_DESC: { name: 'CLOSES_DESC', property: 'closesAt', direction: 'desc' },
};

/** What the public may see, and what a list gives when nobody asks for drafts. */
export const announced: FilterQuery<MarketDialogue> = { announcedAt: { $ne: null } };

/**
 * Drafts are for officers of the municipality whose they are, whatever their role. Part of every query that may find
 * one. Row-level security says the same; where a test leaves it to that, this says nothing.
 */
export function visibleDialogues({
  actor,
  isPermissionChecked,
}: RequestContext): FilterQuery<MarketDialogue>[] {
  if (!isPermissionChecked) return [];
  const numbers = actor.memberships.flatMap((membership) => membership.numbers);
  if (numbers.length === 0) return [announced];
  return [{ $or: [announced, { municipalityNumber: { $in: numbers } }] }];
}

export function marketDialoguesMatching(
  filter: MarketDialogueFilter | null | undefined,
  context: RequestContext,
): FilterQuery<MarketDialogue>[] {
  if (!filter) return [announced];
  const now = context.clock.now();
  const where = filter.status ? visibleDialogues(context) : [announced];
  where.push(...matchesText<MarketDialogue>(filter.text, 'dialogue.dialogues_with_words'));
  if (filter.status) where.push({ $or: filter.status.map((status) => dialoguesWithStatus(status, now)) });
  if (typeof filter.cpv === 'string') where.push(hasCpv(askedCpvBranch(filter.cpv)));
  if (filter.closesAfter) where.push({ closesAt: { $gte: filter.closesAfter } });
  if (filter.closesBefore) where.push({ closesAt: { $lt: filter.closesBefore } });
  if (filter.announcedAfter) where.push({ announcedAt: { $gte: filter.announcedAfter } });
  if (filter.announcedBefore) where.push({ announcedAt: { $lt: filter.announcedBefore } });
  if (filter.kind) where.push({ kind: { $in: filter.kind } });
  return where;
}

/** By a function of the database, as the policy keeps the index from being used: see `matchesText`. */
const hasCpv = (branch: string): FilterQuery<MarketDialogue> =>
  ({ [raw('id in (select dialogue.dialogues_with_cpv(?))', [branch])]: [] }) as never;

/** `marketDialogueStatus` as a condition for the database. */
export function dialoguesWithStatus(status: MarketDialogueStatus, now: Date): FilterQuery<MarketDialogue> {
  const running: FilterQuery<MarketDialogue>[] = [
    announced,
    { summarisedAt: null },
    { runsUntil: { $gt: now } },
  ];
  switch (status) {
    case MarketDialogueStatus.DRAFT:
      return { announcedAt: null };
    case MarketDialogueStatus.ANNOUNCED:
      return { $and: [...running, { $or: [{ opensAt: null }, { opensAt: { $gt: now } }] }] };
    case MarketDialogueStatus.OPEN:
      return { $and: [...running, { opensAt: { $lte: now } }] };
    case MarketDialogueStatus.CLOSED:
      return {
        $and: [announced, { summarisedAt: null }, { runsUntil: { $lte: now } }],
      };
    case MarketDialogueStatus.SUMMARISED:
      return { $and: [announced, { summarisedAt: { $ne: null } }] };
  }
}
