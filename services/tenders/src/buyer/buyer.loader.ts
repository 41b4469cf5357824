import type { RequestContext } from '@samspill/subgraph';
import { Buyer } from './buyer.js';

export function buyerById(context: RequestContext, id: string): Promise<Buyer | null> {
  return context.batched('buyer', id, async (ids) => {
    const found = await context.find(Buyer, { id: { $in: [...ids] } }, { own: [] });
    return new Map(found.map((buyer) => [buyer.id, buyer]));
  });
}

export async function buyersById(context: RequestContext, ids: readonly string[]): Promise<Buyer[]> {
  const buyers = await Promise.all(ids.map((id) => buyerById(context, id)));
  return buyers.filter((buyer) => buyer !== null);
}

export function buyerByNumber(context: RequestContext, organisationNumber: string): Promise<Buyer | null> {
  return context.batched('buyer-by-number', organisationNumber, async (numbers) => {
    const found = await context.find(
      Buyer,
      { organisationNumber: { $in: [...numbers] } },
      { own: ['organisationNumber'] },
    );
    return new Map(found.map((buyer) => [buyer.organisationNumber as string, buyer]));
  });
}
