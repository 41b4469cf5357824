import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import { procurementStarted } from '@samspill/messages';
import type { AuditedObject, Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { Need, NeedStatus } from './need.js';
import { noSuchNeed } from './need.permission.js';
import { type GivenTexts, type NeedTexts, needTexts } from './need-texts.js';

export type NeedChange = { readonly need: Need } | { readonly mend: readonly Mendable[] };

export interface NewNeed extends GivenTexts {
  /** The municipality's number of today. */
  readonly municipality: string;
}

/** Begins a need as a draft, and with it the chain that leads from it to the contract. */
export async function createNeed(store: ServiceStore, change: Change, draft: NewNeed): Promise<NeedChange> {
  const { municipality, title = '', effect = '', users = '', successCriteria = [], volume = null } = draft;
  const { texts, mend } = needTexts({ title, effect, users, successCriteria, volume });
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
  change.audit(changed(need, null));
  return { need };
}

/** Changes the words of a draft. What is published stands: suppliers may have begun to rely on it. */
export async function updateNeed(
  change: Change,
  { id, ...given }: GivenTexts & { readonly id: string },
): Promise<NeedChange> {
  const need = await draftToChange(change, id);
  if ('mend' in need) return need;
  const { texts, mend } = needTexts(given);
  if (mend.length > 0) return { mend };
  const before = digest(snapshot(need));
  change.em.assign(need, texts);
  // The same words again are no change, and nothing to tell the log.
  if (!before.equals(digest(snapshot(need)))) change.audit(changed(need, before));
  return { need };
}

/** Shows a draft to everybody. */
export async function publishNeed(store: ServiceStore, change: Change, id: string): Promise<NeedChange> {
  const need = await draftToChange(change, id);
  if ('mend' in need) return need;
  const before = digest(snapshot(need));
  change.em.assign(need, { status: NeedStatus.PUBLISHED, publishedAt: store.host.clock.now() });
  change.audit(changed(need, before));
  return { need };
}

async function draftToChange({ em }: Change, id: string): Promise<Need | { mend: readonly Mendable[] }> {
  await lockNeed(em, id);
  const need = await em.findOne(Need, { id });
  if (!need) throw noSuchNeed();
  return need.status === NeedStatus.DRAFT ? need : { mend: [notDraft] };
}

/**
 * Two officers who publish at the same moment must not both succeed. A row lock would do, but it counts as
 * having written, which a change that turns out to be none must not have.
 */
async function lockNeed(em: EntityManager, id: string): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [`dialogue.need.${id}`]);
}

function snapshot(need: Need): object {
  const { id, procurementId, municipalityNumber, status, publishedAt, ...rest } = need;
  const { title, effect, users, successCriteria, volume } = rest;
  const texts = { title, effect, users, successCriteria, volume };
  return { id, procurementId, municipalityNumber, status, publishedAt, ...texts };
}

function changed(need: Need, before: Buffer | null): AuditedObject {
  return {
    object: { type: 'Need', id: need.id },
    owner: { municipality: need.municipalityNumber },
    before,
    after: digest(snapshot(need)),
  };
}

const notDraft: Mendable = {
  code: 'NEED_NOT_DRAFT',
  path: ['input', 'id'],
  messages: {
    nb: 'Behovet er allerede publisert og kan ikke endres eller publiseres på nytt. Opprett et nytt behov hvis noe vesentlig er annerledes.',
    nn: 'Behovet er allereie publisert og kan ikkje endrast eller publiserast på nytt. Opprett eit nytt behov viss noko vesentleg er annleis.',
    en: 'The need is published already and can neither be changed nor be published again. Create a new need if something essential is different.',
  },
};
