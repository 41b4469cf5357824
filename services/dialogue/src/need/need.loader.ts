import type { FilterQuery } from '@mikro-orm/core';
import type { RequestContext } from '@samspill/subgraph';
import { notADraft, visibleNeeds } from './need.filter.js';
import { Need } from './need.js';

export function needById(context: RequestContext, id: string): Promise<Need | null> {
  return context.batched('need', id, async (ids) => {
    const found = await context.find(Need, {
      $and: [{ id: { $in: [...ids] } }, ...visibleNeeds(context)],
    });
    return new Map(found.map((need) => [need.id, need]));
  });
}

/** The needs of a procurement that the actor may see: the most recently published first, drafts last. */
export function needsOfProcurement(context: RequestContext, procurementId: string): Promise<Need[]> {
  // Whoever has no drafts to see is answered together with those who ask for what is published.
  if (context.actor.memberships.length === 0) return publishedNeedsOf(context, procurementId);
  return loadOfProcurement(context, 'needs-of-procurement', procurementId, visibleNeeds(context));
}

/** The need that a procurement is known by. A draft is not loaded for this, so that nobody is said to have read it. */
export async function latestNeedOf(context: RequestContext, procurementId: string): Promise<Need | null> {
  const [latest] = await publishedNeedsOf(context, procurementId);
  return latest ?? null;
}

function publishedNeedsOf(context: RequestContext, procurementId: string): Promise<Need[]> {
  return loadOfProcurement(context, 'published-needs-of-procurement', procurementId, [notADraft]);
}

async function loadOfProcurement(
  context: RequestContext,
  loader: string,
  procurementId: string,
  which: readonly FilterQuery<Need>[],
): Promise<Need[]> {
  const needs = await context.batched(loader, procurementId, async (ids) => {
    const found = await context.find(
      Need,
      { $and: [{ procurementId: { $in: [...ids] } }, ...which] },
      { orderBy: [{ publishedAt: 'desc nulls last' }, { id: 'desc' }] },
    );
    return Map.groupBy(found, (need) => need.procurementId);
  });
  return needs ?? [];
}
