import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { mayTalk } from '../market-dialogue/dialogue-rules.js';
import { isBooked } from './change-rounds.js';
import { busyAt } from './give-meeting.js';
import { Meeting } from './meeting.js';
import { type MeetingKey, noSuchMeeting } from './meeting.permission.js';
import { lockRound } from './meeting-lock.js';
import { MeetingLot } from './meeting-lot.js';
import { mailCancelled, mailMoved } from './meeting-mail.js';
import { MeetingMinutes } from './meeting-minutes.js';
import { type MeetingAction, MeetingSide, meetingRefuses, mendable } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { changedMeeting, meetingDigest } from './meeting-snapshot.js';
import { passOn } from './pass-on.js';
import { words } from './plan-round.js';

export type MeetingChange = { readonly meeting: Meeting } | { readonly mend: readonly Mendable[] };

/** A meeting with all around it, held until the change is done. */
export async function lockMeeting(em: EntityManager, store: ServiceStore, key: MeetingKey) {
  const around = await lockRound(em, store, { id: key.roundId, dialogueId: key.dialogueId });
  const meeting = await em.findOne(Meeting, { id: key.id });
  if (!meeting) throw noSuchMeeting();
  const hasMinutes = (await em.count(MeetingMinutes, { meetingId: meeting.id })) > 0;
  const refuses = (action: MeetingAction) => meetingRefuses(action, meeting, hasMinutes, around.now);
  return { ...around, meeting, refuses };
}

export interface Cancellation {
  readonly side: MeetingSide;
  readonly reason: string;
  /** The time is gone too, such as when the officer is ill; said by the municipality. */
  readonly slotIsGone?: boolean | null;
}

/** Cancels a meeting; its slot goes to the next in the order of the lot at once. */
export async function cancelMeeting(
  store: ServiceStore,
  change: Change,
  key: MeetingKey,
  { side, reason: givenReason, slotIsGone = false }: Cancellation,
): Promise<MeetingChange> {
  const { em } = change;
  const { dialogue, facts, round, meeting, refuses, now } = await lockMeeting(em, store, key);
  const isSupplier = side === MeetingSide.SUPPLIER;
  const refused = refuses(isSupplier ? 'cancelAsSupplier' : 'cancelAsMunicipality');
  if (refused) return { mend: [refused] };
  const mend: Mendable[] = [];
  const reason = words(givenReason, 'reason', mend, { required: true });
  if (reason === null || mend.length > 0) return { mend };
  const before = meetingDigest(meeting);
  em.assign(meeting, {
    ...{ cancelledAt: now, cancelledBy: side, cancellationReason: reason },
    ...{ sequence: meeting.sequence + 1, updatedAt: now },
  });
  await em.flush();
  const isGone = !isSupplier && slotIsGone === true;
  await change.asService(async (service) => {
    const post = { em: service, store, dialogue, round };
    const slot = await service.findOneOrFail(MeetingSlot, { id: meeting.slotId });
    if (isGone) service.assign(slot, { removedAt: now });
    await setPlace(service, meeting, null);
    await mailCancelled(post, meeting, slot);
    await passOn(post, change, slot, { facts, now });
  });
  change.audit(changedMeeting(meeting, before));
  return { meeting };
}

/** Moves a meeting to another slot of its round that is free; what it leaves goes to the next in the order of the lot. */
export async function moveMeeting(
  store: ServiceStore,
  change: Change,
  key: MeetingKey,
  slotId: string,
): Promise<MeetingChange> {
  const { em } = change;
  const { dialogue, facts, round, meeting, refuses, now } = await lockMeeting(em, store, key);
  const refused = refuses('move') ?? mayTalk(facts, now, ['input', 'meetingId']);
  if (refused) return { mend: [refused] };
  const slot = await em.findOne(MeetingSlot, { id: slotId, roundId: round.id, removedAt: null });
  if (!slot) return { mend: [mendable('NO_SUCH_SLOT', 'slotId')] };
  if (slot.startsAt <= now) return { mend: [mendable('SLOT_PASSED', 'slotId')] };
  if (await isBooked(em, slotId)) return { mend: [mendable('SLOT_BOOKED', 'slotId')] };
  const { organisationNumber, startsAt: startedAt, slotId: leftId } = meeting;
  // As the service: an officer sees no meetings of other municipalities, and learns no more of them than this.
  const isBusy = await change.asService((service) => busyElsewhere(service, meeting, slot));
  if (isBusy) return { mend: [mendable('ORGANISATION_BUSY', 'slotId')] };
  const before = meetingDigest(meeting);
  const { startsAt, endsAt } = slot;
  em.assign(meeting, { slotId, startsAt, endsAt, sequence: meeting.sequence + 1, updatedAt: now });
  await em.flush();
  await change.asService(async (service) => {
    const post = { em: service, store, dialogue, round };
    const left = await service.findOneOrFail(MeetingSlot, { id: leftId });
    await setPlace(service, { roundId: round.id, organisationNumber }, slotId);
    await mailMoved(post, meeting, slot, startedAt);
    await passOn(post, change, left, { facts, now });
  });
  change.audit(changedMeeting(meeting, before));
  return { meeting };
}

/** Its own meeting is what moves, and stands in nobody's way. */
async function busyElsewhere(em: EntityManager, meeting: Meeting, slot: MeetingSlot): Promise<boolean> {
  const isBusy = await busyAt(em, [meeting.organisationNumber], [slot], meeting.id);
  return isBusy(meeting.organisationNumber, slot);
}

async function setPlace(
  em: EntityManager,
  { roundId, organisationNumber }: Pick<Meeting, 'roundId' | 'organisationNumber'>,
  slotNowId: string | null,
): Promise<void> {
  await em.nativeUpdate(MeetingLot, { roundId, organisationNumber }, { slotNowId });
}
