import type { RequestContext } from '@samspill/subgraph';
import { Supplier } from './supplier.js';

export function supplierById(context: RequestContext, id: string): Promise<Supplier | null> {
  return context.batched('supplier', id, async (ids) => {
    const found = await context.find(Supplier, { id: { $in: [...ids] } }, { own: [] });
    return new Map(found.map((supplier) => [supplier.id, supplier]));
  });
}

export function supplierByNumber(
  context: RequestContext,
  organisationNumber: string,
): Promise<Supplier | null> {
  return context.batched('supplier-by-number', organisationNumber, async (numbers) => {
    const found = await context.find(
      Supplier,
      { organisationNumber: { $in: [...numbers] } },
      { own: ['organisationNumber'] },
    );
    return new Map(found.map((supplier) => [supplier.organisationNumber as string, supplier]));
  });
}
