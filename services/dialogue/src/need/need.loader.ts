import type { RequestContext } from '@samspill/subgraph';
import { notADraft } from './need.filter.js';
import { Need } from './need.js';

export function needById(context: RequestContext, id: string): Promise<Need | null> {
  return context.batched('need', id, async (ids) => {
    const found = await context.em.find(Need, { $and: [{ id: { $in: [...ids] } }, notADraft] });
    return new Map(found.map((need) => [need.id, need]));
  });
}

/** The needs of a procurement, the most recently published first. */
export async function needsOfProcurement(context: RequestContext, procurementId: string): Promise<Need[]> {
  const needs = await context.batched('needs-of-procurement', procurementId, async (ids) => {
    const found = await context.em.find(
      Need,
      { $and: [{ procurementId: { $in: [...ids] } }, notADraft] },
      { orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }] },
    );
    return Map.groupBy(found, (need) => need.procurementId);
  });
  return needs ?? [];
}
