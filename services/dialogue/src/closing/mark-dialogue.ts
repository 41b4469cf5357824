import type { Change } from '@samspill/subgraph';
import { claimDialogue } from '../market-dialogue/dialogue-lock.js';
import { changedDialogue, dialogueDigest } from '../market-dialogue/dialogue-snapshot.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';

/** Writes into the dialogue how far it has come, as somebody who leads it; the database refuses everybody else. */
export async function markDialogue(
  { em, audit }: Change,
  dialogue: MarketDialogue,
  mark: { readonly closedAt?: Date; readonly summarisedAt?: Date; readonly updatedAt: Date },
): Promise<void> {
  await claimDialogue(em, dialogue.id);
  const before = dialogueDigest(dialogue);
  em.assign(dialogue, mark);
  await em.flush();
  audit(changedDialogue(dialogue, before));
}
