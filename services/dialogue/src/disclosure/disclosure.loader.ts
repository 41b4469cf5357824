import type { RequestContext } from '@samspill/subgraph';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { visibleDisclosures } from './disclosure.filter.js';
import { Disclosure } from './disclosure.js';

export function disclosureById(context: RequestContext, id: string): Promise<Disclosure | null> {
  return context.batched('disclosure', id, async (ids) => {
    const found = await context.find(Disclosure, {
      $and: [{ id: { $in: [...ids] } }, ...visibleDisclosures(context)],
    });
    return new Map(found.map((disclosure) => [disclosure.id, disclosure]));
  });
}

/** How many entries everybody is still owed; null for those who are not to know. */
export async function openDisclosuresOf(
  context: RequestContext,
  { id, municipalityNumber }: MarketDialogue,
): Promise<number | null> {
  const isMember = context.actor.memberships.some(
    ({ numbers }) => municipalityNumber !== null && numbers.includes(municipalityNumber),
  );
  if (!isMember) return null;
  const open = await context.batched('open-disclosures', id, async (ids) => {
    const rows = await context.em.execute<{ dialogue: string; open: number }[]>(
      `select dialogue_id as dialogue, count(*)::int as open from dialogue.disclosure
       where published_at is null and dialogue_id in (${ids.map(() => '?').join(', ')}) group by dialogue_id`,
      [...ids],
    );
    return new Map(rows.map((row) => [row.dialogue, row.open]));
  });
  return open ?? 0;
}
