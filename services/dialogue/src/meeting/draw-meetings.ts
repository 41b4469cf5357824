import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { stableId } from '@samspill/values';
import { mayTalk } from '../market-dialogue/dialogue-rules.js';
import { drawOrder, giveOut } from './draw-order.js';
import { busyAt, giveMeeting } from './give-meeting.js';
import { Meeting } from './meeting.js';
import type { RoundKey } from './meeting.permission.js';
import { lockRound, writeRound } from './meeting-lock.js';
import { MeetingLot } from './meeting-lot.js';
import { type MeetingPost, mailAllotted, mailNotAllotted, participantsByNumber } from './meeting-mail.js';
import { MeetingRequest } from './meeting-request.js';
import { type MeetingRound, MeetingSeed } from './meeting-round.js';
import { roundRefuses } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { changedRound, roundDigest } from './meeting-snapshot.js';

export type RoundChange = { readonly round: MeetingRound } | { readonly mend: readonly Mendable[] };

/** Draws the lot of a round and gives its meetings out, for everybody to replay. */
export async function drawMeetings(store: ServiceStore, change: Change, key: RoundKey): Promise<RoundChange> {
  const { dialogue, facts, round, now } = await lockRound(change.em, store, key);
  const refused = roundRefuses('draw', round, now) ?? mayTalk(facts, now, ['input', 'roundId']);
  if (refused) return { mend: [refused] };
  const before = roundDigest(round);
  await writeRound(change.em, round, { updatedAt: now });
  await change.asService(async (em) => {
    const { seed } = await em.findOneOrFail(MeetingSeed, { roundId: round.id }, { disableIdentityMap: true });
    em.assign(round, { seed, drawnAt: now, updatedAt: now });
    await giveOutMeetings({ em, store, dialogue, round }, change, seed, now);
  });
  change.audit(changedRound(round, before));
  return { round };
}

async function giveOutMeetings(post: MeetingPost, change: Change, seed: string, now: Date): Promise<void> {
  const { em, round } = post;
  const quietly = { disableIdentityMap: true } as const;
  const participants = await participantsByNumber(em, round.dialogueId);
  const asked = await em.find(MeetingRequest, { roundId: round.id, withdrawnAt: null }, quietly);
  // Whoever has left the dialogue since has no more to talk about.
  const requests = new Map(
    asked
      .filter(({ organisationNumber }) => participants.has(organisationNumber))
      .map((request) => [request.organisationNumber, request]),
  );
  const met = await haveMet(em, round);
  const order = drawOrder(
    seed,
    [...requests.keys()].map((number) => ({ organisationNumber: number, hadMeetingBefore: met.has(number) })),
  );
  // A draw that comes late gives out what is still to come.
  const slots = await em.find(
    MeetingSlot,
    { roundId: round.id, removedAt: null, startsAt: { $gt: now } },
    quietly,
  );
  const isBusy = await busyAt(em, [...requests.keys()], slots);
  const cannot = (number: string, slot: MeetingSlot) =>
    isBusy(number, slot) || (requests.get(number)?.unavailable.includes(slot.id) ?? false);
  const given = giveOut(order, slots, cannot);
  for (const [at, { organisationNumber, digest, hadMeetingBefore }] of order.entries()) {
    const request = requests.get(organisationNumber) as MeetingRequest;
    const slot = given.get(organisationNumber) ?? null;
    em.create(MeetingLot, {
      ...{ id: stableId('meeting-lot', round.id, organisationNumber), roundId: round.id, position: at + 1 },
      ...{ organisationNumber, organisationName: request.organisationName, digest, hadMeetingBefore },
      unavailable: slots.filter((each) => cannot(organisationNumber, each)).map(({ id }) => id),
      ...{ slotId: slot?.id ?? null, slotNowId: slot?.id ?? null },
    });
    const participant = participants.get(organisationNumber);
    if (slot) await mailAllotted(post, giveMeeting(em, change, request, slot, now), slot);
    else if (participant) await mailNotAllotted(post, participant);
  }
}

/** Who has, or has had, a meeting in another round of the dialogue. One that was cancelled does not count. */
async function haveMet(em: EntityManager, { id, dialogueId }: MeetingRound): Promise<Set<string>> {
  const where = { dialogueId, roundId: { $ne: id }, cancelledAt: null };
  const met = await em.find(Meeting, where, { disableIdentityMap: true });
  return new Set(met.map(({ organisationNumber }) => organisationNumber));
}
