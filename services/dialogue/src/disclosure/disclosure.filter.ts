import type { FilterQuery } from '@mikro-orm/core';
import type { KeysetOrder } from '@samspill/database';
import type { RequestContext } from '@samspill/subgraph';
import type { Disclosure } from './disclosure.js';

/** The ledger is read as it was written. */
export const ledgerOrder: KeysetOrder = {
  name: 'NUMBER_ASC',
  property: 'number',
  direction: 'asc',
};

/**
 * What one supplier alone knows is for that supplier, and for officers of the municipality, whatever their role.
 * Part of every query for disclosures. Row-level security says the same; where a test leaves it to that, this says
 * nothing.
 */
export function visibleDisclosures({
  actor,
  isPermissionChecked,
}: RequestContext): FilterQuery<Disclosure>[] {
  if (!isPermissionChecked) return [];
  const numbers = actor.memberships.flatMap((membership) => membership.numbers);
  const own = actor.organisations.filter((number) => actor.represents(number));
  const published: FilterQuery<Disclosure> = { publishedAt: { $ne: null } };
  if (numbers.length === 0 && own.length === 0) return [published];
  return [
    {
      $or: [published, { municipalityNumber: { $in: numbers } }, { organisationNumber: { $in: own } }],
    },
  ];
}
