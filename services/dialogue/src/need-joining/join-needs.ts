import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import type { AuditedObject, Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { stableId } from '@samspill/values';
import { Need } from '../need/need.js';
import { afterAction, type NeedAction } from '../need/need.lifecycle.js';
import { noSuchNeed } from '../need/need.permission.js';
import { lockNeed } from '../need/need-lock.js';
import { LONGEST, wordsOf } from '../need/need-texts.js';
import { NeedJoining } from './need-joining.js';

export type JoiningChange = { readonly needId: string } | { readonly mend: readonly Mendable[] };

export const LONGEST_COMMENT = 1_000;

export interface Joining {
  readonly needId: string;
  /** The municipality's number of today, and all that it has or had. */
  readonly municipality: string;
  readonly numbers: readonly string[];
  readonly volume: string;
  readonly comment?: string | null;
}

/** Says that another municipality has the same need. Said again, it takes over the new words. */
export async function joinNeed(
  store: ServiceStore,
  change: Change,
  joining: Joining,
): Promise<JoiningChange> {
  const { em } = change;
  const { needId, municipality, numbers, comment = null } = joining;
  const volume = wordsOf(joining.volume, ['input', 'volume'], LONGEST.volume);
  if ('mend' in volume) return volume;
  const words = comment === null ? { text: null } : wordsOf(comment, ['input', 'comment'], LONGEST_COMMENT);
  if ('mend' in words) return words;
  const found = await needToJoin(em, needId, 'JOIN');
  if ('mend' in found) return found;
  const owner = found.need.municipalityNumber;
  if (owner === municipality || numbers.includes(owner ?? '')) return { mend: [ownNeed] };
  const known = await em.findOne(NeedJoining, { need: needId, municipalityNumber: municipality });
  if (known && known.volume === volume.text && known.comment === words.text) return { needId };
  const before = known && digest(snapshot(known));
  // In one statement, which the database refuses to whoever may not speak for the municipality, known or not.
  const joined = await em.upsert(
    NeedJoining,
    {
      id: known?.id ?? stableId('need-joining', needId, municipality),
      need: needId,
      municipalityNumber: municipality,
      volume: volume.text,
      comment: words.text,
      joinedAt: known?.joinedAt ?? store.host.clock.now(),
    },
    { onConflictFields: ['id'], onConflictMergeFields: ['volume', 'comment'] },
  );
  change.audit(changedJoining(joined, before));
  if (!known) await change.asService((system) => addJoined(system, needId, 1));
  return { needId };
}

/** Takes back that a municipality has the same need. */
export async function leaveNeed(
  change: Change,
  { needId, municipality }: Pick<Joining, 'needId' | 'municipality'>,
): Promise<JoiningChange> {
  const { em } = change;
  const found = await needToJoin(em, needId, 'LEAVE');
  if ('mend' in found) return found;
  const where = { need: needId, municipalityNumber: municipality };
  const known = await em.findOne(NeedJoining, where);
  const removed = known ? await em.nativeDelete(NeedJoining, where) : 0;
  if (!known || removed === 0) return { mend: [notJoined] };
  change.audit({ ...changedJoining(known, digest(snapshot(known))), after: null });
  await change.asService((system) => addJoined(system, needId, -1));
  return { needId };
}

async function needToJoin(
  em: EntityManager,
  id: string,
  action: NeedAction,
): Promise<{ need: Need } | { mend: readonly Mendable[] }> {
  await lockNeed(em, id);
  const need = await em.findOne(Need, { id });
  if (!need) throw noSuchNeed();
  const next = afterAction(action, need.status, ['input', 'needId']);
  return 'mend' in next ? { mend: [next.mend] } : { need };
}

async function addJoined(em: EntityManager, needId: string, more: 1 | -1): Promise<void> {
  await em.nativeUpdate(Need, { id: needId }, { joined: raw(`joined + ${more}`) });
}

const snapshot = ({ id, need, municipalityNumber, volume, comment, joinedAt }: NeedJoining): object => ({
  ...{ id, need: need.id, municipalityNumber, volume, comment, joinedAt },
});

function changedJoining(joining: NeedJoining, before: Buffer | null): AuditedObject {
  return {
    object: { type: 'NeedJoining', id: joining.id },
    owner: { municipality: joining.municipalityNumber },
    before,
    after: digest(snapshot(joining)),
  };
}

const ownNeed: Mendable = {
  code: 'OWN_NEED',
  path: ['input', 'municipality'],
  messages: {
    nb: 'Kommunen har allerede dette behovet, for det er dens eget. Bare andre kommuner slutter seg til.',
    nn: 'Kommunen har allereie dette behovet, for det er hennar eige. Berre andre kommunar sluttar seg til.',
    en: 'The municipality has this need already, for it is its own. Only others join.',
  },
};

const notJoined: Mendable = {
  code: 'NEED_NOT_JOINED',
  path: ['input', 'needId'],
  messages: {
    nb: 'Kommunen har ikke sluttet seg til dette behovet. Se «municipality { joinedNeeds }» for dem den har sluttet seg til.',
    nn: 'Kommunen har ikkje slutta seg til dette behovet. Sjå «municipality { joinedNeeds }» for dei ho har slutta seg til.',
    en: 'The municipality has not joined this need. See "municipality { joinedNeeds }" for those that it has joined.',
  },
};
