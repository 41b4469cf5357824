import type { RequestContext } from '@samspill/subgraph';
import { Contract } from '../contract/contract.js';
import { Tender } from '../tender/tender.js';
import { Procurement, ProcurementKey } from './procurement.js';

/** The procurement with this id, or the one that it has become part of. */
export async function procurementById(context: RequestContext, id: string): Promise<Procurement | null> {
  const own = await context.em.findOne(Procurement, { id });
  if (own) return own;
  const moved = await context.em.findOne(ProcurementKey, { key: `id:${id}` });
  return moved ? context.em.findOne(Procurement, { id: moved.procurementId }) : null;
}

export async function contractsOfProcurement(context: RequestContext, id: string): Promise<Contract[]> {
  const contracts = await context.batched('Procurement.contracts', id, async (ids) => {
    const tenders = await context.find(
      Tender,
      { procurementId: { $in: [...ids] } },
      { own: ['procurementId'] },
    );
    const procurementOf = new Map(tenders.map((tender) => [tender.id, tender.procurementId]));
    const found = await context.find(
      Contract,
      { tender: { $in: [...procurementOf.keys()] } },
      { orderBy: { tender: 'asc', position: 'asc' } },
    );
    return Map.groupBy(found, (contract) => procurementOf.get(contract.tender.id) as string);
  });
  return contracts ?? [];
}
