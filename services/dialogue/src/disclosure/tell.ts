import { randomUUID } from 'node:crypto';
import { digest } from '@samspill/audit';
import type { AuditedObject, Change, ServiceStore } from '@samspill/subgraph';
import { lockDialogue } from '../market-dialogue/dialogue-lock.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Disclosure, DisclosureAudience, type DisclosureChannel } from './disclosure.js';
import { mailToParticipants } from './disclosure.mail.js';

export interface Told {
  readonly dialogue: MarketDialogue;
  readonly text: string;
  readonly to: 'ALL' | { readonly organisationNumber: string; readonly organisationName: string };
  readonly channel: DisclosureChannel;
  readonly toldAt: Date;
  readonly meetingId?: string;
  /** The entry that this one corrects. */
  readonly correctsId?: string;
}

/**
 * Writes down what somebody was told, as an officer of the dialogue's municipality: the database refuses everybody
 * else, and one who is told alone once the dialogue is closed. Whether it may be told is for the caller to ask first;
 * see `mayTell`. What everybody is told leaves as mail to all who take part.
 */
export async function tell(change: Change, store: ServiceStore, what: Told): Promise<Disclosure> {
  const { dialogue, to } = what;
  const { em } = change;
  await lockDialogue(em, dialogue.id);
  const now = store.host.clock.now();
  const one = to === 'ALL' ? null : to;
  const disclosure = em.create(Disclosure, {
    id: randomUUID(),
    dialogueId: dialogue.id,
    // Without one there is no officer either: the database refuses the row.
    municipalityNumber: dialogue.municipalityNumber ?? '',
    number: await nextNumber(change, dialogue.id),
    text: what.text,
    toldAt: what.toldAt,
    toldTo: one ? DisclosureAudience.ONE : DisclosureAudience.ALL,
    organisationNumber: one?.organisationNumber ?? null,
    organisationName: one?.organisationName ?? null,
    channel: what.channel,
    meetingId: what.meetingId ?? null,
    correctsId: what.correctsId ?? null,
    recordedAt: now,
    publishedAt: one ? null : now,
  });
  await em.flush();
  change.audit(changedDisclosure(disclosure, null));
  if (!one) await mailToParticipants(change, store, dialogue, [disclosure]);
  return disclosure;
}

/** Under the dialogue's lock; what the transaction has not written yet is written first. */
async function nextNumber({ em }: Change, dialogueId: string): Promise<number> {
  await em.flush();
  const [row] = await em.execute<{ last: number }[]>(
    'select coalesce(max(number), 0)::int as last from dialogue.disclosure where dialogue_id = ?',
    [dialogueId],
  );
  return (row?.last ?? 0) + 1;
}

/** What counts of an entry. Plain, because a digest has no words for an entity. */
function snapshot(told: Disclosure): object {
  const { id, dialogueId, number, text, toldAt, toldTo, organisationNumber, channel } = told;
  const { meetingId, correctsId, recordedAt, publishedAt } = told;
  const how = { channel, meetingId, correctsId, recordedAt, publishedAt };
  return { id, dialogueId, number, text, toldAt, toldTo, organisationNumber, ...how };
}

export const digestOf = (told: Disclosure): Buffer => digest(snapshot(told));

export function changedDisclosure(disclosure: Disclosure, before: Buffer | null): AuditedObject {
  return {
    object: { type: 'Disclosure', id: disclosure.id },
    owner: { municipality: disclosure.municipalityNumber },
    before,
    after: digestOf(disclosure),
  };
}
