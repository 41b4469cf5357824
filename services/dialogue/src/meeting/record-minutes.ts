import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { digest } from '@samspill/audit';
import type { AuditedObject, Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { DisclosureChannel } from '../disclosure/disclosure.js';
import { mayTellOne, toldWords } from '../disclosure/disclosure-rules.js';
import { repeatsSecret } from '../disclosure/repeats-secret.js';
import { containsTradeSecret, secretIn } from '../disclosure/secret-in.js';
import { tell } from '../disclosure/tell.js';
import { lockMeeting, type MeetingChange } from './change-meetings.js';
import type { Meeting } from './meeting.js';
import type { MeetingKey } from './meeting.permission.js';
import { MOST_TOLD } from './meeting-messages.js';
import { MeetingComment, MeetingMinutes, MeetingSecret } from './meeting-minutes.js';
import { MeetingSide, mendable } from './meeting-rules.js';
import { changedMeeting, meetingDigest } from './meeting-snapshot.js';
import { words } from './plan-round.js';

export interface GivenMinutes {
  readonly text: string;
  readonly tradeSecrets?: string | null;
  /** What the supplier got to know, one item for each. */
  readonly told: readonly string[];
  readonly nothingTold?: boolean | null;
  readonly personId: string | null;
}

/**
 * Writes down what was said in a meeting. What the municipality told goes into the ledger with it, so that the dialogue
 * cannot be closed before everybody knows the same; that it told nothing is a statement that somebody has to make.
 */
export async function recordMinutes(
  store: ServiceStore,
  change: Change,
  key: MeetingKey,
  given: GivenMinutes,
): Promise<MeetingChange> {
  const { em } = change;
  const { dialogue, meeting, refuses, now } = await lockMeeting(em, store, key);
  const refused = refuses('record');
  if (refused) return { mend: [refused] };
  const mend: Mendable[] = [];
  const text = words(given.text, 'minutes', mend, { required: true, path: ['text'] });
  const secret = words(given.tradeSecrets, 'tradeSecrets', mend);
  const nothingTold = given.nothingTold ?? false;
  if (given.told.length === 0 && !nothingTold) mend.push(mendable('NOTHING_TOLD_UNSAID', 'told'));
  if (given.told.length > 0 && nothingTold) mend.push(mendable('TOLD_AND_NOT', 'nothingTold'));
  if (given.told.length > MOST_TOLD) return { mend: [...mend, mendable('TOO_MANY_TOLD', 'told')] };
  const told = given.told.map((each, at) => {
    const item = toldWords(each, ['input', 'told', String(at)]);
    mend.push(...item.mend);
    return item.text;
  });
  const never = told.length > 0 ? mayTellOne(dialogue) : null;
  if (never) mend.push({ ...never, path: ['input', 'told'] });
  if (mend.length > 0 || text === null) return { mend };
  const texts = new Map([['text', text], ...told.map((each, at) => [`told.${at}`, each] as const)]);
  const leaks = await change.asService((service) => leaksIn(service, meeting, texts, secret));
  if (leaks.length > 0) return { mend: leaks };
  em.create(MeetingMinutes, {
    ...{
      meetingId: meeting.id,
      dialogueId: meeting.dialogueId,
      municipalityNumber: meeting.municipalityNumber,
    },
    ...{ organisationNumber: meeting.organisationNumber, text, nothingTold },
    ...{ recordedAt: now, personId: given.personId },
  });
  await em.flush();
  if (secret !== null) await keepSecret(em, meeting, MeetingSide.MUNICIPALITY, secret, now);
  const { organisationNumber, organisationName } = meeting;
  // Written down while it goes on, it was told no later than now.
  const toldAt = meeting.endsAt < now ? meeting.endsAt : now;
  for (const each of told) {
    await tell(change, store, {
      ...{ dialogue, text: each, to: { organisationNumber, organisationName } },
      ...{ channel: DisclosureChannel.MEETING, toldAt, meetingId: meeting.id },
    });
  }
  change.audit(said(meeting, { minutes: text, nothingTold }));
  return { meeting };
}

export interface GivenComment {
  readonly side: MeetingSide;
  readonly text?: string | null;
  readonly confirms?: boolean | null;
  readonly tradeSecrets?: string | null;
  readonly personId: string | null;
}

/** What one side says about the minutes: that they are right, that something is missing, or what of it is secret. */
export async function commentOnMinutes(
  store: ServiceStore,
  change: Change,
  key: MeetingKey,
  given: GivenComment,
): Promise<MeetingChange> {
  const { em } = change;
  const { meeting, refuses, now } = await lockMeeting(em, store, key);
  const refused = refuses('comment');
  if (refused) return { mend: [refused] };
  const mend: Mendable[] = [];
  const { side } = given;
  const text = words(given.text, 'comment', mend, { path: ['text'] });
  const secret = words(given.tradeSecrets, 'tradeSecrets', mend);
  const confirms = given.confirms ?? false;
  if (confirms && side !== MeetingSide.SUPPLIER) mend.push(mendable('CONFIRMED_BY_OTHERS', 'confirms'));
  if (mend.length === 0 && text === null && secret === null && !confirms)
    mend.push(mendable('NOTHING_SAID', 'text'));
  if (mend.length > 0) return { mend };
  if (text !== null) {
    const leaks = await change.asService((service) =>
      leaksIn(service, meeting, new Map([['text', text]]), secret),
    );
    if (leaks.length > 0) return { mend: leaks };
  }
  const { id: meetingId, dialogueId, municipalityNumber, organisationNumber } = meeting;
  if (text !== null || confirms) {
    em.create(MeetingComment, {
      ...{ id: randomUUID(), meetingId, dialogueId, municipalityNumber, organisationNumber },
      ...{ by: side, text, confirms, writtenAt: now, personId: given.personId },
    });
  }
  await em.flush();
  if (secret !== null) await keepSecret(em, meeting, side, secret, now);
  change.audit(said(meeting, { comment: text, confirms, side }));
  return { meeting };
}

/** The meeting itself is as it was; the log says of it that something was written down, and never a secret's digest. */
function said(meeting: Meeting, words: object): AuditedObject {
  const before = meetingDigest(meeting);
  return changedMeeting(meeting, before, digest({ meeting: before.toString('hex'), ...words }));
}

async function keepSecret(
  em: EntityManager,
  meeting: Meeting,
  by: MeetingSide,
  text: string,
  writtenAt: Date,
): Promise<void> {
  const { id: meetingId, dialogueId, municipalityNumber, organisationNumber } = meeting;
  em.create(MeetingSecret, {
    ...{ id: randomUUID(), meetingId, dialogueId, municipalityNumber, organisationNumber },
    ...{ by, text, writtenAt },
  });
  await em.flush();
}

/**
 * Which of these texts repeat a trade secret: one that is given with them, or any other of the dialogue. All officers
 * of the municipality read minutes, and everybody what was told.
 */
async function leaksIn(
  em: EntityManager,
  { dialogueId }: Meeting,
  texts: ReadonlyMap<string, string>,
  given: string | null,
): Promise<Mendable[]> {
  const leaks: Mendable[] = [];
  for (const [path, text] of texts) {
    const isLeaking =
      (given !== null && repeatsSecret(text, given)) || (await secretIn(em, dialogueId, text));
    if (isLeaking) leaks.push(containsTradeSecret(['input', ...path.split('.')]));
  }
  return leaks;
}
