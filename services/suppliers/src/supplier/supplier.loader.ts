import type { RequestContext } from '@samspill/subgraph';
import { Supplier } from './supplier.js';

export function supplierById(context: RequestContext, id: string): Promise<Supplier | null> {
  return context.batched('supplier', id, async (ids) => {
    const found = await context.em.find(Supplier, { id: { $in: [...ids] } });
    return new Map(found.map((supplier) => [supplier.id, supplier]));
  });
}

export function supplierByNumber(
  context: RequestContext,
  organisationNumber: string,
): Promise<Supplier | null> {
  return context.batched('supplier-by-number', organisationNumber, async (numbers) => {
    const found = await context.em.find(Supplier, { organisationNumber: { $in: [...numbers] } });
    return new Map(found.map((supplier) => [supplier.organisationNumber as string, supplier]));
  });
}
