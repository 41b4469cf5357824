import { randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change, Mendable, ServiceStore } from '@samspill/subgraph';
import { mayTalk } from '../market-dialogue/dialogue-rules.js';
import type { RoundChange } from './draw-meetings.js';
import { seedCommitment } from './draw-order.js';
import { noSuchSlot, type RoundKey } from './meeting.permission.js';
import { lockMeetingsOf, lockRound } from './meeting-lock.js';
import { MOST } from './meeting-messages.js';
import { MeetingRound, MeetingSeed } from './meeting-round.js';
import { mendable, roundRefuses } from './meeting-rules.js';
import { MeetingSlot } from './meeting-slot.js';
import { changedRound, roundDigest } from './meeting-snapshot.js';
import { passOn } from './pass-on.js';
import { type GivenSlots, planSlots, words } from './plan-round.js';
import { overlap, type SlotTime } from './slot-times.js';

export interface NewRound extends GivenSlots {
  readonly dialogueId: string;
  readonly title?: string | null;
  readonly requestsCloseAt: Date;
}

/** Begins a round: its slots, and the commitment to the seed that nobody learns before the draw. */
export async function createMeetingRound(
  store: ServiceStore,
  change: Change,
  given: NewRound,
): Promise<RoundChange> {
  const { em } = change;
  const { dialogue, facts, now } = await lockMeetingsOf(em, store, given.dialogueId);
  const refused = mayTalk(facts, now);
  if (refused) return { mend: [refused] };
  const mend: Mendable[] = [];
  const title = words(given.title, 'title', mend);
  const { requestsCloseAt } = given;
  if (requestsCloseAt <= now) mend.push(mendable('DEADLINE_PASSED', 'requestsCloseAt'));
  const plan = planSlots(given, { now, notBefore: requestsCloseAt });
  if ('mend' in plan) return { mend: [...mend, ...plan.mend] };
  const before = await em.find(MeetingRound, { dialogueId: dialogue.id });
  if (before.length >= MOST.rounds) mend.push(mendable('TOO_MANY_ROUNDS', 'dialogueId'));
  // A dialogue without a municipality has no officer either: the database refuses the row.
  const municipalityNumber = dialogue.municipalityNumber ?? '';
  if (await isRoomTaken(em, municipalityNumber, plan.slots)) mend.push(mendable('ROOM_TAKEN', 'rooms'));
  if (mend.length > 0) return { mend };
  const seed = randomBytes(32).toString('hex');
  const number = Math.max(0, ...before.map((round) => round.number)) + 1;
  const round = em.create(MeetingRound, {
    ...{ id: randomUUID(), dialogueId: dialogue.id, municipalityNumber, number },
    ...{ title: title ?? `Møterunde ${number}`, minutes: given.minutes, requestsCloseAt },
    ...{ seedCommitment: seedCommitment(seed), seed: null, drawnAt: null },
    ...{ cancelledAt: null, cancellationReason: null, createdAt: now, updatedAt: now },
  });
  await em.flush();
  for (const slot of plan.slots) em.create(MeetingSlot, slotRow(round, slot));
  await change.asService(async (service) => {
    await service.insert(MeetingSeed, { roundId: round.id, seed });
  });
  change.audit(changedRound(round, null));
  return { round };
}

export interface MoreSlots extends Omit<GivenSlots, 'minutes'> {
  readonly roundId: string;
}

/** Adds slots as long as the others. After the draw they go to those who are next in its order. */
export async function addSlots(
  store: ServiceStore,
  change: Change,
  key: RoundKey,
  more: MoreSlots,
): Promise<RoundChange> {
  const { em } = change;
  const { dialogue, facts, round, now } = await lockRound(em, store, key);
  const refused = roundRefuses('changeSlots', round, now) ?? mayTalk(facts, now, ['input', 'roundId']);
  if (refused) return { mend: [refused] };
  const { minutes, requestsCloseAt } = round;
  const plan = planSlots({ ...more, minutes }, { now, notBefore: requestsCloseAt });
  if ('mend' in plan) return plan;
  const existing = await em.count(MeetingSlot, { roundId: round.id, removedAt: null });
  if (existing + plan.slots.length > MOST.slots) return { mend: [mendable('TOO_MANY_SLOTS', 'days')] };
  if (await isRoomTaken(em, round.municipalityNumber, plan.slots)) {
    return { mend: [mendable('ROOM_TAKEN', 'rooms')] };
  }
  const before = roundDigest(round);
  const slots = plan.slots.map((slot) => em.create(MeetingSlot, slotRow(round, slot)));
  em.assign(round, { updatedAt: now });
  await change.asService(async (service) => {
    for (const slot of slots)
      await passOn({ em: service, store, dialogue, round }, change, slot, { facts, now });
  });
  change.audit(changedRound(round, before));
  return { round };
}

/** Takes a slot away that nobody has. */
export async function removeSlot(
  store: ServiceStore,
  change: Change,
  key: RoundKey,
  slotId: string,
): Promise<RoundChange> {
  const { em } = change;
  const { round, now } = await lockRound(em, store, key);
  const refused = roundRefuses('changeSlots', round, now);
  if (refused) return { mend: [{ ...refused, path: ['input', 'slotId'] }] };
  if (await isBooked(em, slotId)) return { mend: [mendable('SLOT_BOOKED', 'slotId')] };
  const before = roundDigest(round);
  // Everybody sees slots: an update by somebody who may not would touch none, without an error.
  const removed = await em.nativeUpdate(MeetingSlot, { id: slotId, removedAt: null }, { removedAt: now });
  if (removed !== 1) throw noSuchSlot();
  em.assign(round, { updatedAt: now });
  change.audit(changedRound(round, before));
  return { round };
}

export async function isBooked(em: EntityManager, slotId: string): Promise<boolean> {
  const [row] = await em.execute<{ booked: boolean }[]>(
    'select exists (select from dialogue.meeting where slot_id = ? and cancelled_at is null) as booked',
    [slotId],
  );
  return row?.booked ?? false;
}

/** Whether one of the rooms has a meeting of the municipality already, in whichever round or dialogue. */
async function isRoomTaken(
  em: EntityManager,
  municipalityNumber: string,
  slots: readonly SlotTime[],
): Promise<boolean> {
  const taken = await em.find(
    MeetingSlot,
    {
      ...{ municipalityNumber, removedAt: null },
      startsAt: { $lt: new Date(Math.max(...slots.map(({ to }) => to.getTime()))) },
      endsAt: { $gt: new Date(Math.min(...slots.map(({ from }) => from.getTime()))) },
    },
    { disableIdentityMap: true },
  );
  const byRoom = Map.groupBy(taken, ({ room }) => room.toLowerCase());
  return slots.some((slot) =>
    (byRoom.get(slot.room.toLowerCase()) ?? []).some(({ startsAt, endsAt }) =>
      overlap(slot, { from: startsAt, to: endsAt }),
    ),
  );
}

function slotRow(round: MeetingRound, { room, from, to }: SlotTime) {
  const { id: roundId, dialogueId, municipalityNumber, minutes } = round;
  const where = { id: randomUUID(), roundId, dialogueId, municipalityNumber };
  return { ...where, minutes, room, startsAt: from, endsAt: to, removedAt: null };
}
