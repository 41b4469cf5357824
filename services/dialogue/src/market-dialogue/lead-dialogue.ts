import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { Need, NeedStatus } from '../need/need.js';
import { needMovesOn } from '../need/need-moves-on.js';
import { tellParticipants } from '../participant/tell-participants.js';
import { deadlineExtended, dialogueCancelled } from './dialogue.mail.js';
import { type DialogueAction, whatPrevents } from './dialogue-lifecycle.js';
import { factsOf } from './dialogue-rules.js';
import { dialogueDigest } from './dialogue-snapshot.js';
import { cleanText, deadlineInThePast, whatIsMissing } from './dialogue-texts.js';
import type { MarketDialogue } from './market-dialogue.js';
import { changeDialogue, type DialogueChange, dialogueToChange } from './prepare-dialogue.js';
import { whatKeepsOpen } from './what-keeps-open.js';

/** Most characters of the reason for calling a dialogue off. */
const LONGEST_REASON = 2_000;

/** Tells the market, and moves the need on. From now on everybody reads it. */
export async function announceDialogue(
  store: ServiceStore,
  change: Change,
  id: string,
): Promise<DialogueChange> {
  const found = await dialogueFor(store, change, id, 'ANNOUNCE');
  if ('mend' in found) return found;
  const { dialogue, before, now } = found;
  const mend = whatIsMissing(dialogue, now);
  const needs = await change.em.find(Need, { procurementId: dialogue.procurementId });
  if (needs.length > 0 && needs.every(({ status }) => status === NeedStatus.DRAFT)) {
    mend.push(needNotPublished);
  }
  if (mend.length > 0) return { mend };
  // Nobody could have answered before they were told.
  const opensAt = dialogue.opensAt === null || dialogue.opensAt < now ? now : dialogue.opensAt;
  change.em.assign(dialogue, { announcedAt: now, opensAt });
  const done = await changeDialogue(store, change, dialogue, before);
  await needMovesOn(change, dialogue.procurementId, 'IN_DIALOGUE', now, store);
  return done;
}

/** Takes answers from now on, before the time that was set or where none was. */
export async function openDialogue(store: ServiceStore, change: Change, id: string): Promise<DialogueChange> {
  const found = await dialogueFor(store, change, id, 'OPEN');
  if ('mend' in found) return found;
  const { dialogue, before, now } = found;
  if (dialogue.closesAt !== null && dialogue.closesAt <= now) {
    return { mend: [deadlineInThePast(['input', 'id'])] };
  }
  change.em.assign(dialogue, { opensAt: now });
  return changeDialogue(store, change, dialogue, before);
}

/** Gives everybody longer time, and tells everybody who takes part. Never shorter: somebody may count on it. */
export async function extendDialogue(
  store: ServiceStore,
  change: Change,
  { id, closesAt }: { readonly id: string; readonly closesAt: Date },
): Promise<DialogueChange> {
  const found = await dialogueFor(store, change, id, 'EXTEND');
  if ('mend' in found) return found;
  const { dialogue, before, now } = found;
  if (dialogue.closesAt !== null && closesAt <= dialogue.closesAt) return { mend: [notLater] };
  if (closesAt <= now) return { mend: [deadlineInThePast(['input', 'closesAt'])] };
  change.em.assign(dialogue, { closesAt });
  const done = await changeDialogue(store, change, dialogue, before);
  await tellParticipants(change, store, dialogue, {
    template: deadlineExtended,
    data: { title: dialogue.title, closesAt },
    once: `deadline-extended:${id}:${closesAt.toISOString()}`,
  });
  return done;
}

/**
 * Calls a dialogue off, which closes it: so everything that one was told has to have been told to all by then, as for
 * any other closing. Else calling it off would be the way around the ledger.
 */
export async function cancelDialogue(
  store: ServiceStore,
  change: Change,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<DialogueChange> {
  const found = await dialogueFor(store, change, id, 'CANCEL');
  if ('mend' in found) return found;
  const { dialogue, before, now } = found;
  const { text, mend } = cleanText(reason, LONGEST_REASON, ['input', 'reason']);
  mend.push(...(await change.asService((em) => whatKeepsOpen(em, dialogue, now))));
  if (text !== '' && (await change.asService((em) => secretIn(em, id, text)))) {
    mend.push(containsTradeSecret(['input', 'reason']));
  }
  if (mend.length > 0) return { mend };
  change.em.assign(dialogue, { cancelledAt: now, cancellationReason: text, closedAt: now });
  const done = await changeDialogue(store, change, dialogue, before);
  await tellParticipants(change, store, dialogue, {
    template: dialogueCancelled,
    data: { title: dialogue.title, reason: text },
    once: `dialogue-cancelled:${id}`,
  });
  return done;
}

async function dialogueFor(
  store: ServiceStore,
  change: Change,
  id: string,
  action: DialogueAction,
): Promise<{ dialogue: MarketDialogue; before: Buffer; now: Date } | { mend: readonly Mendable[] }> {
  const dialogue = await dialogueToChange(change, id);
  const now = store.host.clock.now();
  const prevented = whatPrevents(action, await factsOf(change.em, dialogue), now);
  return prevented ? { mend: [prevented] } : { dialogue, before: dialogueDigest(dialogue), now };
}

const needNotPublished: Mendable = {
  code: 'NEED_NOT_PUBLISHED',
  path: ['input', 'id'],
  messages: {
    nb: 'Behovet er et utkast. Publiser det først, så leverandørene ser hva dialogen handler om.',
    nn: 'Behovet er eit utkast. Publiser det først, så leverandørane ser kva dialogen handlar om.',
    en: 'The need is a draft. Publish it first, so that suppliers see what the dialogue is about.',
  },
};

const notLater: Mendable = {
  code: 'NOT_LATER',
  path: ['input', 'closesAt'],
  messages: {
    nb: 'Den nye fristen må være senere enn den gamle. Noen kan ha planlagt etter den.',
    nn: 'Den nye fristen må vere seinare enn den gamle. Nokon kan ha planlagt etter han.',
    en: 'The new deadline must be later than the old one. Somebody may have planned by it.',
  },
};
