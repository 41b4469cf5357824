import { type FilterQuery, raw } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { DateTimeScalar, matchesText, type RequestContext } from '@samspill/subgraph';
import { Field, InputType, registerEnumType } from 'type-graphql';
import { type Event, EventKind } from './event.js';
import { EventStatus } from './event.status.js';

@InputType({ description: 'Which events (arrangementer). Everything given must fit.' })
export class EventFilter {
  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title, the description, the organiser or the place, in any inflection (Norwegian full-text search); "quotes" and -minus work.',
  })
  text?: string;

  @Field(() => [EventKind], { nullable: true, description: 'One of these kinds.' })
  kinds?: EventKind[];

  @Field(() => [EventStatus], {
    nullable: true,
    description:
      'One of these statuses now. Drafts come only to those who name DRAFT, and only those of a municipality that they are officers of. Without this: all that is published.',
  })
  status?: EventStatus[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Begins at this time or later.' })
  startsAfter?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Begins before this time.' })
  startsBefore?: Date;
}

export enum EventOrder {
  STARTS_DESC = 'STARTS_DESC',
  STARTS_ASC = 'STARTS_ASC',
}

registerEnumType(EventOrder, {
  name: 'EventOrder',
  description: 'In which order events (arrangementer) come.',
  valuesConfig: {
    STARTS_DESC: { description: 'The last to begin first: coming events, then earlier ones.' },
    STARTS_ASC: { description: 'The first to begin first.' },
  },
});

export const eventOrders: Record<EventOrder, KeysetOrder> = {
  STARTS_DESC: { name: 'STARTS_DESC', property: 'startsAt', direction: 'desc' },
  STARTS_ASC: { name: 'STARTS_ASC', property: 'startsAt', direction: 'asc' },
};

/** What the public may see, and what a list gives when nobody asks for drafts. */
export const published: FilterQuery<Event> = { publishedAt: { $ne: null } };

/**
 * Drafts are for officers of the municipality whose they are, whatever their role. Part of every query that
 * may find one. Row-level security says the same; where a test leaves it to that, this says nothing.
 */
export function visibleEvents({ actor, isPermissionChecked }: RequestContext): FilterQuery<Event>[] {
  if (!isPermissionChecked) return [];
  const numbers = actor.memberships.flatMap((membership) => membership.numbers);
  if (numbers.length === 0) return [published];
  return [{ $or: [published, { municipalityNumber: { $in: numbers } }] }];
}

export function eventsMatching(
  filter: EventFilter | null | undefined,
  context: RequestContext,
): FilterQuery<Event>[] {
  const now = context.clock.now();
  const where: FilterQuery<Event>[] = filter?.status ? visibleEvents(context) : [published];
  if (!filter) return where;
  where.push(...matchesText<Event>(filter.text, 'events.events_with_words'));
  if (filter.kinds) where.push({ kind: { $in: filter.kinds } });
  if (filter.status) where.push({ $or: filter.status.map((status) => eventsWithStatus(status, now)) });
  if (filter.startsAfter) where.push({ startsAt: { $gte: filter.startsAfter } });
  if (filter.startsBefore) where.push({ startsAt: { $lt: filter.startsBefore } });
  return where;
}

/** `eventStatus` as a condition for the database. */
export function eventsWithStatus(status: EventStatus, now: Date): FilterQuery<Event> {
  const coming: FilterQuery<Event>[] = [published, { cancelledAt: null }, { endsAt: { $gt: now } }];
  const registers: FilterQuery<Event>[] = [
    ...coming,
    { registrationOpensAt: { $lte: now } },
    { startsAt: { $gt: now } },
    { $or: [{ registrationClosesAt: null }, { registrationClosesAt: { $gt: now } }] },
  ];
  switch (status) {
    case EventStatus.DRAFT:
      return { publishedAt: null };
    case EventStatus.PUBLISHED:
      return {
        $and: [
          ...coming,
          {
            $or: [
              { registrationOpensAt: null },
              { registrationOpensAt: { $gt: now } },
              { registrationClosesAt: { $lte: now } },
              { startsAt: { $lte: now } },
            ],
          },
        ],
      };
    case EventStatus.REGISTRATION_OPEN:
      return { $and: [...registers, { $or: [{ capacity: null }, sql('seats_taken < capacity')] }] };
    case EventStatus.FULL:
      return { $and: [...registers, sql('seats_taken >= capacity')] };
    case EventStatus.HELD:
      return { $and: [published, { cancelledAt: null }, { endsAt: { $lte: now } }] };
    case EventStatus.CANCELLED:
      return { $and: [published, { cancelledAt: { $ne: null } }] };
  }
}

const sql = (condition: string): FilterQuery<Event> => ({ [raw(condition)]: [] }) as never;
