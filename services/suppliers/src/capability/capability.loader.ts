import type { FilterQuery } from '@mikro-orm/core';
import type { RequestContext } from '@samspill/subgraph';
import { Capability } from './capability.js';

/**
 * A draft is for the people of the supplier alone. Part of every query for capabilities. Row-level security
 * says the same; where a test leaves it to that, this says nothing.
 */
export function visibleCapabilities(context: RequestContext): FilterQuery<Capability>[] {
  if (!context.isPermissionChecked) return [];
  const isPublished = { publishedAt: { $ne: null } };
  const own = context.actor.organisations.filter((number) => context.actor.represents(number));
  return [own.length === 0 ? isPublished : { $or: [isPublished, { organisationNumber: { $in: own } }] }];
}

/** What a supplier says it can deliver, as far as the actor may see it, in the order of the CPV codes. */
export async function capabilitiesOf(context: RequestContext, supplierId: string): Promise<Capability[]> {
  const capabilities = await context.batched('capabilities', supplierId, async (ids) => {
    const found = await context.find(
      Capability,
      { $and: [{ supplier: { $in: [...ids] } }, ...visibleCapabilities(context)] },
      { orderBy: [{ cpv: 'asc' }, { id: 'asc' }] },
    );
    return Map.groupBy(found, (capability) => capability.supplier.id);
  });
  return capabilities ?? [];
}
