import type { RequestContext } from '@samspill/subgraph';
import { DialogueSummary, SummaryAddition } from './dialogue-summary.js';

export function summaryOf(context: RequestContext, dialogueId: string): Promise<DialogueSummary | null> {
  return context.batched('summary', dialogueId, async (ids) => {
    const found = await context.find(DialogueSummary, { dialogueId: { $in: [...ids] } });
    return new Map(found.map((summary) => [summary.dialogueId, summary]));
  });
}

/** In the order in which they were added. */
export async function additionsTo(context: RequestContext, dialogueId: string): Promise<SummaryAddition[]> {
  const additions = await context.batched('summary-additions', dialogueId, async (ids) => {
    const found = await context.find(
      SummaryAddition,
      { dialogueId: { $in: [...ids] } },
      { orderBy: { number: 'asc' } },
    );
    return Map.groupBy(found, (addition) => addition.dialogueId);
  });
  return additions ?? [];
}
