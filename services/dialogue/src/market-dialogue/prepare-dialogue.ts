import { randomUUID } from 'node:crypto';
import { type Change, currentProcurement, type Mendable, type ServiceStore } from '@samspill/subgraph';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { Need, NeedStatus } from '../need/need.js';
import { whatPrevents } from './dialogue-lifecycle.js';
import { claimDialogue, lockDialogue } from './dialogue-lock.js';
import { announcedTenderOf, factsOf, tenderAnnounced } from './dialogue-rules.js';
import { changedDialogue, dialogueDigest } from './dialogue-snapshot.js';
import { datesInOrder, dialogueWords, type GivenWords, withBranches } from './dialogue-texts.js';
import { MarketDialogue } from './market-dialogue.js';
import { noSuchDialogue } from './market-dialogue.permission.js';

export type DialogueChange =
  | { readonly dialogue: MarketDialogue | null }
  | { readonly mend: readonly Mendable[] };

export interface NewDialogue extends GivenWords {
  /** The municipality's number of today, and all that it has or had. */
  readonly municipality: string;
  readonly numbers: readonly string[];
  readonly needId?: string | null;
  readonly procurementId?: string | null;
}

/** Begins a dialogue as a draft, in the chain of a need. */
export async function createDialogue(
  store: ServiceStore,
  change: Change,
  draft: NewDialogue,
): Promise<DialogueChange> {
  const { em } = change;
  const { municipality, numbers, needId, procurementId, ...given } = draft;
  const { words, mend } = dialogueWords(given);
  const chain = await chainOf(change, draft);
  if ('mend' in chain) return { mend: [...chain.mend, ...mend] };
  const over = tenderAnnounced(await announcedTenderOf(em, chain.procurementId), [...chain.path]);
  const dates = { opensAt: words.opensAt ?? null, closesAt: words.closesAt ?? null };
  const wrong = [...(over ? [over] : []), ...mend, ...datesInOrder(dates)];
  if (wrong.length > 0) return { mend: wrong };
  const { title = '', description = null, expectedTenderDate = null, cpv = null, ...more } = words;
  const { additionalCpv = [], nuts = [], url = null, contact = null, language = 'NOR' } = more;
  const dialogue = em.create(MarketDialogue, {
    ...{ id: randomUUID(), procurementId: chain.procurementId, municipalityNumber: municipality },
    ...{
      buyerId: null,
      title,
      description,
      kind: null,
      language,
      ledHere: true,
      announcedAt: null,
      ...dates,
    },
    ...{ cancelledAt: null, cancellationReason: null, closedAt: null, summarisedAt: null },
    ...{ expectedTenderDate, cpv, additionalCpv, nuts, url, contact, questions: [] },
    cpvBranches: withBranches({}, { cpv, additionalCpv }).cpvBranches ?? [],
    ...{ noticeId: null, noticeVersion: null, noticeDispatchedAt: null },
    updatedAt: store.host.clock.now(),
  });
  await em.flush();
  change.audit(changedDialogue(dialogue, null));
  return { dialogue };
}

/** A chain is a municipality's own when it has a need or a dialogue in it: nobody talks in another's name. */
async function chainOf(
  { em }: Change,
  { needId, procurementId, numbers }: NewDialogue,
): Promise<{ procurementId: string; path: readonly string[] } | { mend: Mendable[] }> {
  if ((needId == null) === (procurementId == null)) return { mend: [chainNotNamed] };
  const own = { municipalityNumber: { $in: [...numbers] } };
  if (needId != null) {
    const path = ['input', 'needId'];
    const need = await em.findOne(Need, { id: needId, ...own });
    if (!need) return { mend: [noSuchChain(path)] };
    return need.status === NeedStatus.CLOSED
      ? { mend: [needClosed] }
      : { procurementId: need.procurementId, path };
  }
  const path = ['input', 'procurementId'];
  const where = { procurementId: await currentProcurement(em, procurementId ?? ''), ...own };
  const known = (await em.count(Need, where)) + (await em.count(MarketDialogue, where));
  return known > 0 ? { procurementId: where.procurementId, path } : { mend: [noSuchChain(path)] };
}

/** What the market may rely on once it has been told stands; where to ask and when to expect more does not. */
const ADJUSTABLE: readonly (keyof GivenWords)[] = ['contact', 'expectedTenderDate'];

export async function updateDialogue(
  store: ServiceStore,
  change: Change,
  { id, ...given }: GivenWords & { readonly id: string },
): Promise<DialogueChange> {
  const dialogue = await dialogueToChange(change, id);
  const now = store.host.clock.now();
  const named = (Object.keys(given) as (keyof GivenWords)[]).filter((name) => given[name] !== undefined);
  const action = named.every((name) => ADJUSTABLE.includes(name)) ? 'ADJUST' : 'UPDATE';
  const facts = await factsOf(change.em, dialogue);
  const prevented = dialogue.announcedAt === null ? null : whatPrevents(action, facts, now);
  if (prevented) return { mend: [prevented] };
  const { words, mend } = dialogueWords(given);
  mend.push(...datesInOrder({ ...dialogue, ...words }));
  const { name } = words.contact ?? { name: null };
  if (name && (await change.asService((em) => secretIn(em, id, name)))) {
    mend.push(containsTradeSecret(['input', 'contact', 'name']));
  }
  if (mend.length > 0) return { mend };
  const before = dialogueDigest(dialogue);
  change.em.assign(dialogue, withBranches(words, dialogue));
  // The same words again are no change, and nothing to tell the log.
  if (before.equals(dialogueDigest(dialogue))) return { dialogue };
  return changeDialogue(store, change, dialogue, before);
}

/** Throws a draft away. */
export async function discardDialogue(
  store: ServiceStore,
  change: Change,
  id: string,
): Promise<DialogueChange> {
  const dialogue = await dialogueToChange(change, id);
  const prevented = whatPrevents('DISCARD', await factsOf(change.em, dialogue), store.host.clock.now());
  if (prevented) return { mend: [prevented] };
  await claimDialogue(change.em, id);
  change.audit({ ...changedDialogue(dialogue, dialogueDigest(dialogue)), after: null });
  change.em.remove(dialogue);
  return { dialogue: null };
}

/** The dialogue, locked for whoever is about to change it. */
export async function dialogueToChange({ em }: Change, id: string): Promise<MarketDialogue> {
  await lockDialogue(em, id);
  const dialogue = await em.findOne(MarketDialogue, { id });
  if (!dialogue) throw noSuchDialogue();
  return dialogue;
}

/** Writes what has been assigned to a dialogue, as an officer of its municipality and nobody else. */
export async function changeDialogue(
  store: ServiceStore,
  change: Change,
  dialogue: MarketDialogue,
  before: Buffer,
): Promise<{ readonly dialogue: MarketDialogue }> {
  await claimDialogue(change.em, dialogue.id);
  change.em.assign(dialogue, { updatedAt: store.host.clock.now() });
  await change.em.flush();
  change.audit(changedDialogue(dialogue, before));
  return { dialogue };
}

const chainNotNamed: Mendable = {
  code: 'CHAIN_NOT_NAMED',
  path: ['input'],
  messages: {
    nb: 'Si hva dialogen hører til: enten «needId» eller «procurementId», og ikke begge.',
    nn: 'Sei kva dialogen høyrer til: anten «needId» eller «procurementId», og ikkje begge.',
    en: 'Say what the dialogue belongs to: either "needId" or "procurementId", and not both.',
  },
};

const noSuchChain = (path: readonly string[]): Mendable => ({
  code: 'CHAIN_NOT_YOURS',
  path,
  messages: {
    nb: 'Kommunen har ikke noe behov og ingen dialog her. Opprett behovet først, og inviter markedet til dialog om det.',
    nn: 'Kommunen har ikkje noko behov og ingen dialog her. Opprett behovet først, og inviter marknaden til dialog om det.',
    en: 'The municipality has no need and no dialogue here. Create the need first, and invite the market to a dialogue about it.',
  },
});

const needClosed: Mendable = {
  code: 'NEED_CLOSED',
  path: ['input', 'needId'],
  messages: {
    nb: 'Behovet er avsluttet. Opprett et nytt behov hvis kommunen har det igjen.',
    nn: 'Behovet er avslutta. Opprett eit nytt behov viss kommunen har det igjen.',
    en: 'The need is closed. Create a new need if the municipality has it again.',
  },
};
