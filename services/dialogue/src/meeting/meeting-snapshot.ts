import { digest } from '@samspill/audit';
import type { AuditedObject } from '@samspill/subgraph';
import type { Meeting } from './meeting.js';
import type { MeetingRequest } from './meeting-request.js';
import type { MeetingRound } from './meeting-round.js';

// Plain, because a digest has no words for an entity.
const ofRound = ({
  id,
  dialogueId,
  number,
  title,
  minutes,
  requestsCloseAt,
  ...rest
}: MeetingRound): object => {
  const { seedCommitment, seed, drawnAt, cancelledAt, cancellationReason } = rest;
  const lot = { seedCommitment, seed, drawnAt, cancelledAt, cancellationReason };
  return { id, dialogueId, number, title, minutes, requestsCloseAt, ...lot };
};

const ofMeeting = ({
  id,
  roundId,
  slotId,
  organisationNumber,
  startsAt,
  endsAt,
  ...rest
}: Meeting): object => {
  const { cancelledAt, cancelledBy, cancellationReason, sequence } = rest;
  const end = { cancelledAt, cancelledBy, cancellationReason, sequence };
  return { id, roundId, slotId, organisationNumber, startsAt, endsAt, ...end };
};

const ofRequest = ({
  id,
  roundId,
  organisationNumber,
  wishes,
  unavailable,
  ...rest
}: MeetingRequest): object => ({
  ...{ id, roundId, organisationNumber, wishes, unavailable: [...unavailable] },
  ...{ requestedAt: rest.requestedAt, withdrawnAt: rest.withdrawnAt },
});

export const roundDigest = (round: MeetingRound): Buffer => digest(ofRound(round));
export const meetingDigest = (meeting: Meeting): Buffer => digest(ofMeeting(meeting));
export const requestDigest = (request: MeetingRequest): Buffer => digest(ofRequest(request));

export function changedRound(
  round: MeetingRound,
  before: Buffer | null,
  after = roundDigest(round),
): AuditedObject {
  const owner = { municipality: round.municipalityNumber };
  return { object: { type: 'MeetingRound', id: round.id }, owner, before, after };
}

export function changedMeeting(
  meeting: Meeting,
  before: Buffer | null,
  after = meetingDigest(meeting),
): AuditedObject {
  return { ...meeting.restriction(), before, after };
}

export function changedRequest(request: MeetingRequest, before: Buffer | null): AuditedObject {
  return { ...request.restriction(), before, after: requestDigest(request) };
}
