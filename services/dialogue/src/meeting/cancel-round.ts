import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import type { RoundChange } from './draw-meetings.js';
import { Meeting } from './meeting.js';
import type { RoundKey } from './meeting.permission.js';
import { lockRound, writeRound } from './meeting-lock.js';
import { MeetingLot } from './meeting-lot.js';
import { mailCancelled, mailRoundCancelled, participantsByNumber } from './meeting-mail.js';
import { MeetingRequest } from './meeting-request.js';
import { MeetingSide, roundRefuses } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { changedMeeting, changedRound, meetingDigest, roundDigest } from './meeting-snapshot.js';
import { words } from './plan-round.js';

/** Cancels a round with all its coming meetings, and tells everybody who has asked for one. What has been held, has been. */
export async function cancelMeetingRound(
  store: ServiceStore,
  change: Change,
  key: RoundKey,
  givenReason: string,
): Promise<RoundChange> {
  const { em } = change;
  const { dialogue, round, now } = await lockRound(em, store, key);
  const refused = roundRefuses('cancel', round, now);
  if (refused) return { mend: [refused] };
  const mend: Mendable[] = [];
  const reason = words(givenReason, 'reason', mend, { required: true });
  if (reason === null || mend.length > 0) return { mend };
  const before = roundDigest(round);
  const cancelled = { cancelledAt: now, cancellationReason: reason, updatedAt: now };
  await writeRound(em, round, cancelled);
  em.assign(round, cancelled);
  await change.asService(async (service) => {
    const post = { em: service, store, dialogue, round };
    const told = new Set<string>();
    const coming = { roundId: round.id, cancelledAt: null, startsAt: { $gt: now } };
    for (const meeting of await service.find(Meeting, coming)) {
      const was = meetingDigest(meeting);
      service.assign(meeting, {
        ...{ cancelledAt: now, cancelledBy: MeetingSide.MUNICIPALITY, cancellationReason: reason },
        ...{ sequence: meeting.sequence + 1, updatedAt: now },
      });
      change.audit(changedMeeting(meeting, was));
      told.add(meeting.organisationNumber);
      const slot = await service.findOneOrFail(MeetingSlot, { id: meeting.slotId });
      await mailCancelled(post, meeting, slot);
    }
    await service.flush();
    await service.nativeUpdate(MeetingLot, { roundId: round.id }, { slotNowId: null });
    // The rooms are free for others again.
    const toCome = { roundId: round.id, removedAt: null, startsAt: { $gt: now } };
    await service.nativeUpdate(MeetingSlot, toCome, { removedAt: now });
    const where = { roundId: round.id, withdrawnAt: null };
    const requests = await service.find(MeetingRequest, where, { disableIdentityMap: true });
    const participants = await participantsByNumber(service, round.dialogueId);
    for (const { organisationNumber } of requests) {
      const participant = participants.get(organisationNumber);
      if (participant && !told.has(organisationNumber)) await mailRoundCancelled(post, participant, reason);
    }
  });
  change.audit(changedRound(round, before));
  return { round };
}
