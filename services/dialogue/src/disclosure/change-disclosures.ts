import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import { factsOf, mayTalk } from '../market-dialogue/dialogue-rules.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { noSuchDialogue } from '../market-dialogue/market-dialogue.permission.js';
import { Participant } from '../participant/participant.js';
import type { DiscloseInput } from './disclosure.input.js';
import { Disclosure } from './disclosure.js';
import { mailToParticipants } from './disclosure.mail.js';
import { noSuchDisclosure } from './disclosure.permission.js';
import {
  alreadyPublished,
  mayTellAll,
  mayTellOne,
  nameMissing,
  noSuchEntry,
  toldInTheFuture,
  toldWords,
} from './disclosure-rules.js';
import { containsTradeSecret, secretIn } from './secret-in.js';
import { changedDisclosure, digestOf, type Told, tell } from './tell.js';

export type DisclosureChange = { readonly disclosure: Disclosure } | { readonly mend: readonly Mendable[] };

/** Writes down what one supplier was told, or tells everybody. */
export async function disclose(
  store: ServiceStore,
  change: Change,
  input: DiscloseInput,
): Promise<DisclosureChange> {
  const { em } = change;
  const dialogue = await dialogueToTellIn(change, input.dialogueId);
  const now = store.host.clock.now();
  const never = input.toldTo ? mayTellOne(dialogue) : mayTellAll(dialogue);
  const silent = never ?? (input.toldTo ? mayTalk(await factsOf(em, dialogue), now) : null);
  if (silent) return { mend: [silent] };

  const { text, mend } = toldWords(input.text, ['input', 'text']);
  const toldAt = input.toldAt ?? now;
  if (toldAt > now) mend.push(toldInTheFuture);
  const to = await addressee(change, input);
  if (!to) mend.push(nameMissing);
  const { corrects } = input;
  const corrected = corrects ? await em.findOne(Disclosure, { id: corrects, dialogueId: dialogue.id }) : null;
  if (corrects && !corrected) mend.push(noSuchEntry);
  if (text && (await change.asService((tx) => secretIn(tx, dialogue.id, text)))) {
    mend.push(containsTradeSecret(['input', 'text']));
  }
  if (mend.length > 0 || !to) return { mend };
  const told: Told = { dialogue, text, to, toldAt, channel: input.channel, correctsId: corrected?.id };
  return { disclosure: await tell(change, store, told) };
}

/** Who was told; null when nobody knows what the supplier is called. */
async function addressee(
  { em }: Change,
  { dialogueId, toldTo, toldToName }: DiscloseInput,
): Promise<Told['to'] | null> {
  if (!toldTo) return 'ALL';
  // Whoever rings and is answered has been told something, whether they have joined, have left again, or neither.
  // Beside the change's own unit of work: only its name is used, and the log is not to say that it was read.
  const participant = await em
    .fork({ keepTransactionContext: true })
    .findOne(Participant, { dialogueId, organisationNumber: toldTo });
  const organisationName = participant?.organisationName ?? toldToName?.trim();
  return organisationName ? { organisationNumber: toldTo, organisationName } : null;
}

/** Tells everybody what one supplier was told. */
export async function publishDisclosure(
  store: ServiceStore,
  change: Change,
  id: string,
): Promise<DisclosureChange> {
  const { em } = change;
  const known = await em.findOne(Disclosure, { id });
  if (!known) throw noSuchDisclosure();
  const dialogue = await dialogueToTellIn(change, known.dialogueId);
  // Two who publish at the same moment: the second one sees, under the lock, that it has happened.
  await em.refresh(known);
  if (known.publishedAt !== null) return { mend: [alreadyPublished] };
  await publish(store, change, dialogue, [known]);
  return { disclosure: known };
}

/** The same for all that is owed to everybody in a dialogue, in one mail. */
export async function publishDisclosures(
  store: ServiceStore,
  change: Change,
  dialogueId: string,
): Promise<{ readonly disclosures: Disclosure[] } | { readonly mend: readonly Mendable[] }> {
  const dialogue = await dialogueToTellIn(change, dialogueId);
  const silent = mayTellAll(dialogue);
  if (silent) return { mend: [silent] };
  const where = { dialogueId, publishedAt: null };
  const open = await change.em.find(Disclosure, where, { orderBy: { number: 'asc' } });
  if (open.length > 0) await publish(store, change, dialogue, open);
  else await demandLead(change.em, dialogue);
  return { disclosures: open };
}

/**
 * Also what repeats a trade secret that was marked afterwards: the municipality has said it to one, and what is owed
 * to all cannot be kept from them by whoever was told it.
 */
async function publish(
  store: ServiceStore,
  change: Change,
  dialogue: MarketDialogue,
  disclosures: readonly Disclosure[],
): Promise<void> {
  const publishedAt = store.host.clock.now();
  for (const disclosure of disclosures) {
    const before = digestOf(disclosure);
    change.em.assign(disclosure, { publishedAt });
    change.audit(changedDisclosure(disclosure, before));
  }
  await change.em.flush();
  await mailToParticipants(change, store, dialogue, disclosures);
}

/** Where there is nothing to write, the database has no row to refuse, and is asked. */
async function demandLead(em: EntityManager, { municipalityNumber }: MarketDialogue): Promise<void> {
  const [row] = await em.execute<{ leads: boolean }[]>(
    `select samspill.holds('PROCUREMENT_OFFICER', ?) as leads`,
    [municipalityNumber],
  );
  if (!row?.leads) throw noSuchDialogue();
}

async function dialogueToTellIn({ em }: Change, id: string): Promise<MarketDialogue> {
  await lockDialogue(em, id);
  const dialogue = await em.findOne(MarketDialogue, { id });
  if (!dialogue) throw noSuchDialogue();
  return dialogue;
}
