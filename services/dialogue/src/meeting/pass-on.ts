import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change } from '@samspill/subgraph';
import { type DialogueFacts, mayTalk } from '../market-dialogue/dialogue-rules.js';
import { busyAt, giveMeeting } from './give-meeting.js';
import { Meeting } from './meeting.js';
import { MeetingLot } from './meeting-lot.js';
import { type MeetingPost, mailAllotted, participantsByNumber } from './meeting-mail.js';
import { MeetingRequest } from './meeting-request.js';
import { MeetingRoundStatus, MeetingSide, meetingRoundStatus } from './meeting-rules.js';
import type { MeetingSlot } from './meeting-slot.js';

/**
 * Gives a slot that is free after the draw to the next in the order of the lot who has no meeting and whom it suits.
 * Nobody decides that, and nobody waits for anybody to do so. Does nothing where there is nobody, where it is too late, or where
 * buyer and market may no longer talk.
 */
export async function passOn(
  post: MeetingPost,
  change: Change,
  slot: MeetingSlot,
  { facts, now }: { readonly facts: DialogueFacts; readonly now: Date },
): Promise<Meeting | null> {
  const { em, round } = post;
  const isOver = meetingRoundStatus(round, now) !== MeetingRoundStatus.DRAWN || mayTalk(facts, now) !== null;
  if (isOver || slot.removedAt !== null || slot.startsAt <= now) return null;
  const next = await nextInLine(em, slot);
  if (!next) return null;
  const meeting = giveMeeting(em, change, next.request, slot, now);
  await em.nativeUpdate(MeetingLot, { id: next.lot.id }, { slotNowId: slot.id });
  await mailAllotted(post, meeting, slot);
  return meeting;
}

async function nextInLine(
  em: EntityManager,
  slot: MeetingSlot,
): Promise<{ lot: MeetingLot; request: MeetingRequest } | null> {
  const { roundId, dialogueId } = slot;
  const quietly = { disableIdentityMap: true } as const;
  const where = { roundId, slotNowId: null };
  const lots = await em.find(MeetingLot, where, { ...quietly, orderBy: { position: 'asc' } });
  if (lots.length === 0) return null;
  const numbers = lots.map(({ organisationNumber }) => organisationNumber);
  const asked = await em.find(MeetingRequest, { roundId, withdrawnAt: null }, quietly);
  const requests = new Map(asked.map((request) => [request.organisationNumber, request]));
  const participants = await participantsByNumber(em, dialogueId);
  const isBusy = await busyAt(em, numbers, [slot]);
  const cancelled = await em.find(Meeting, { roundId, cancelledAt: { $ne: null } }, quietly);
  // Who has cancelled a meeting itself has given its place away; whom the municipality has let down has not, but does
  // not get the very slot again that it was let down for.
  const hasGivenUp = new Set(
    cancelled
      .filter(({ cancelledBy, slotId }) => cancelledBy === MeetingSide.SUPPLIER || slotId === slot.id)
      .map(({ organisationNumber }) => organisationNumber),
  );
  for (const lot of lots) {
    const { organisationNumber: number } = lot;
    const request = requests.get(number);
    if (!request || !participants.has(number) || hasGivenUp.has(number)) continue;
    if (request.unavailable.includes(slot.id) || isBusy(number, slot)) continue;
    return { lot, request };
  }
  return null;
}
