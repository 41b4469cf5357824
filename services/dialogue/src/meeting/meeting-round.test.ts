import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seedCommitment } from './draw-order.js';
import { CLOSES, MeetingWorld, organisations, people, START, type Who } from './meeting.test-support.js';

let world: MeetingWorld;
let dialogueId: string;
beforeAll(async () => {
  world = await MeetingWorld.open();
  dialogueId = await world.dialogue();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world?.[Symbol.asyncDispose]());

const day = { from: '2027-01-11T09:00', to: '2027-01-11T10:00' };
const plan = () => ({ dialogueId, minutes: 30, days: [day], rooms: [world.room()], requestsCloseAt: CLOSES });
const create = (more: object = {}) => world.does('officer', 'createMeetingRound', { ...plan(), ...more });

describe('a round that begins', () => {
  it('has equal slots in order of time, a number, and a commitment to a seed', async () => {
    const rooms = [world.room(), world.room()].sort();
    const { done, errors } = await create({ rooms, pauseMinutes: 10, title: ' Andre runde ' });
    expect(errors).toEqual([]);
    expect(done).toMatchObject({ number: 1, title: 'Andre runde', status: 'TAKING_REQUESTS', seed: null });
    expect(
      done.slots.map(({ startsAt, room }: { startsAt: string; room: string }) => [startsAt, room]),
    ).toEqual([
      ['2027-01-11T08:00:00.000Z', rooms[0]],
      ['2027-01-11T08:00:00.000Z', rooms[1]],
    ]);
    expect((await create()).done).toMatchObject({ number: 2, title: 'Møterunde 2' });
  });

  it('shows its seed to nobody, and stores the one that it has committed to', async () => {
    const { id, seedCommitment: commitment } = await world.round(dialogueId);
    for (const who of Object.keys(people) as Who[]) {
      const query = 'query ($id: ID!) { meetingRound(id: $id) { seed draw { seed } seedCommitment } }';
      const { data } = await world.ask(who, query, { id });
      expect(data.meetingRound).toEqual({ seed: null, draw: null, seedCommitment: commitment });
    }
    const [{ seed } = { seed: '' }] = await world.system.execute<{ seed: string }[]>(
      'select seed from dialogue.meeting_seed where round_id = ?',
      [id],
    );
    expect(seedCommitment(seed)).toBe(commitment);
    // Nor does the database show it to the officer who made the round, reading or writing.
    const grants = { 'samspill.grants': 'MEMBER@3118,PROCUREMENT_OFFICER@3118' };
    for (const role of ['public', 'reader', 'writer'] as const) {
      const em = world.service.store.as(role, grants);
      expect(await em.execute('select * from dialogue.meeting_seed')).toEqual([]);
    }
  });

  it.each([
    [{ minutes: 4 }, ['MINUTES_OUT_OF_RANGE']],
    [{ minutes: 481 }, ['MINUTES_OUT_OF_RANGE']],
    [{ pauseMinutes: -1 }, ['PAUSE_OUT_OF_RANGE']],
    [{ pauseMinutes: 241 }, ['PAUSE_OUT_OF_RANGE']],
    [{ days: [] }, ['NO_SLOTS']],
    [{ rooms: [] }, ['NO_SLOTS']],
    [{ rooms: [' '] }, ['TEXT_MISSING']],
    [{ rooms: ['x'.repeat(101)] }, ['TEXT_TOO_LONG']],
    [{ rooms: ['Ås', 'ås '] }, ['ROOM_TWICE']],
    [{ rooms: Array.from({ length: 21 }, (_, at) => `R${at}`) }, ['TOO_MANY_SLOTS']],
    [{ days: Array(61).fill(day) }, ['TOO_MANY_SLOTS']],
    [{ days: [{ from: '2027-01-11T09:00', to: '9999-01-11T09:00' }] }, ['TOO_MANY_SLOTS']],
    [{ days: [{ from: 'i morgen', to: '2027-13-01T09:00' }] }, ['NOT_A_TIME', 'NOT_A_TIME']],
    [{ days: [{ from: '2027-01-11T09:00', to: '2027-01-11T09:29' }] }, ['SPAN_EMPTY']],
    [{ days: [{ from: '2027-01-11T10:00', to: '2027-01-11T09:00' }] }, ['SPAN_EMPTY']],
    [{ days: [day, { from: '2027-01-11T09:59', to: '2027-01-11T11:00' }] }, ['SPANS_OVERLAP']],
    [{ requestsCloseAt: START }, ['DEADLINE_PASSED']],
    [{ requestsCloseAt: '2027-01-11T08:00:01Z' }, ['SLOT_TOO_EARLY']],
    [{ title: ' ' }, ['TEXT_MISSING']],
    [{ title: 'x'.repeat(201) }, ['TEXT_TOO_LONG']],
  ])('says what is to be mended, and makes nothing (case %#)', async (more, expected) => {
    const before = await world.everything();
    const { done, errors } = await create(more);
    expect([done, errors]).toEqual([null, expected]);
    expect(await world.everything()).toBe(before);
  });

  it('gets no room that has a meeting then, in whichever dialogue of the municipality; another room, or another time, is fine', async () => {
    const room = world.room();
    expect((await create({ rooms: [room] })).errors).toEqual([]);
    const other = await world.dialogue();
    const overlapping = { dialogueId: other, days: [{ from: '2027-01-11T09:29', to: '2027-01-11T09:59' }] };
    expect((await create({ ...overlapping, rooms: [room] })).errors).toEqual(['ROOM_TAKEN']);
    expect((await create({ ...overlapping, rooms: [room.toUpperCase()] })).errors).toEqual(['ROOM_TAKEN']);
    expect((await create(overlapping)).errors).toEqual([]);
    const later = { dialogueId: other, days: [{ from: '2027-01-11T10:00', to: '2027-01-11T11:00' }] };
    expect((await create({ ...later, rooms: [room] })).errors).toEqual([]);
  });

  it.each([
    [{ announcedAt: null, opensAt: null }, 'NOT_ANNOUNCED'],
    [{ closedAt: new Date(START) }, 'ALREADY_CLOSED'],
    [{ closedAt: new Date(START), summarisedAt: new Date(START) }, 'ALREADY_CLOSED'],
    [{ ledHere: false }, 'NOT_LED_HERE'],
  ])('is refused in a dialogue with %j', async (more, code) => {
    const other = await world.dialogue(more);
    expect(await create({ dialogueId: other })).toEqual({ done: null, errors: [code] });
  });

  it('is refused once the competition is announced, with the reason', async () => {
    const other = await world.dialogue();
    await world.announceTender(other);
    const query = `mutation ($input: CreateMeetingRoundInput!) { createMeetingRound(input: $input) { userErrors { code message } } }`;
    const { data } = await world.ask('officer', query, { input: { ...plan(), dialogueId: other } });
    expect(data.createMeetingRound.userErrors).toEqual([
      { code: 'TENDER_ANNOUNCED', message: expect.stringContaining('«Trygghetsalarmer»') },
    ]);
  });
});

describe('its slots', () => {
  it('can be added, as long as the others, and taken away while nobody has them', async () => {
    const { id, slots } = await world.round(dialogueId, 1);
    const rooms = [world.room()];
    const added = await world.does('officer', 'addSlots', { roundId: id, days: [day], rooms });
    expect(added.errors).toEqual([]);
    expect(added.done.slots).toHaveLength(3);
    const removed = await world.does('officer', 'removeSlot', { slotId: slots[0]?.id });
    expect(removed.done.slots).toHaveLength(2);
    // What is gone is not taken away again, and its room is free.
    expect((await world.does('officer', 'removeSlot', { slotId: slots[0]?.id })).errors).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('are never more than 200', async () => {
    const { id } = await world.round(dialogueId, 1);
    const days = [{ from: '2027-01-12T00:00', to: '2027-01-16T04:00' }];
    const rooms = [world.room()];
    expect((await world.does('officer', 'addSlots', { roundId: id, days, rooms })).errors).toEqual([
      'TOO_MANY_SLOTS',
    ]);
  });
});

describe('requests', () => {
  const names = async (who: Who, id: string) => {
    const query =
      'query ($id: ID!) { meetingRound(id: $id) { requestCount requests(first: 10) { totalCount nodes { organisationName wishes } } } }';
    const { meetingRound } = (await world.ask(who, query, { id })).data;
    return [
      meetingRound.requestCount,
      meetingRound.requests.nodes.map((each: { organisationName: string }) => each.organisationName),
    ];
  };

  it('are counted for everybody, and named to the municipality and to the organisation alone', async () => {
    const { id } = await world.round(dialogueId);
    await world.asks(id, 'oyeren', 'mysen');
    expect(await names('officer', id)).toEqual([2, ['oyeren AS', 'mysen AS']]);
    expect(await names('evaluator', id)).toEqual([2, ['oyeren AS', 'mysen AS']]);
    expect(await names('oyeren', id)).toEqual([2, ['oyeren AS']]);
    for (const who of ['public', 'person', 'neighbour', 'halden', 'stranger'] as const) {
      expect(await names(who, id)).toEqual([2, []]);
    }
  });

  it('are hidden by the database alone as well', async () => {
    const { id } = await world.round(dialogueId);
    await world.asks(id, 'oyeren');
    world.host.permission = 'left to the database';
    try {
      for (const who of ['public', 'person', 'neighbour', 'mysen'] as const) {
        expect(await names(who, id)).toEqual([1, []]);
      }
      expect(await names('oyeren', id)).toEqual([1, ['oyeren AS']]);
    } finally {
      delete world.host.permission;
    }
  });

  it('are made once, withdrawn once, and made again with other wishes', async () => {
    const { id: roundId, slots } = await world.round(dialogueId);
    const input = { roundId, organisationNumber: organisations.oyeren };
    const unavailable = [slots[0]?.id, slots[0]?.id];
    const first = await world.does('oyeren', 'requestMeeting', {
      ...input,
      wishes: ' Alarmer ',
      unavailable,
    });
    expect(first.done).toMatchObject({ wishes: 'Alarmer', unavailable: [slots[0]?.id], withdrawnAt: null });
    expect((await world.does('oyeren', 'requestMeeting', input)).errors).toEqual(['ALREADY_REQUESTED']);
    expect((await world.does('oyeren', 'withdrawMeetingRequest', input)).done.withdrawnAt).not.toBeNull();
    expect((await world.does('oyeren', 'withdrawMeetingRequest', input)).errors).toEqual([
      'ALREADY_WITHDRAWN',
    ]);
    expect(await names('public', roundId)).toEqual([0, []]);
    const again = await world.does('oyeren', 'requestMeeting', input);
    expect(again.done).toMatchObject({ id: first.done.id, wishes: null, unavailable: [], withdrawnAt: null });
  });

  it('come from participants, for themselves, with slots that there are', async () => {
    const { id: roundId } = await world.round(dialogueId);
    const asks = (who: Who, organisationNumber: string, more: object = {}) =>
      world.does(who, 'requestMeeting', { roundId, organisationNumber, ...more });
    expect((await asks('stranger', organisations.stranger)).errors).toEqual(['NOT_PARTICIPANT']);
    expect((await asks('mysen', organisations.oyeren)).errors).toEqual(['FORBIDDEN']);
    expect((await asks('officer', organisations.oyeren)).errors).toEqual(['FORBIDDEN']);
    expect((await asks('public', organisations.oyeren)).errors).toEqual(['UNAUTHENTICATED']);
    expect((await asks('oyeren', organisations.oyeren, { unavailable: ['tull'] })).errors).toEqual([
      'NO_SUCH_SLOT',
    ]);
    expect((await asks('oyeren', organisations.oyeren, { wishes: 'x'.repeat(2_001) })).errors).toEqual([
      'TEXT_TOO_LONG',
    ]);
    expect(await names('public', roundId)).toEqual([0, []]);
  });

  it('leave an entry in the log that belongs to the organisation, and nothing of others is said to be read', async () => {
    const { id } = await world.round(dialogueId);
    await world.asks(id, 'oyeren');
    const [, entries] = await world.audited(() => world.asks(id, 'mysen'));
    expect(entries.map(({ organisation }) => organisation)).toEqual(entries.map(() => organisations.mysen));
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([
      {
        ...{ operation: 'requestMeeting', outcome: 'DONE', code: null, type: 'MeetingRequest' },
        ...{ municipality: '3118', organisation: organisations.mysen },
      },
    ]);
  });
});

it('a round that is cancelled tells everybody why, those who asked by mail, and frees its rooms', async () => {
  const other = await world.dialogue();
  const room = world.room();
  const { id } = await world.round(other, 2, { rooms: [room] });
  await world.asks(id, 'oyeren', 'mysen', 'halden');
  await world.does('mysen', 'withdrawMeetingRequest', {
    roundId: id,
    organisationNumber: organisations.mysen,
  });
  const empty = await world.does('officer', 'cancelMeetingRound', { roundId: id, reason: ' ' });
  expect(empty.errors).toEqual(['TEXT_MISSING']);
  const { done } = await world.does('officer', 'cancelMeetingRound', {
    roundId: id,
    reason: 'Innkjøperen er syk.',
  });
  expect(done).toMatchObject({ status: 'CANCELLED', cancellationReason: 'Innkjøperen er syk.' });
  expect((await world.mails(other)).map(({ to, template }) => [to, template])).toEqual([
    ['post@halden.example', 'meeting-round-cancelled'],
    ['post@oyeren.example', 'meeting-round-cancelled'],
  ]);
  expect((await create({ rooms: [room] })).errors).toEqual([]);
});

it('many rounds cost as many statements as one', async () => {
  const SHOWN = `query ($id: ID!) { marketDialogue(id: $id) { dialogueCalendarUrl meetingRounds {
    status requestCount dialogue { title } slots { room } requests { totalCount nodes { wishes } }
    draw { order { supplier { id } slot { room } slotNow { room } } }
    meetings { totalCount nodes { status round { title } slot { room } minutes { text isConfirmed comments { text } } tradeSecrets { text } } }
  } } }`;
  const costOf = async (rounds: number) => {
    const id = await world.dialogue();
    for (let at = 0; at < rounds; at++) {
      world.clock.set(START);
      const from = `2027-02-${String(at + 1).padStart(2, '0')}T09:00`;
      const round = await world.round(id, 2, { days: [{ from, to: from.replace('09:00', '10:00') }] });
      await world.asks(round.id, 'oyeren', 'mysen', 'halden');
      await world.draws(round.id);
    }
    world.statements.length = 0;
    const { data } = await world.ask('officer', SHOWN, { id });
    expect(data.marketDialogue.meetingRounds).toHaveLength(rounds);
    return world.statements.filter((sql) => /from "?dialogue"?\./.test(sql) && !/audit/.test(sql)).length;
  };
  const one = await costOf(1);
  await world.clear();
  expect(one).toBeGreaterThan(8);
  expect(await costOf(3)).toBe(one);
});
