import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import { procurementStarted } from '@samspill/messages';
import { type Change, currentProcurement, type Mendable, type ServiceStore } from '@samspill/subgraph';
import { announcedTenderOf } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { dropOutdatedOverrides, openFindings } from '../need-finding/override-finding.js';
import { Need, NeedStatus } from './need.js';
import { changedNeed, snapshotOfNeed } from './need-snapshot.js';
import { type GivenTexts, type NeedTexts, needTexts } from './need-texts.js';
import { needToWrite } from './need-to-write.js';

export type NeedChange = { readonly need: Need } | { readonly mend: readonly Mendable[] };

export interface NewNeed extends GivenTexts {
  /** The municipality's number of today. */
  readonly municipality: string;
}

/** Begins a need as a draft, and with it the chain that leads from it to the contract. */
export async function createNeed(store: ServiceStore, change: Change, draft: NewNeed): Promise<NeedChange> {
  const { municipality, title = '', effect = '', users = '', successCriteria = [], volume = null } = draft;
  const { constraints = [] } = draft;
  const { texts, mend } = needTexts({ title, effect, users, constraints, successCriteria, volume });
  if (mend.length > 0) return { mend };
  const procurementId = randomUUID();
  const need = change.em.create(Need, {
    ...(texts as NeedTexts),
    id: randomUUID(),
    procurementId,
    municipalityNumber: municipality,
    status: NeedStatus.DRAFT,
    publishedAt: null,
  });
  const startedAt = store.host.clock.now().toISOString();
  await store.host.bus.publish(change.em, procurementStarted, [{ procurementId, startedAt }]);
  change.audit(changedNeed(need, null));
  return { need };
}

/** Changes the words of a draft. What is published stands: suppliers may have begun to rely on it. */
export async function updateNeed(
  change: Change,
  { id, ...given }: GivenTexts & { readonly id: string },
): Promise<NeedChange> {
  const found = await needToWrite(change.em, id, 'UPDATE');
  if ('mend' in found) return found;
  const { need } = found;
  const { texts, mend } = needTexts(given);
  if (mend.length > 0) return { mend };
  const before = digest(snapshotOfNeed(need));
  change.em.assign(need, texts);
  // The same words again are no change, and nothing to tell the log.
  if (before.equals(digest(snapshotOfNeed(need)))) return { need };
  await dropOutdatedOverrides(change.em, need);
  change.audit(changedNeed(need, before));
  return { need };
}

/**
 * Shows a draft to everybody, once somebody has looked at everything in it that seems to say how. Where its procurement
 * has come further already, such as when the draft was linked to one, the need is there at once.
 */
export async function publishNeed(store: ServiceStore, change: Change, id: string): Promise<NeedChange> {
  const { em } = change;
  // First of all: whoever joins procurements holds this, and moves the needs afterwards.
  await currentProcurement(em, '');
  const found = await needToWrite(em, id, 'PUBLISH');
  if ('mend' in found) return found;
  const { need } = found;
  const mend = await openFindings(em, need);
  if (mend.length > 0) return { mend };
  const before = digest(snapshotOfNeed(need));
  const status = await statusOfProcurement(change, need.procurementId, found.status);
  em.assign(need, { status, publishedAt: store.host.clock.now() });
  change.audit(changedNeed(need, before));
  return { need };
}

async function statusOfProcurement({ em }: Change, procurementId: string, otherwise: NeedStatus) {
  if (await announcedTenderOf(em, procurementId)) return NeedStatus.IN_TENDER;
  const talked = await em.count(MarketDialogue, {
    procurementId,
    announcedAt: { $ne: null },
    cancelledAt: null,
  });
  return talked > 0 ? NeedStatus.IN_DIALOGUE : otherwise;
}

/** Throws a draft away. That there was one stays in the audit log, and its chain stays with the registrar. */
export async function discardNeed(
  change: Change,
  id: string,
): Promise<{ discarded: string } | { mend: readonly Mendable[] }> {
  const found = await needToWrite(change.em, id, 'DISCARD');
  if ('mend' in found) return found;
  change.audit(changedNeed(found.need, digest(snapshotOfNeed(found.need)), null));
  change.em.remove(found.need);
  return { discarded: id };
}
