import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import type { NeedChange } from '../need/change-needs.js';
import type { Need } from '../need/need.js';
import { changedNeed, snapshotOfNeed } from '../need/need-snapshot.js';
import { wordsOf } from '../need/need-texts.js';
import { needToWrite } from '../need/need-to-write.js';
import type { Finding } from './finding.js';
import { findingsIn } from './findings-in.js';
import { OverriddenFinding } from './overridden-finding.js';

export const LONGEST_REASON = 1_000;

export interface Override {
  readonly needId: string;
  readonly findingId: string;
  readonly reason: string;
}

/** Lets a finding stand, with a reason that everybody reads once the need is published. A new reason takes its place. */
export async function overrideFinding(
  store: ServiceStore,
  change: Change,
  { needId, findingId, reason }: Override,
): Promise<NeedChange> {
  const { em } = change;
  const found = await needToWrite(em, needId, 'OVERRIDE_FINDING', ['input', 'needId']);
  if ('mend' in found) return found;
  const { need } = found;
  const words = wordsOf(reason, ['input', 'reason'], LONGEST_REASON);
  if ('mend' in words) return words;
  const finding = findingsIn(need).find(({ id }) => id === findingId);
  if (!finding) return { mend: [noSuchFinding] };
  const known = await em.findOne(OverriddenFinding, { need: need.id, findingId });
  if (known?.reason === words.text) return { need };
  const overriddenAt = store.host.clock.now();
  const now = { finding, reason: words.text, overriddenAt };
  if (known) em.assign(known, now);
  else em.create(OverriddenFinding, { ...now, need, findingId });
  // The reason is part of what the need says, so the digests of the need differ with it.
  const said = snapshotOfNeed(need);
  change.audit({
    ...changedNeed(need, digest(said)),
    after: digest({ ...said, overridden: { findingId, reason: words.text } }),
  });
  return { need };
}

/** What stands between a draft and its publication: findings that nobody has mended or overridden. */
export async function openFindings(em: EntityManager, need: Need): Promise<Mendable[]> {
  const overridden = new Set((await overridesOf(em, need.id)).map(({ findingId }) => findingId));
  return findingsIn(need)
    .filter(({ id }) => !overridden.has(id))
    .map(toMendable);
}

/** Forgets overrides of what is no longer written: the reason was about those words, and not about others. */
export async function dropOutdatedOverrides(em: EntityManager, need: Need): Promise<void> {
  const current = new Set(findingsIn(need).map(({ id }) => id));
  for (const override of await overridesOf(em, need.id)) {
    if (!current.has(override.findingId)) em.remove(override);
  }
}

const overridesOf = (em: EntityManager, needId: string): Promise<OverriddenFinding[]> =>
  em.find(OverriddenFinding, { need: needId });

function toMendable({ field, index, matched, why, suggestion }: Finding): Mendable {
  const path = ['input', 'id', field, ...(index === null ? [] : [String(index)])];
  return {
    code: 'FINDING_OPEN',
    path,
    messages: {
      nb: `«${matched}»: ${why.nb} ${suggestion.nb} Eller la det stå, med en grunn, i «overrideFinding».`,
      nn: `«${matched}»: ${why.nn} ${suggestion.nn} Eller la det stå, med ein grunn, i «overrideFinding».`,
      en: `"${matched}": ${why.en} ${suggestion.en} Or let it stand, with a reason, in "overrideFinding".`,
    },
  };
}

const noSuchFinding: Mendable = {
  code: 'FINDING_UNKNOWN',
  path: ['input', 'findingId'],
  messages: {
    nb: 'Behovet har ikke dette funnet lenger; kanskje er teksten endret. Hent «findings» på nytt.',
    nn: 'Behovet har ikkje dette funnet lenger; kanskje er teksten endra. Hent «findings» på nytt.',
    en: 'The need does not have this finding any more; perhaps the text has changed. Ask for "findings" again.',
  },
};
