import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MeetingWorld, organisations } from './meeting.test-support.js';

/*
 * The database alone, past all our code: written by the service itself, whom no policy stops.
 * With several connections at once: test/e2e/double-booking.test.ts.
 */

let world: MeetingWorld;
beforeAll(async () => {
  world = await MeetingWorld.open();
});
beforeEach(() => world.clear());
afterAll(() => world?.[Symbol.asyncDispose]());

const EXCLUDED = '23P01';
const NOT_UNIQUE = '23505';
const NO_SUCH = '23503';
const CHECKED = '23514';

/** The code with which the database refuses a statement. */
async function codeOf(statement: string, parameters: unknown[] = []): Promise<string> {
  return world.system.execute(statement, parameters).then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

/** A round of two slots with one meeting, of Øyeren. */
async function drawn() {
  const dialogueId = await world.dialogue();
  const { id: roundId, slots } = await world.round(dialogueId, 2);
  await world.asks(roundId, 'oyeren');
  await world.draws(roundId);
  const [meeting] = await world.meetings(roundId);
  return { dialogueId, roundId, slots: slots.map(({ id }) => id), meetingId: meeting?.id as string };
}

const copySlot = (id: string, more: string) =>
  codeOf(
    `insert into dialogue.meeting_slot (id, round_id, dialogue_id, municipality_number, minutes, room, starts_at, ends_at)
     select ?, round_id, dialogue_id, municipality_number, minutes, ${more} from dialogue.meeting_slot where id = ?`,
    [randomUUID(), id],
  );

const copyMeeting = (id: string, more: { slot?: string; organisation?: string }) =>
  codeOf(
    `insert into dialogue.meeting (id, round_id, dialogue_id, municipality_number, request_id, slot_id, organisation_number,
       organisation_name, starts_at, ends_at, allotted_at, updated_at)
     select ?, s.round_id, m.dialogue_id, m.municipality_number, m.request_id, s.id, ?,
       'Andre AS', s.starts_at, s.ends_at, m.allotted_at, m.updated_at
     from dialogue.meeting m join dialogue.meeting_slot s on s.id = coalesce(?, m.slot_id) where m.id = ?`,
    [randomUUID(), more.organisation ?? organisations.oyeren, more.slot ?? null, id],
  );

describe('a slot', () => {
  it('is never in a room that has another one then, whatever the case of its name; removed ones do not count', async () => {
    const { slots } = await drawn();
    const [, free = ''] = slots;
    expect(await copySlot(free, 'upper(room), starts_at, ends_at')).toBe(EXCLUDED);
    const shifted = "room, starts_at + interval '29 minutes', ends_at + interval '29 minutes'";
    expect(await copySlot(free, shifted)).toBe(EXCLUDED);
    expect(await copySlot(free, shifted.replaceAll('29', '30'))).toBe('done');
    expect(await copySlot(free, "room || ' 2', starts_at, ends_at")).toBe('done');
    await world.system.execute('update dialogue.meeting_slot set removed_at = now() where id = ?', [free]);
    expect(await copySlot(free, 'room, starts_at, ends_at')).toBe('done');
  });

  it('is exactly as long as all others of its round', async () => {
    const { slots } = await drawn();
    const other =
      "'Annet rom', starts_at + interval '1 day', ends_at + interval '1 day' + interval '1 minute'";
    expect(await copySlot(slots[1] as string, other)).toBe(CHECKED);
    const longer = await codeOf(
      `update dialogue.meeting_slot set minutes = 60, ends_at = starts_at + interval '60 minutes' where id = ?`,
      [slots[1]],
    );
    expect(longer).toBe(NO_SUCH);
  });

  it('belongs to the municipality of its round', async () => {
    const { slots } = await drawn();
    const moved = await codeOf("update dialogue.meeting_slot set municipality_number = '3122' where id = ?", [
      slots[1],
    ]);
    expect(moved).toBe(NO_SUCH);
  });
});

describe('a meeting', () => {
  it('is never the second one in its slot', async () => {
    const { meetingId } = await drawn();
    expect(await copyMeeting(meetingId, { organisation: organisations.mysen })).toBe(NOT_UNIQUE);
  });

  it('is never the second one of its organisation at the same time, in another round or dialogue either', async () => {
    const { meetingId } = await drawn();
    world.clock.set('2027-01-04T08:00:00Z');
    const other = await world.round(await world.dialogue(), 1);
    const into = await codeOf(
      `insert into dialogue.meeting (id, round_id, dialogue_id, municipality_number, request_id, slot_id, organisation_number,
         organisation_name, starts_at, ends_at, allotted_at, updated_at)
       select ?, s.round_id, s.dialogue_id, s.municipality_number, m.request_id, s.id, m.organisation_number,
         m.organisation_name, s.starts_at, s.ends_at, m.allotted_at, m.updated_at
       from dialogue.meeting m join dialogue.meeting_slot s on s.id = ? where m.id = ?`,
      [randomUUID(), other.slots[0]?.id, meetingId],
    );
    expect(into).toBe(EXCLUDED);
  });

  it('is never the second one of its organisation in a round', async () => {
    const { meetingId, slots } = await drawn();
    expect(await copyMeeting(meetingId, { slot: slots[1] as string })).toBe(NOT_UNIQUE);
    expect(
      await copyMeeting(meetingId, { slot: slots[1] as string, organisation: organisations.mysen }),
    ).toBe('done');
  });

  it('is at the time of its slot and at no other', async () => {
    const { meetingId } = await drawn();
    const moved = await codeOf(
      "update dialogue.meeting set starts_at = starts_at - interval '1 minute' where id = ?",
      [meetingId],
    );
    expect(moved).toBe(NO_SUCH);
  });

  it('leaves its slot and its organisation free once it is cancelled', async () => {
    const { meetingId } = await drawn();
    await world.system.execute(
      "update dialogue.meeting set cancelled_at = now(), cancelled_by = 'SUPPLIER', cancellation_reason = 'Syk.' where id = ?",
      [meetingId],
    );
    expect(await copyMeeting(meetingId, {})).toBe('done');
  });
});

it('a seed that was not committed to is not published', async () => {
  const { roundId } = await drawn();
  expect(await codeOf("update dialogue.meeting_round set seed = 'et annet' where id = ?", [roundId])).toBe(
    CHECKED,
  );
});
