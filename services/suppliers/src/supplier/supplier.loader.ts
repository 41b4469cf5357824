import type { RequestContext } from '@samspill/subgraph';
import { Capability } from './capability.js';
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

export async function capabilitiesOf(context: RequestContext, supplierId: string): Promise<Capability[]> {
  const capabilities = await context.batched('capabilities', supplierId, async (ids) => {
    const found = await context.em.find(
      Capability,
      { supplier: { $in: [...ids] } },
      { orderBy: { cpv: 'asc' } },
    );
    return Map.groupBy(found, (capability) => capability.supplier.id);
  });
  return capabilities ?? [];
}
