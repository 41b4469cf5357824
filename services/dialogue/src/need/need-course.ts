import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import { procurementsLinked } from '@samspill/messages';
import { type Change, currentProcurement, type Mendable, type ServiceStore } from '@samspill/subgraph';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { tellFollowers } from '../need-following/tell-followers.js';
import { NeedJoining } from '../need-joining/need-joining.js';
import type { NeedChange } from './change-needs.js';
import { Need, type NeedClosedReason, NeedStatus } from './need.js';
import { NeedClarification } from './need-clarification.js';
import { changedNeed, snapshotOfNeed } from './need-snapshot.js';
import { wordsOf } from './need-texts.js';
import { needToWrite } from './need-to-write.js';

export const LONGEST_EXPLANATION = 2_000;
export const LONGEST_CLARIFICATION = 5_000;

export interface Closing {
  readonly id: string;
  readonly reason: NeedClosedReason;
  readonly explanation: string;
}

/** Ends a need, with the reason that everybody reads, and tells those who follow it. */
export async function closeNeed(
  store: ServiceStore,
  change: Change,
  { id, reason, explanation }: Closing,
): Promise<NeedChange> {
  const found = await needToWrite(change.em, id, 'CLOSE');
  if ('mend' in found) return found;
  const { need, status } = found;
  const words = wordsOf(explanation, ['input', 'explanation'], LONGEST_EXPLANATION);
  if ('mend' in words) return words;
  const before = digest(snapshotOfNeed(need));
  const end = { closedAt: store.host.clock.now(), closedReason: reason, closedExplanation: words.text };
  change.em.assign(need, { status, ...end });
  change.audit(changedNeed(need, before));
  await change.asService((em) =>
    tellFollowers(em, store, need, { kind: 'CLOSED', reason, explanation: words.text, key: 'CLOSED' }),
  );
  return { need };
}

/** Makes clearer what a published need says, to everybody at the same time. */
export async function clarifyNeed(
  store: ServiceStore,
  change: Change,
  { id, text }: { readonly id: string; readonly text: string },
): Promise<NeedChange> {
  const found = await needToWrite(change.em, id, 'CLARIFY');
  if ('mend' in found) return found;
  const { need } = found;
  const words = wordsOf(text, ['input', 'text'], LONGEST_CLARIFICATION);
  if ('mend' in words) return words;
  const clarification = { id: randomUUID(), need, text: words.text, addedAt: store.host.clock.now() };
  change.em.create(NeedClarification, clarification);
  const same = digest(snapshotOfNeed(need));
  change.audit(changedNeed(need, same));
  await change.asService((em) =>
    tellFollowers(em, store, need, { kind: 'CLARIFIED', text: words.text, key: clarification.id }),
  );
  return { need };
}

/**
 * Says that a need belongs to a procurement that is there already, such as one that began with a notice. The
 * registrar joins the two chains, and everything that hangs on the need's own goes along.
 */
export async function linkNeed(
  store: ServiceStore,
  change: Change,
  { needId, procurementId }: { readonly needId: string; readonly procurementId: string },
): Promise<NeedChange> {
  const { em } = change;
  const into = await currentProcurement(em, procurementId);
  const found = await needToWrite(em, needId, 'LINK', ['input', 'needId']);
  if ('mend' in found) return found;
  const { need } = found;
  if (!PROCUREMENT_ID.test(into)) return { mend: [noProcurement] };
  if (into === need.procurementId) return { mend: [alreadyLinked] };
  if (await isOfOthers(change, need, into)) return { mend: [ofOthers] };
  em.assign(need, { linkingTo: into });
  await em.flush();
  const at = store.host.clock.now().toISOString();
  const { procurementId: from, municipalityNumber: municipality } = need;
  await store.host.bus.publish(em, procurementsLinked, [{ from, into, at, municipality }]);
  change.audit(
    changedNeed(need, digest(snapshotOfNeed(need))),
    { object: { type: 'Procurement', id: need.procurementId } },
    { object: { type: 'Procurement', id: into } },
  );
  return { need };
}

/** Nobody puts their need into the chain of a municipality that they have not joined. */
async function isOfOthers(
  { em }: Change,
  { municipalityNumber }: Need,
  procurementId: string,
): Promise<boolean> {
  const published = { procurementId, status: { $ne: NeedStatus.DRAFT } };
  const needs = await em.find(Need, published);
  const announced = { procurementId, announcedAt: { $ne: null } };
  const dialogues = await em.find(MarketDialogue, announced);
  const owners = [...needs, ...dialogues].map((each) => each.municipalityNumber);
  if (owners.length === 0 || owners.includes(municipalityNumber)) return false;
  const joined = { need: { $in: needs.map(({ id }) => id) }, municipalityNumber: municipalityNumber ?? '' };
  return (await em.count(NeedJoining, joined)) === 0;
}

/** What all services call procurements by. The registrar takes note of any other, so it has to be one at least. */
const PROCUREMENT_ID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const noProcurement: Mendable = {
  code: 'PROCUREMENT_UNKNOWN',
  path: ['input', 'procurementId'],
  messages: {
    nb: 'Dette er ikke id-en til en anskaffelse. Hent den fra «procurement { id }» på kunngjøringen, konkurransen eller dialogen.',
    nn: 'Dette er ikkje id-en til ei anskaffing. Hent han frå «procurement { id }» på kunngjeringa, konkurransen eller dialogen.',
    en: 'This is not the id of a procurement. Take it from "procurement { id }" of the notice, the tender or the dialogue.',
  },
};

const alreadyLinked: Mendable = {
  code: 'ALREADY_LINKED',
  path: ['input', 'procurementId'],
  messages: {
    nb: 'Behovet hører allerede til denne anskaffelsen. Du trenger ikke gjøre noe.',
    nn: 'Behovet høyrer allereie til denne anskaffinga. Du treng ikkje gjere noko.',
    en: 'The need belongs to this procurement already. There is nothing to do.',
  },
};

const ofOthers: Mendable = {
  code: 'PROCUREMENT_OF_OTHERS',
  path: ['input', 'procurementId'],
  messages: {
    nb: 'Anskaffelsen tilhører en annen kommune. Slutt dere til behovet deres med «joinNeed» først, eller kontroller id-en.',
    nn: 'Anskaffinga høyrer til ein annan kommune. Slutt dykk til behovet deira med «joinNeed» først, eller kontroller id-en.',
    en: 'The procurement belongs to another municipality. Join their need with "joinNeed" first, or check the id.',
  },
};
