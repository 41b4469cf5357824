import type { EntityClass } from '@mikro-orm/core';
import type { RequestContext } from '@samspill/subgraph';
import { Award, LotResult } from '../award/award.js';
import { Contract } from '../contract/contract.js';
import { Criterion, Lot } from './lot.js';
import { Tender } from './tender.js';

export function tenderById(context: RequestContext, id: string): Promise<Tender | null> {
  return context.batched('tender', id, async (ids) => {
    const found = await context.find(Tender, { id: { $in: [...ids] } }, { own: [] });
    return new Map(found.map((tender) => [tender.id, tender]));
  });
}

/** Everything of one kind below a tender, in its order. */
async function partsOf<T extends { tender: { id: string } }>(
  context: RequestContext,
  part: EntityClass<T>,
  tenderId: string,
): Promise<T[]> {
  const parts = await context.batched(`Tender.${part.name}`, tenderId, async (ids) => {
    const found = await context.find(part, { tender: { $in: [...ids] } } as never, {
      orderBy: { position: 'asc' },
      own: ['tender'],
    });
    return Map.groupBy(found as T[], (each) => each.tender.id);
  });
  return parts ?? [];
}

export const lotsOf = (context: RequestContext, tenderId: string) => partsOf(context, Lot, tenderId);
export const awardsOf = (context: RequestContext, tenderId: string) => partsOf(context, Award, tenderId);
export const resultsOf = (context: RequestContext, tenderId: string) => partsOf(context, LotResult, tenderId);

export const contractsOf = (context: RequestContext, tenderId: string) =>
  partsOf(context, Contract, tenderId);

export async function criteriaOf(context: RequestContext, lotId: string): Promise<Criterion[]> {
  const criteria = await context.batched('Lot.criteria', lotId, async (ids) => {
    const found = await context.find(
      Criterion,
      { lot: { $in: [...ids] } },
      { orderBy: { position: 'asc' }, own: ['lot'] },
    );
    return Map.groupBy(found, (criterion) => criterion.lot.id);
  });
  return criteria ?? [];
}

export function lotById(context: RequestContext, id: string): Promise<Lot | null> {
  return context.batched('lot', id, async (ids) => {
    const found = await context.find(Lot, { id: { $in: [...ids] } }, { own: [] });
    return new Map(found.map((lot) => [lot.id, lot]));
  });
}
