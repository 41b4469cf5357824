import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { askedCpvBranch, DateTimeScalar, matchesText } from '@samspill/subgraph';
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
    description: 'One of these statuses now. Drafts are never shown, so DRAFT alone finds nothing.',
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
    column: 'announced_at',
    direction: 'desc',
  },
  ANNOUNCED_ASC: { name: 'ANNOUNCED_ASC', property: 'announcedAt', column: 'announced_at', direction: 'asc' },
  CLOSES_ASC: { name: 'CLOSES_ASC', property: 'closesAt', column: 'closes_at', direction: 'asc' },
  CLOSES_DESC: { name: 'CLOSES_DESC', property: 'closesAt', column: 'closes_at', direction: 'desc' },
};

/** What the public may see. Part of every query for dialogues. */
export const announced: FilterQuery<MarketDialogue> = { announcedAt: { $ne: null } };

export function marketDialoguesMatching(
  filter: MarketDialogueFilter | null | undefined,
  now: Date,
): FilterQuery<MarketDialogue>[] {
  const where: FilterQuery<MarketDialogue>[] = [announced];
  if (!filter) return where;
  where.push(...matchesText<MarketDialogue>(filter.text));
  if (filter.status) where.push({ $or: filter.status.map((status) => dialoguesWithStatus(status, now)) });
  if (typeof filter.cpv === 'string')
    where.push({ cpvBranches: { $contains: [askedCpvBranch(filter.cpv)] } });
  if (filter.closesAfter) where.push({ closesAt: { $gte: filter.closesAfter } });
  if (filter.closesBefore) where.push({ closesAt: { $lt: filter.closesBefore } });
  if (filter.announcedAfter) where.push({ announcedAt: { $gte: filter.announcedAfter } });
  if (filter.announcedBefore) where.push({ announcedAt: { $lt: filter.announcedBefore } });
  if (filter.kind) where.push({ kind: { $in: filter.kind } });
  return where;
}

/** `marketDialogueStatus` as a condition for the database. */
export function dialoguesWithStatus(status: MarketDialogueStatus, now: Date): FilterQuery<MarketDialogue> {
  const running: FilterQuery<MarketDialogue>[] = [
    announced,
    { summarisedAt: null },
    { $or: [{ closesAt: null }, { closesAt: { $gt: now } }] },
  ];
  switch (status) {
    case MarketDialogueStatus.DRAFT:
      return { announcedAt: null };
    case MarketDialogueStatus.ANNOUNCED:
      return { $and: [...running, { $or: [{ opensAt: null }, { opensAt: { $gt: now } }] }] };
    case MarketDialogueStatus.OPEN:
      return { $and: [...running, { opensAt: { $lte: now } }] };
    case MarketDialogueStatus.CLOSED:
      return { $and: [announced, { summarisedAt: null }, { closesAt: { $lte: now } }] };
    case MarketDialogueStatus.SUMMARISED:
      return { $and: [announced, { summarisedAt: { $ne: null } }] };
  }
}
