import { randomUUID } from 'node:crypto';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { mayTalk } from '../market-dialogue/dialogue-rules.js';
import { participantIn } from '../participant/participant.js';
import { Meeting } from './meeting.js';
import { noSuchRequest, type RoundKey } from './meeting.permission.js';
import { lockRound } from './meeting-lock.js';
import { MeetingRequest } from './meeting-request.js';
import { mendable, roundRefuses } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { changedRequest, requestDigest } from './meeting-snapshot.js';
import { words } from './plan-round.js';

export type RequestChange = { readonly request: MeetingRequest } | { readonly mend: readonly Mendable[] };

export interface NewRequest {
  readonly organisationNumber: string;
  readonly wishes?: string | null;
  readonly unavailable: readonly string[];
  readonly personId: string | null;
}

/** Puts an organisation into the lot of a round. When it asks does not matter to its chances, only that it is in time. */
export async function requestMeeting(
  store: ServiceStore,
  change: Change,
  key: RoundKey,
  given: NewRequest,
): Promise<RequestChange> {
  const { em } = change;
  const { facts, round, now } = await lockRound(em, store, key);
  const refused = roundRefuses('ask', round, now) ?? mayTalk(facts, now, ['input', 'roundId']);
  if (refused) return { mend: [refused] };
  const { organisationNumber, personId } = given;
  const participant = await participantIn(em, round.dialogueId, organisationNumber);
  if (!participant) return { mend: [mendable('NOT_PARTICIPANT', 'organisationNumber')] };
  const mend: Mendable[] = [];
  const wishes = words(given.wishes, 'wishes', mend);
  const slots = await em.find(MeetingSlot, { roundId: round.id, removedAt: null });
  const known = new Set(slots.map(({ id }) => id));
  for (const [at, id] of given.unavailable.entries()) {
    if (!known.has(id)) mend.push(mendable('NO_SUCH_SLOT', 'unavailable', String(at)));
    if (at >= slots.length) break;
  }
  if (mend.length > 0) return { mend };
  const unavailable = [...new Set(given.unavailable)];
  const asks = { wishes, unavailable, personId, requestedAt: now, withdrawnAt: null };
  const before = await em.findOne(MeetingRequest, { roundId: round.id, organisationNumber });
  if (before && before.withdrawnAt === null) return { mend: [mendable('ALREADY_REQUESTED', 'roundId')] };
  if (before) {
    const was = requestDigest(before);
    em.assign(before, { ...asks, organisationName: participant.organisationName });
    await em.flush();
    change.audit(changedRequest(before, was));
    return { request: before };
  }
  const { id: roundId, dialogueId, municipalityNumber } = round;
  const request = em.create(MeetingRequest, {
    ...{ id: randomUUID(), roundId, dialogueId, municipalityNumber, organisationNumber },
    ...{ organisationName: participant.organisationName, ...asks },
  });
  await em.flush();
  change.audit(changedRequest(request, null));
  return { request };
}

/** Takes an organisation out of the lot, or after the draw out of the line of those who got nothing. */
export async function withdrawMeetingRequest(
  store: ServiceStore,
  change: Change,
  key: RoundKey,
  organisationNumber: string,
): Promise<RequestChange> {
  const { em } = change;
  const { round, now } = await lockRound(em, store, key);
  const request = await em.findOne(MeetingRequest, { roundId: round.id, organisationNumber });
  if (!request) throw noSuchRequest();
  const refused = roundRefuses('withdraw', round, now);
  if (refused) return { mend: [refused] };
  if (request.withdrawnAt !== null) return { mend: [mendable('ALREADY_WITHDRAWN', 'roundId')] };
  const has = await em.count(Meeting, { roundId: round.id, organisationNumber, cancelledAt: null });
  if (has > 0) return { mend: [mendable('MEETING_ALLOTTED', 'roundId')] };
  const before = requestDigest(request);
  em.assign(request, { withdrawnAt: now });
  await em.flush();
  change.audit(changedRequest(request, before));
  return { request };
}
