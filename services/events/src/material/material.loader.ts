import type { RequestContext } from '@samspill/subgraph';
import { Session } from '../event/session.js';
import { Material } from './material.js';

export async function materialOf(context: RequestContext, eventId: string): Promise<Material[]> {
  const found = await context.batched('material', eventId, async (ids) => {
    const rows = await context.find(
      Material,
      { eventId: { $in: [...ids] } },
      { orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }] },
    );
    return Map.groupBy(rows, (row) => row.eventId);
  });
  return found ?? [];
}

export function sessionById(context: RequestContext, id: string): Promise<Session | null> {
  return context.batched('session', id, async (ids) => {
    const found = await context.find(Session, { id: { $in: [...ids] } });
    return new Map(found.map((session) => [session.id, session]));
  });
}
