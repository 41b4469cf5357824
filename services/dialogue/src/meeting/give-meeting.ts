import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change } from '@samspill/subgraph';
import { Meeting } from './meeting.js';
import type { MeetingRequest } from './meeting-request.js';
import type { MeetingSlot } from './meeting-slot.js';
import { changedMeeting } from './meeting-snapshot.js';
import { overlap } from './slot-times.js';

/** Books a slot for an organisation, as the service: who gets what is decided by the lot and by nobody. */
export function giveMeeting(
  em: EntityManager,
  { audit }: Pick<Change, 'audit'>,
  request: MeetingRequest,
  slot: MeetingSlot,
  now: Date,
): Meeting {
  const {
    id: requestId,
    roundId,
    dialogueId,
    municipalityNumber,
    organisationNumber,
    organisationName,
  } = request;
  const { id: slotId, startsAt, endsAt } = slot;
  const meeting = em.create(Meeting, {
    ...{ id: randomUUID(), roundId, dialogueId, municipalityNumber, requestId, slotId },
    ...{ organisationNumber, organisationName, startsAt, endsAt },
    ...{ allottedAt: now, cancelledAt: null, cancelledBy: null, cancellationReason: null },
    ...{ sequence: 0, updatedAt: now },
  });
  audit(changedMeeting(meeting, null));
  return meeting;
}

/**
 * Says which slots an organisation cannot take because it has another meeting then, in whichever dialogue of
 * whichever municipality. Nobody learns more of that meeting than that the slot does not suit.
 */
export async function busyAt(
  em: EntityManager,
  organisationNumbers: readonly string[],
  slots: readonly MeetingSlot[],
  /** The meeting that is being moved, if one is. */
  exceptId?: string,
): Promise<(organisationNumber: string, slot: MeetingSlot) => boolean> {
  if (slots.length === 0 || organisationNumbers.length === 0) return () => false;
  const begins = slots.map((slot) => slot.startsAt.getTime());
  const ends = slots.map((slot) => slot.endsAt.getTime());
  const elsewhere = await em.find(
    Meeting,
    {
      ...{ organisationNumber: { $in: [...organisationNumbers] }, cancelledAt: null },
      startsAt: { $lt: new Date(Math.max(...ends)) },
      endsAt: { $gt: new Date(Math.min(...begins)) },
      ...(exceptId !== undefined && { id: { $ne: exceptId } }),
    },
    { disableIdentityMap: true },
  );
  const byOrganisation = Map.groupBy(elsewhere, (meeting) => meeting.organisationNumber);
  const span = ({ startsAt, endsAt }: Meeting | MeetingSlot) => ({ from: startsAt, to: endsAt });
  return (number, slot) =>
    (byOrganisation.get(number) ?? []).some((meeting) => overlap(span(meeting), span(slot)));
}
