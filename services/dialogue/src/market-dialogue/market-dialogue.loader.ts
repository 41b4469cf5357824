import type { RequestContext } from '@samspill/subgraph';
import { DialogueActivity } from './dialogue-activity.js';
import { announced, visibleDialogues } from './market-dialogue.filter.js';
import { MarketDialogue } from './market-dialogue.js';

export function dialogueById(context: RequestContext, id: string): Promise<MarketDialogue | null> {
  return context.batched('market-dialogue', id, async (ids) => {
    const found = await context.find(MarketDialogue, {
      $and: [{ id: { $in: [...ids] } }, ...visibleDialogues(context)],
    });
    return new Map(found.map((dialogue) => [dialogue.id, dialogue]));
  });
}

/** The dialogues of a procurement, the most recently announced first. */
export async function dialoguesOfProcurement(
  context: RequestContext,
  procurementId: string,
): Promise<MarketDialogue[]> {
  const dialogues = await context.batched('dialogues-of-procurement', procurementId, async (ids) => {
    const found = await context.find(
      MarketDialogue,
      { $and: [{ procurementId: { $in: [...ids] } }, announced] },
      { orderBy: [{ announcedAt: 'desc' }, { id: 'desc' }] },
    );
    return Map.groupBy(found, (dialogue) => dialogue.procurementId);
  });
  return dialogues ?? [];
}

export async function activitiesOf(context: RequestContext, dialogueId: string): Promise<DialogueActivity[]> {
  const activities = await context.batched('activities', dialogueId, async (ids) => {
    const found = await context.find(
      DialogueActivity,
      { dialogue: { $in: [...ids] } },
      { orderBy: { position: 'asc' } },
    );
    return Map.groupBy(found, (activity) => activity.dialogue.id);
  });
  return activities ?? [];
}
