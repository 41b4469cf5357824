import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { openInputs } from '../input/input.loader.js';
import { announcedTenderOf } from '../market-dialogue/announced-tender.js';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { meetingsWithoutMinutes } from '../meeting/meeting.loader.js';
import { markDialogue } from './mark-dialogue.js';
import { type ClosingFacts, whatStandsOpen } from './what-stands-open.js';

export type DialogueChange = { readonly dialogue: MarketDialogue } | { readonly mend: readonly Mendable[] };

/** Ends a dialogue, once nobody knows more than the others and everybody has been answered. */
export async function closeDialogue(
  store: ServiceStore,
  change: Change,
  dialogueId: string,
): Promise<DialogueChange> {
  const { em } = change;
  await lockDialogue(em, dialogueId);
  const dialogue = await em.findOne(MarketDialogue, { id: dialogueId });
  if (!dialogue) throw noSuchDialogue();
  const now = store.host.clock.now();
  // As the service, which sees all of it: what an officer does not see would be taken for done.
  const facts = await change.asService((tx) => closingFacts(tx, dialogue));
  const mend = whatStandsOpen(facts, now);
  if (mend.length > 0) return { mend };
  await markDialogue(change, dialogue, { closedAt: now, updatedAt: now });
  return { dialogue };
}

async function closingFacts(em: EntityManager, dialogue: MarketDialogue): Promise<ClosingFacts> {
  const { id, ledHere, announcedAt, closesAt, closedAt, summarisedAt, procurementId } = dialogue;
  // The numbers alone: what stands there is not read, and the log is not to say so.
  const open = await em.execute<{ number: number }[]>(
    'select number from dialogue.disclosure where dialogue_id = ? and published_at is null order by number',
    [id],
  );
  return {
    ...{ ledHere, announcedAt, closesAt, closedAt, summarisedAt },
    tenderAnnounced: (await announcedTenderOf(em, procurementId)) !== null,
    openDisclosures: open.map(({ number }) => number),
    openInputs: await openInputs(em, id),
    meetingsWithoutMinutes: await meetingsWithoutMinutes(em, id),
  };
}
