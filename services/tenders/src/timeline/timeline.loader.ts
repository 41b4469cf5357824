import type { RequestContext, TimelineFact } from '@samspill/subgraph';
import { Notice } from '../notice/notice.js';
import { contractsOfProcurement } from '../procurement/procurement.loader.js';
import { Tender } from '../tender/tender.js';
import { tendersTimeline } from './timeline-of.js';

export async function tendersTimelineOf(
  context: RequestContext,
  procurementId: string,
): Promise<TimelineFact[]> {
  const load = <T extends Notice | Tender>(entity: new () => T) =>
    context.batched<T[]>(`timeline.${entity.name}`, procurementId, async (ids) => {
      const found = (await context.find(entity, { procurementId: { $in: [...ids] } } as never)) as T[];
      return Map.groupBy(found, (each) => each.procurementId);
    });
  const [notices, tenders, contracts] = await Promise.all([
    load(Notice),
    load(Tender),
    contractsOfProcurement(context, procurementId),
  ]);
  return tendersTimeline(
    notices ?? [],
    tenders ?? [],
    contracts.map(({ title, signedOn, tender }) => ({ title, signedOn, tenderId: tender.id })),
  );
}
