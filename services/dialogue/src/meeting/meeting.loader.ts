import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@samspill/subgraph';
import { visibleToBothSides, visibleToOfficers } from './meeting.filter.js';
import { Meeting } from './meeting.js';
import { MeetingLot } from './meeting-lot.js';
import { MeetingComment, MeetingMinutes, MeetingSecret } from './meeting-minutes.js';
import { MeetingRound } from './meeting-round.js';
import { MeetingSlot } from './meeting-slot.js';

/**
 * How many meetings of a dialogue nobody has written down yet: held or still to be held, and not cancelled. A
 * dialogue is not closed before there are none.
 */
export async function meetingsWithoutMinutes(em: EntityManager, dialogueId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from dialogue.meeting m
     where m.dialogue_id = ? and m.cancelled_at is null
       and not exists (select from dialogue.meeting_minutes w where w.meeting_id = m.id)`,
    [dialogueId],
  );
  return row?.count ?? 0;
}

export function roundById(context: RequestContext, id: string): Promise<MeetingRound | null> {
  return context.batched('meeting-round', id, async (ids) =>
    byId(await context.find(MeetingRound, { id: [...ids] })),
  );
}

/** The rounds of a dialogue, the first one first. */
export function roundsOf(context: RequestContext, dialogueId: string): Promise<MeetingRound[]> {
  return listOf(context, 'meeting-rounds', dialogueId, async (ids) => {
    const found = await context.find(MeetingRound, { dialogueId: ids }, { orderBy: { number: 'asc' } });
    return Map.groupBy(found, (round) => round.dialogueId);
  });
}

/** The slots of a round, in the order in which they are given out. */
export function slotsOf(context: RequestContext, roundId: string): Promise<MeetingSlot[]> {
  return listOf(context, 'meeting-slots', roundId, async (ids) => {
    const found = await context.find(
      MeetingSlot,
      { roundId: ids, removedAt: null },
      { orderBy: [{ startsAt: 'asc' }, { room: 'asc' }, { id: 'asc' }] },
    );
    return Map.groupBy(found, (slot) => slot.roundId);
  });
}

/** One slot, also one that has been removed since. */
export function slotById(context: RequestContext, id: string): Promise<MeetingSlot | null> {
  return context.batched('meeting-slot', id, async (ids) =>
    byId(await context.find(MeetingSlot, { id: [...ids] })),
  );
}

export async function requestCountOf(context: RequestContext, roundId: string): Promise<number> {
  const count = await context.batched('meeting-request-count', roundId, async (ids) => {
    const rows = await context.em.execute<{ round_id: string; requests: number }[]>(
      "select round_id, requests from dialogue.meeting_request_counts(string_to_array(?, ','))",
      [ids.join(',')],
    );
    return new Map(rows.map((row) => [row.round_id, row.requests]));
  });
  return count ?? 0;
}

/** The lots of a round, in their order. */
export function lotsOf(context: RequestContext, roundId: string): Promise<MeetingLot[]> {
  return listOf(context, 'meeting-lots', roundId, async (ids) => {
    const found = await context.find(MeetingLot, { roundId: ids }, { orderBy: { position: 'asc' } });
    return Map.groupBy(found, (lot) => lot.roundId);
  });
}

export function meetingById(context: RequestContext, id: string): Promise<Meeting | null> {
  return context.batched('meeting', id, async (ids) =>
    byId(await context.find(Meeting, { $and: [{ id: [...ids] }, ...visibleToBothSides<Meeting>(context)] })),
  );
}

export function minutesOf(context: RequestContext, meetingId: string): Promise<MeetingMinutes | null> {
  return context.batched('meeting-minutes', meetingId, async (ids) => {
    const where = [{ meetingId: { $in: [...ids] } }, ...visibleToBothSides<MeetingMinutes>(context)];
    const found = await context.find(MeetingMinutes, { $and: where });
    return new Map(found.map((minutes) => [minutes.meetingId, minutes]));
  });
}

/** What has been said about the minutes of a meeting, the first thing first. */
export function commentsOf(context: RequestContext, meetingId: string): Promise<MeetingComment[]> {
  return listOf(context, 'meeting-comments', meetingId, async (ids) => {
    const where = [{ meetingId: { $in: ids } }, ...visibleToBothSides<MeetingComment>(context)];
    const found = await context.find(MeetingComment, { $and: where }, { orderBy: WRITTEN });
    return Map.groupBy(found, (comment) => comment.meetingId);
  });
}

/** The trade secrets of a meeting, for the organisation and for procurement officers. */
export function secretsOf(context: RequestContext, meetingId: string): Promise<MeetingSecret[]> {
  return listOf(context, 'meeting-secrets', meetingId, async (ids) => {
    const where = [{ meetingId: { $in: ids } }, ...visibleToOfficers<MeetingSecret>(context)];
    const found = await context.find(MeetingSecret, { $and: where }, { orderBy: WRITTEN });
    return Map.groupBy(found, (secret) => secret.meetingId);
  });
}

const WRITTEN: { writtenAt?: 'asc'; id?: 'asc' }[] = [{ writtenAt: 'asc' }, { id: 'asc' }];

const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

async function listOf<T>(
  context: RequestContext,
  name: string,
  key: string,
  load: (keys: string[]) => Promise<Map<string, T[]>>,
): Promise<T[]> {
  return (await context.batched(name, key, (keys) => load([...keys]))) ?? [];
}
