import { randomUUID } from 'node:crypto';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import type { DialogueActivityInput } from './dialogue-activity.input.js';
import { DialogueActivity } from './dialogue-activity.js';
import { whatPrevents } from './dialogue-lifecycle.js';
import { claimDialogue } from './dialogue-lock.js';
import { factsOf } from './dialogue-rules.js';
import { activityFacts, dialogueDigest } from './dialogue-snapshot.js';
import { cleanText, isWebAddress, LONGEST_IN_DIALOGUE, noWebAddress, tooMany } from './dialogue-texts.js';
import { type DialogueChange, dialogueToChange } from './prepare-dialogue.js';

export const MOST_ACTIVITIES = 30;

const LONGEST_PLACE = 300;

type ActivityFacts = Pick<DialogueActivity, 'type' | 'title' | 'startsAt' | 'endsAt' | 'place' | 'url'>;

/** Puts a timetable in place of the one before. An activity that keeps its id is the same one, at another time. */
export async function setActivities(
  store: ServiceStore,
  change: Change,
  { id, activities }: { readonly id: string; readonly activities: readonly DialogueActivityInput[] },
): Promise<DialogueChange> {
  const { em } = change;
  const dialogue = await dialogueToChange(change, id);
  const now = store.host.clock.now();
  const prevented = whatPrevents('SET_ACTIVITIES', await factsOf(em, dialogue), now);
  if (prevented) return { mend: [prevented] };
  if (activities.length > MOST_ACTIVITIES) {
    return { mend: [tooMany(['input', 'activities'], MOST_ACTIVITIES)] };
  }
  const known = await em.find(DialogueActivity, { dialogue: id }, { orderBy: { position: 'asc' } });
  const byId = new Map(known.map((activity) => [activity.id, activity]));
  const mend: Mendable[] = [];
  const wanted = activities.map((given, position) => {
    const path = ['input', 'activities', String(position)];
    if (given.id != null && !byId.has(given.id)) mend.push(noSuchActivity([...path, 'id']));
    return { id: given.id, facts: activityOf(given, path, mend) };
  });
  const named = wanted.flatMap((each) => each.id ?? []);
  if (new Set(named).size < named.length) mend.push(namedTwice);
  const said = wanted.map(({ facts }) => `${facts.title} ${facts.place ?? ''}`).join('\n');
  if (mend.length === 0 && (await change.asService((tx) => secretIn(tx, id, said)))) {
    mend.push(containsTradeSecret(['input', 'activities']));
  }
  if (mend.length > 0) return { mend };

  const before = dialogueDigest(dialogue, { activities: known.map(activityFacts) });
  await claimDialogue(em, id);
  for (const activity of known) if (!named.includes(activity.id)) em.remove(activity);
  const after = wanted.map(({ id: activityId, facts }, position) => {
    const same = activityId == null ? undefined : byId.get(activityId);
    return same
      ? em.assign(same, { ...facts, position })
      : em.create(DialogueActivity, { id: randomUUID(), dialogue, position, ...facts });
  });
  em.assign(dialogue, { updatedAt: now });
  await em.flush();
  change.audit({
    object: { type: 'MarketDialogue', id },
    owner: { municipality: dialogue.municipalityNumber },
    before,
    after: dialogueDigest(dialogue, { activities: after.map(activityFacts) }),
  });
  return { dialogue };
}

function activityOf(given: DialogueActivityInput, path: readonly string[], mend: Mendable[]): ActivityFacts {
  const { type, startsAt = null, endsAt = null } = given;
  const title = cleanText(given.title, LONGEST_IN_DIALOGUE.title, [...path, 'title']);
  const place = given.place?.trim() ? cleanText(given.place, LONGEST_PLACE, [...path, 'place']) : null;
  const url = given.url?.trim() ? cleanText(given.url, LONGEST_IN_DIALOGUE.url, [...path, 'url']) : null;
  mend.push(...title.mend, ...(place?.mend ?? []), ...(url?.mend ?? []));
  if (url && !isWebAddress(url.text)) mend.push(noWebAddress([...path, 'url']));
  if (endsAt !== null && (startsAt === null || endsAt < startsAt)) mend.push(endsFirst([...path, 'endsAt']));
  return { type, title: title.text, startsAt, endsAt, place: place?.text ?? null, url: url?.text ?? null };
}

const noSuchActivity = (path: readonly string[]): Mendable => ({
  code: 'NO_SUCH_ACTIVITY',
  path,
  messages: {
    nb: 'Dialogen har ingen aktivitet med denne id-en. Utelat id-en for å legge til en ny.',
    nn: 'Dialogen har ingen aktivitet med denne id-en. Utelat id-en for å leggje til ein ny.',
    en: 'The dialogue has no activity with this id. Leave the id out to add a new one.',
  },
});

const namedTwice: Mendable = {
  code: 'NAMED_TWICE',
  path: ['input', 'activities'],
  messages: {
    nb: 'Samme aktivitet er nevnt to ganger. Hver id kan stå én gang.',
    nn: 'Same aktivitet er nemnd to gonger. Kvar id kan stå éin gong.',
    en: 'The same activity is named twice. Each id may stand once.',
  },
};

const endsFirst = (path: readonly string[]): Mendable => ({
  code: 'DATES_OUT_OF_ORDER',
  path,
  messages: {
    nb: 'Aktiviteten må begynne før den slutter. Oppgi begge tidspunktene.',
    nn: 'Aktiviteten må byrje før han sluttar. Oppgje begge tidspunkta.',
    en: 'The activity must begin before it ends. Give both times.',
  },
});
