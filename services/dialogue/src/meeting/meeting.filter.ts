import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import { type RequestContext, Role } from '@samspill/subgraph';

interface OfBothSides {
  organisationNumber: string;
  municipalityNumber: string;
}

/**
 * What concerns one supplier and the municipality is shown to those two. Part of every query that may find such
 * rows. Row-level security says the same; where a test leaves it to that, this says nothing.
 */
export function visibleToBothSides<T extends OfBothSides>(context: RequestContext): FilterQuery<T>[] {
  const members = context.actor.memberships.flatMap(({ numbers }) => numbers);
  return visible(context, members);
}

/** And of the municipality only to those who lead dialogues. */
export function visibleToOfficers<T extends OfBothSides>(context: RequestContext): FilterQuery<T>[] {
  const officers = context.actor.memberships.filter(({ roles }) => roles.includes(Role.PROCUREMENT_OFFICER));
  return visible(
    context,
    officers.flatMap(({ numbers }) => numbers),
  );
}

function visible<T extends OfBothSides>(
  { actor, isPermissionChecked }: RequestContext,
  municipalities: readonly string[],
): FilterQuery<T>[] {
  if (!isPermissionChecked) return [];
  const organisations = actor.organisations.filter((each) => actor.represents(each));
  return [
    {
      $or: [
        { organisationNumber: { $in: organisations } },
        { municipalityNumber: { $in: [...municipalities] } },
      ],
    } as FilterQuery<T>,
  ];
}

export const requestOrder: KeysetOrder = {
  name: 'REQUESTED_ASC',
  property: 'requestedAt',
  direction: 'asc',
};

export const meetingOrder: KeysetOrder = {
  name: 'STARTS_ASC',
  property: 'startsAt',
  direction: 'asc',
};
