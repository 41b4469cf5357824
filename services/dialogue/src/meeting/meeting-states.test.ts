import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CLOSES, MeetingWorld, organisations, type Who } from './meeting.test-support.js';
import { MEETING_ACTIONS, MeetingRoundStatus, MeetingStatus, ROUND_ACTIONS } from './meeting-rules.js';

/*
 * Every action in every state, by everybody. What the tables of the rules allow is done; everything else is refused with
 * a code and changes nothing. The same by whoever may not: with the rules, and by the database alone.
 */

let world: MeetingWorld;
beforeAll(async () => {
  world = await MeetingWorld.open();
});
beforeEach(() => world.clear());
afterAll(() => world?.[Symbol.asyncDispose]());

interface Scene {
  readonly roundId: string;
  readonly slotIds: string[];
  readonly meetingId: string;
  readonly freeSlotId: string;
}

const HELD = '2027-01-11T08:10:00Z';

const everybody: Who[] = [
  'public',
  'person',
  'officer',
  'evaluator',
  'neighbour',
  'oyeren',
  'mysen',
  'stranger',
];
const acting: Record<string, { mutation: string; input: (scene: Scene) => object; by: readonly Who[] }> = {
  ask: {
    mutation: 'requestMeeting',
    input: ({ roundId }) => ({ roundId, organisationNumber: organisations.oyeren }),
    by: ['oyeren'],
  },
  withdraw: {
    mutation: 'withdrawMeetingRequest',
    input: ({ roundId }) => ({ roundId, organisationNumber: organisations.oyeren }),
    by: ['oyeren'],
  },
  draw: { mutation: 'drawMeetings', input: ({ roundId }) => ({ roundId }), by: ['officer'] },
  changeSlots: {
    mutation: 'addSlots',
    input: ({ roundId }) => ({
      ...{ roundId, rooms: [world.room()] },
      days: [{ from: '2027-02-01T09:00', to: '2027-02-01T09:30' }],
    }),
    by: ['officer'],
  },
  cancel: {
    mutation: 'cancelMeetingRound',
    input: ({ roundId }) => ({ roundId, reason: 'Avlyst.' }),
    by: ['officer'],
  },
  cancelAsSupplier: {
    mutation: 'cancelMeeting',
    input: ({ meetingId }) => ({ meetingId, reason: 'Syk.' }),
    by: ['oyeren'],
  },
  cancelAsMunicipality: {
    mutation: 'cancelMeeting',
    input: ({ meetingId }) => ({ meetingId, reason: 'Syk.' }),
    by: ['officer'],
  },
  move: {
    mutation: 'moveMeeting',
    input: ({ meetingId, freeSlotId: slotId }) => ({ meetingId, slotId }),
    by: ['officer'],
  },
  record: {
    mutation: 'recordMinutes',
    input: ({ meetingId }) => ({ meetingId, text: 'Referat.', told: ['Noe.'] }),
    by: ['officer'],
  },
  comment: {
    mutation: 'commentOnMinutes',
    input: ({ meetingId }) => ({ meetingId, text: 'Merknad.' }),
    by: ['oyeren', 'officer'],
  },
};

/** A round in a state. Øyeren has asked where something is to be withdrawn, and not where it is to ask. */
async function roundIn(state: MeetingRoundStatus, action: string): Promise<Scene> {
  const { id: roundId, slots } = await world.round(await world.dialogue());
  await world.asks(roundId, 'mysen');
  if (action === 'withdraw') {
    // So that the draw gives it nothing: an organisation that has a meeting cancels it instead.
    const unavailable = slots.map(({ id }) => id);
    const input = { roundId, organisationNumber: organisations.oyeren, unavailable };
    expect((await world.does('oyeren', 'requestMeeting', input)).errors).toEqual([]);
  }
  if (state === MeetingRoundStatus.REQUESTS_CLOSED) world.clock.set(CLOSES);
  if (state === MeetingRoundStatus.DRAWN) await world.draws(roundId);
  if (state === MeetingRoundStatus.CANCELLED) {
    await world.does('officer', 'cancelMeetingRound', { roundId, reason: 'Avlyst.' });
  }
  return { roundId, slotIds: slots.map(({ id }) => id), meetingId: '', freeSlotId: '' };
}

/** A meeting of Øyeren in a state, and a slot that it could be moved to. */
async function meetingIn(state: MeetingStatus): Promise<Scene> {
  const { id: roundId, slots } = await world.round(await world.dialogue());
  await world.asks(roundId, 'oyeren');
  await world.draws(roundId);
  const [meeting] = await world.meetings(roundId);
  const meetingId = meeting?.id as string;
  if (state === MeetingStatus.CANCELLED)
    await world.does('officer', 'cancelMeeting', { meetingId, reason: 'Syk.' });
  if (state === MeetingStatus.HELD || state === MeetingStatus.RECORDED) world.clock.set(HELD);
  if (state === MeetingStatus.RECORDED) {
    const input = { meetingId, text: 'Referat.', told: [], nothingTold: true };
    expect((await world.does('officer', 'recordMinutes', input)).errors).toEqual([]);
  }
  return { roundId, slotIds: slots.map(({ id }) => id), meetingId, freeSlotId: slots[1]?.id as string };
}

type Table = Record<string, Record<string, string | null>>;
const cases = (table: Table) =>
  Object.entries(table).flatMap(([action, states]) =>
    Object.entries(states).map(([state, code]) => [action, state, code] as const),
  );

async function act(scene: Scene, action: string, who: Who) {
  const { mutation, input } = acting[action] as (typeof acting)[string];
  return world.does(who, mutation, input(scene));
}

async function everyoneTries(scene: Scene, action: string, code: string | null): Promise<void> {
  const { by } = acting[action] as (typeof acting)[string];
  const before = await world.everything();
  const either =
    action === 'cancelAsSupplier' || action === 'cancelAsMunicipality' ? ['oyeren', 'officer'] : by;
  for (const permission of ['checked', 'left to the database'] as const) {
    world.host.permission = permission;
    try {
      for (const who of everybody.filter((each) => !either.includes(each))) {
        const { errors } = await act(scene, action, who);
        expect(errors, `${who}, ${permission}`).toHaveLength(1);
        if (permission === 'checked')
          expect(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND'], who).toContain(errors[0]);
        expect(await world.everything(), `${who}, ${permission}`).toBe(before);
      }
    } finally {
      delete world.host.permission;
    }
  }
  if (code === null) {
    const [who] = by;
    expect((await act(scene, action, who as Who)).errors).toEqual([]);
    expect(await world.everything()).not.toBe(before);
    return;
  }
  for (const who of by) {
    expect(await act(scene, action, who)).toEqual({ done: null, errors: [code] });
    expect(await world.everything()).toBe(before);
  }
}

describe('a round', () => {
  it.each(cases(ROUND_ACTIONS))('%s while %s: %s', async (action, state, code) => {
    await everyoneTries(await roundIn(state as MeetingRoundStatus, action), action, code);
  });

  it('has all its states and actions in the table', () => {
    for (const states of Object.values(ROUND_ACTIONS)) {
      expect(Object.keys(states).sort()).toEqual(Object.values(MeetingRoundStatus).sort());
    }
  });
});

describe('a meeting', () => {
  it.each(cases(MEETING_ACTIONS))('%s while %s: %s', async (action, state, code) => {
    await everyoneTries(await meetingIn(state as MeetingStatus), action, code);
  });
});

describe('a slot', () => {
  const remove = (who: Who, slotId: string) => world.does(who, 'removeSlot', { slotId });
  it.each([
    [MeetingRoundStatus.TAKING_REQUESTS, []],
    [MeetingRoundStatus.REQUESTS_CLOSED, []],
    [MeetingRoundStatus.DRAWN, ['SLOT_BOOKED']],
    [MeetingRoundStatus.CANCELLED, ['NOT_FOUND']],
  ])('of a round that is %s is taken away: %j', async (state, expected) => {
    const { slotIds } = await roundIn(state, 'draw');
    const before = await world.everything();
    for (const permission of ['checked', 'left to the database'] as const) {
      world.host.permission = permission;
      for (const who of everybody.filter((each) => each !== 'officer')) {
        expect((await remove(who, slotIds[0] as string)).errors, who).toHaveLength(1);
      }
      delete world.host.permission;
      expect(await world.everything()).toBe(before);
    }
    expect((await remove('officer', slotIds[0] as string)).errors).toEqual(expected);
  });
});

describe('buyer and market may no longer talk', () => {
  const silent = ['ask', 'draw', 'changeSlots', 'move'];
  it.each(Object.keys(acting))('%s after the competition is announced', async (action) => {
    const isOfMeeting = action in MEETING_ACTIONS;
    const states = (isOfMeeting ? MEETING_ACTIONS : ROUND_ACTIONS) as Table;
    const [state] = Object.entries(states[action] as Record<string, unknown>).find(
      ([, code]) => code === null,
    ) as [string, null];
    const scene = isOfMeeting
      ? await meetingIn(state as MeetingStatus)
      : await roundIn(state as MeetingRoundStatus, action);
    const [{ dialogue_id } = { dialogue_id: '' }] = await world.system.execute<{ dialogue_id: string }[]>(
      'select dialogue_id from dialogue.meeting_round where id = ?',
      [scene.roundId],
    );
    await world.announceTender(dialogue_id);
    const before = await world.everything();
    const [who] = (acting[action] as (typeof acting)[string]).by;
    const { errors } = await act(scene, action, who as Who);
    if (!silent.includes(action)) return expect(errors).toEqual([]);
    expect(errors).toEqual(['TENDER_ANNOUNCED']);
    expect(await world.everything()).toBe(before);
  });
});
