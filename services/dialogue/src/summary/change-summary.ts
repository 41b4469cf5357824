import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import { publishDocuments } from '@samspill/documents';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { markDialogue } from '../closing/mark-dialogue.js';
import { writeToParticipants } from '../disclosure/disclosure.mail.js';
import { toldWords } from '../disclosure/disclosure-rules.js';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { composeSummary, hashOf } from './compose-summary.js';
import { DialogueSummary, SummaryAddition } from './dialogue-summary.js';
import { gatherFacts } from './gather-facts.js';
import { publicDocumentsOf } from './gather-inputs.js';
import { dialogueSummarised } from './summary.mail.js';
import { summaryPath } from './summary.route.js';
import {
  LONGEST_ADDITION,
  MOST_ADDITIONS,
  maySummarise,
  notSummarised,
  tooManyAdditions,
} from './summary-rules.js';

export type SummaryChange =
  | { readonly dialogue: MarketDialogue; readonly summary: DialogueSummary }
  | { readonly mend: readonly Mendable[] };

/** Makes the public summary of a closed dialogue, freezes it, and tells everybody who took part. */
export async function summarise(
  store: ServiceStore,
  change: Change,
  { dialogueId, additions }: { readonly dialogueId: string; readonly additions: readonly string[] },
): Promise<SummaryChange> {
  const { em } = change;
  const dialogue = await lockedDialogue(change, dialogueId);
  const silent = maySummarise(dialogue);
  if (silent) return { mend: [silent] };
  const { texts, mend } = await wordsToAdd(change, dialogueId, additions, 0, ['input', 'additions']);
  if (mend.length > 0) return { mend };

  const generatedAt = store.host.clock.now();
  // As the service, which sees the whole ledger, and beside the change: the officer reads none of it by this.
  const content = await change.asService(async (tx) =>
    composeSummary(await gatherFacts(tx.fork({ keepTransactionContext: true }), dialogue)),
  );
  const { municipalityNumber } = dialogue;
  const summary = em.create(DialogueSummary, {
    ...{ dialogueId, generatedAt, content, sha256: hashOf(content) },
    municipalityNumber: municipalityNumber ?? '',
  });
  await em.flush();
  audit(change, summary);
  add(change, summary, texts, 0, generatedAt);
  await markDialogue(change, dialogue, { summarisedAt: generatedAt, updatedAt: generatedAt });
  await change.asService(async (tx) =>
    publishDocuments(tx, await publicDocumentsOf(tx, dialogueId), generatedAt),
  );
  await writeToParticipants(change, store, dialogue, {
    template: dialogueSummarised,
    data: { title: dialogue.title, url: store.links.to(summaryPath(dialogueId, 'html')) },
    once: `dialogue-summarised:${dialogueId}`,
  });
  return { dialogue, summary };
}

/** Adds something to a summary that is out already. What stands there stays. */
export async function addToSummary(
  store: ServiceStore,
  change: Change,
  { dialogueId, text }: { readonly dialogueId: string; readonly text: string },
): Promise<SummaryChange> {
  const dialogue = await lockedDialogue(change, dialogueId);
  const summary = await change.em.findOne(DialogueSummary, { dialogueId });
  if (!summary) return { mend: [notSummarised] };
  const last = await change.em.count(SummaryAddition, { dialogueId });
  const { texts, mend } = await wordsToAdd(change, dialogueId, [text], last, ['input', 'text']);
  if (mend.length > 0) return { mend };
  add(change, summary, texts, last, store.host.clock.now());
  await change.em.flush();
  return { dialogue, summary };
}

async function lockedDialogue({ em }: Change, id: string): Promise<MarketDialogue> {
  await lockDialogue(em, id);
  const dialogue = await em.findOne(MarketDialogue, { id });
  if (!dialogue) throw noSuchDialogue();
  return dialogue;
}

async function wordsToAdd(
  change: Change,
  dialogueId: string,
  given: readonly string[],
  already: number,
  path: readonly string[],
): Promise<{ texts: string[]; mend: Mendable[] }> {
  if (already + given.length > MOST_ADDITIONS) return { texts: [], mend: [tooManyAdditions(path)] };
  const checked = given.map((text, at) => {
    const here = path.at(-1) === 'additions' ? [...path, String(at)] : path;
    return { ...toldWords(text, here, LONGEST_ADDITION), path: here };
  });
  const mend = checked.flatMap((each) => each.mend);
  for (const { text, path: here } of checked) {
    if (text && (await change.asService((tx) => secretIn(tx, dialogueId, text)))) {
      mend.push(containsTradeSecret(here));
    }
  }
  return { texts: checked.map(({ text }) => text), mend };
}

function add(
  { em, audit: tell }: Change,
  { dialogueId, municipalityNumber }: DialogueSummary,
  texts: readonly string[],
  already: number,
  addedAt: Date,
): void {
  for (const [at, text] of texts.entries()) {
    const number = already + at + 1;
    const facts = { id: randomUUID(), dialogueId, municipalityNumber, number, text, addedAt };
    em.create(SummaryAddition, facts);
    tell({
      object: { type: 'SummaryAddition', id: facts.id },
      owner: { municipality: municipalityNumber },
      after: digest(facts),
    });
  }
}

function audit(
  change: Change,
  { dialogueId, municipalityNumber, generatedAt, sha256 }: DialogueSummary,
): void {
  change.audit({
    object: { type: 'DialogueSummary', id: dialogueId },
    owner: { municipality: municipalityNumber },
    after: digest({ dialogueId, generatedAt, sha256 }),
  });
}
