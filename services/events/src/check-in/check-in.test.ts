import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EventFacts } from '../event/event.js';
import { RegistrationStatus } from '../registration/registration.status.js';
import { hours, Place, START, type Who } from '../registration/registration.test-support.js';

let place: Place;
beforeAll(async () => {
  place = await Place.open();
});
afterAll(() => place?.[Symbol.asyncDispose]());
beforeEach(() => place.clock.set(START));

const onNow: Partial<EventFacts> = { startsAt: hours(-1), endsAt: hours(6) };
const held: Partial<EventFacts> = { startsAt: hours(-48), endsAt: hours(-40) };

/** Two people of a company at an event. */
async function two(facts: Partial<EventFacts> = onNow) {
  const eventId = await place.event(facts);
  const registration = await place.given('supplier', eventId);
  const [first, second] = await place.attendeesOf(registration.id);
  if (!first || !second) throw new Error('There are two of them.');
  return { eventId, registration, first, second };
}

const LIST = `query ($id: ID!, $order: AttendeeOrder!, $filter: AttendeeFilter) { event(id: $id) { attendance {
  registered checkedIn attendees(orderBy: $order, filter: $filter) { totalCount nodes { name organisationName } } } } }`;
const list = async (who: Who, id: string, order = 'NAME', filter: object | null = null) =>
  (await place.ask(who, LIST, { id, order, filter })).data.event.attendance;

describe('check-in by code', () => {
  it('lets somebody in once, however carelessly the code is typed', async () => {
    const { eventId, registration, first } = await two();
    const code = ` ${first.checkInCode?.toLowerCase().replaceAll('0', 'o')} `;
    const [attendee, entries] = await place.audited(() => place.does('host', 'checkIn', { eventId, code }));
    expect(attendee).toMatchObject({
      ...{ id: first.id, organisationName: 'Firma supplier AS', checkInMethod: 'CODE' },
      checkedInAt: START.toISOString(),
    });
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([
      expect.objectContaining({ operation: 'checkIn', id: registration.id, municipality: '3118' }),
    ]);
    expect(await place.does('host', 'checkIn', { eventId, code })).toEqual(['ALREADY_CHECKED_IN']);
  });

  it('does not know codes of another event, or none at all', async () => {
    const { first } = await two();
    const other = await place.event(onNow);
    for (const code of [first.checkInCode, '00000-00000', 'x', '']) {
      expect(await place.does('host', 'checkIn', { eventId: other, code })).toEqual(['NO_SUCH_CODE']);
    }
  });

  it('happens once when two gates scan the same code', async () => {
    const { eventId, first } = await two();
    const answers = await Promise.all(
      [1, 2].map(() => place.does('host', 'checkIn', { eventId, code: first.checkInCode })),
    );
    expect(answers.map((each) => (Array.isArray(each) ? each[0] : each.name)).sort()).toEqual([
      'ALREADY_CHECKED_IN',
      'Deltaker 1',
    ]);
  });

  it.each([
    ['too early', { startsAt: hours(25), endsAt: hours(30) }, {}, 'CHECK_IN_NOT_OPEN'],
    ['called off', { ...onNow, cancelledAt: START }, {}, 'EVENT_CANCELLED'],
    ['erased', { ...held, personalDataErasedAt: START }, {}, 'PERSONAL_DATA_ERASED'],
    ['only waiting', onNow, { status: RegistrationStatus.WAITING }, 'NOT_CONFIRMED'],
    [
      'only offered seats',
      { startsAt: hours(1), endsAt: hours(2) },
      { status: RegistrationStatus.OFFERED, offeredAt: START, offerExpiresAt: hours(1) },
      'NOT_CONFIRMED',
    ],
    ['the evening before', { startsAt: hours(24), endsAt: hours(30) }, {}, 'done'],
    ['held', held, {}, 'done'],
  ] as const)('%s', async (_when, facts, registration, wanted) => {
    const eventId = await place.event(facts);
    const { id } = await place.given('supplier', eventId, registration);
    const [first] = await place.attendeesOf(id);
    const attempts: [string, object][] = [
      ['checkIn', { eventId, code: first?.checkInCode }],
      ['checkInByHand', { attendeeIds: [first?.id] }],
    ];
    for (const [mutation, input] of attempts) {
      const before = await place.contents();
      const answer = await place.does('host', mutation, input);
      expect(Array.isArray(answer) && typeof answer[0] === 'string' ? answer[0] : 'done').toBe(wanted);
      expect((await place.contents()) === before).toBe(wanted !== 'done');
      if (wanted === 'done') await place.does('host', 'undoCheckIn', { attendeeId: first?.id });
    }
  });
});

describe('check-in by hand', () => {
  it('ticks off many at once, also afterwards from paper, and leaves those who came as they are', async () => {
    const { eventId, first, second } = await two(held);
    await place.does('host', 'checkIn', { eventId, code: first.checkInCode });
    const at = hours(-47).toISOString();
    const input = { attendeeIds: [first.id, second.id, second.id], at };
    const ticked = await place.does('host', 'checkInByHand', input);
    expect(new Map(ticked.map((each: { id: string }) => [each.id, each]))).toEqual(
      new Map([
        [first.id, expect.objectContaining({ checkInMethod: 'CODE', checkedInAt: START.toISOString() })],
        [second.id, expect.objectContaining({ checkInMethod: 'BY_HAND', checkedInAt: at })],
      ]),
    );
    const [, entries] = await place.audited(() => place.does('host', 'checkInByHand', input));
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
  });

  it('takes the end of what is over, and no time at which nobody can have come', async () => {
    const { first } = await two(held);
    for (const at of [hours(1), hours(-80)]) {
      const input = { attendeeIds: [first.id], at: at.toISOString() };
      expect(await place.does('host', 'checkInByHand', input)).toEqual(['CHECK_IN_TIME']);
    }
    const [ticked] = await place.does('host', 'checkInByHand', { attendeeIds: [first.id] });
    expect(ticked.checkedInAt).toBe(hours(-40).toISOString());
  });

  it('is for all who are named or for none', async () => {
    const { eventId, first } = await two();
    const waiting = await place.given('supplier-2', eventId, { status: RegistrationStatus.WAITING });
    const [other] = await place.attendeesOf(waiting.id);
    const before = await place.contents();
    const attendeeIds = [first.id, other?.id];
    expect(await place.does('host', 'checkInByHand', { attendeeIds })).toEqual(['NOT_CONFIRMED']);
    expect(await place.does('host', 'checkInByHand', { attendeeIds: [first.id, 'x'] })).toEqual([
      'NOT_FOUND',
    ]);
    expect(await place.does('host', 'checkInByHand', { attendeeIds: [] })).toEqual(['TOO_MANY_ATTENDEES']);
    expect(await place.contents()).toBe(before);
  });

  it('is undone, and only once', async () => {
    const { first, registration } = await two();
    await place.does('host', 'checkInByHand', { attendeeIds: [first.id] });
    // Whoever is there is not taken off.
    const { id } = registration;
    expect(await place.does('host', 'cancelRegistration', { id, reason: 'x' })).toEqual([
      'ALREADY_CHECKED_IN',
    ]);
    expect(await place.does('host', 'undoCheckIn', { attendeeId: first.id })).toMatchObject({
      ...{ checkedInAt: null, checkInMethod: null },
    });
    expect(await place.does('host', 'undoCheckIn', { attendeeId: first.id })).toEqual(['NOT_CHECKED_IN']);
  });
});

describe('walk-ins', () => {
  it('are let in where there is a seat, never more than there are', async () => {
    const eventId = await place.event({ ...onNow, capacity: 3 });
    const { id } = await place.given('supplier', eventId);
    const input = { eventId, name: 'Ola Innom', organisationName: 'Firma AS' };
    const letIn = await place.does('host', 'addWalkIn', input);
    expect(letIn).toMatchObject({
      ...{ name: 'Ola Innom', organisationName: 'Firma AS', checkInMethod: 'BY_HAND' },
      registration: { walkIn: true },
    });
    expect(await place.seatsTaken(eventId)).toBe(3);
    const before = await place.contents();
    expect(await place.does('host', 'addWalkIn', input)).toEqual(['EVENT_FULL']);
    expect(await place.contents()).toBe(before);
    // Those who never came make room for somebody at the door.
    await place.does('host', 'cancelRegistration', { id, reason: 'Møtte ikke' });
    expect(await place.does('host', 'addWalkIn', { eventId, name: 'Kari' })).toMatchObject({ name: 'Kari' });
    expect(await list('public', eventId)).toMatchObject({ registered: 2, checkedIn: 2 });
  });

  it('do not pass those who wait, until the event has begun', async () => {
    const eventId = await place.event({ startsAt: hours(1), endsAt: hours(5), capacity: 3 });
    await place.given('supplier', eventId);
    await place.given('supplier-2', eventId, { status: RegistrationStatus.WAITING });
    expect(await place.does('host', 'addWalkIn', { eventId, name: 'Ola' })).toEqual(['OTHERS_WAIT']);
    expect(await place.does('host', 'addWalkIn', { eventId, name: ' ' })).toEqual(['NAME_MISSING']);
    place.clock.set(hours(1));
    expect(await place.does('host', 'addWalkIn', { eventId, name: 'Ola' })).toMatchObject({ name: 'Ola' });
  });

  it.each([
    ['too early', { startsAt: hours(25), endsAt: hours(30) }, 'CHECK_IN_NOT_OPEN'],
    ['called off', { ...onNow, cancelledAt: START }, 'EVENT_CANCELLED'],
    ['a draft', { ...onNow, publishedAt: null }, 'NOT_FOUND'],
  ] as const)('not at an event that is %s', async (_what, facts, code) => {
    const eventId = await place.event(facts);
    expect(await place.does('host', 'addWalkIn', { eventId, name: 'Ola' })).toEqual([code]);
  });
});

describe('attendance', () => {
  it('counts for everybody and lists for hosts, by name and by organisation', async () => {
    const { eventId, first } = await two();
    await place.given('supplier-2', eventId);
    await place.given('person', eventId, {
      seats: 1,
      status: RegistrationStatus.CANCELLED,
      cancelledAt: START,
    });
    await place.given('person-2', eventId, { seats: 1, status: RegistrationStatus.WAITING });
    await place.does('host', 'checkIn', { eventId, code: first.checkInCode });
    await place.does('host', 'addWalkIn', { eventId, name: 'Anna' });
    expect(await list('public', eventId)).toEqual({ registered: 5, checkedIn: 2, attendees: null });
    const names = (found: { attendees: { nodes: { name: string; organisationName: string }[] } }) =>
      found.attendees.nodes.map(({ name, organisationName }) => `${name} ${organisationName}`);
    expect(names(await list('host', eventId))[0]).toBe('Anna null');
    const organisations = names(await list('host', eventId, 'ORGANISATION')).map((each) =>
      each.replace(/^.*?Firma /, ''),
    );
    expect(organisations.slice(0, 4)).toEqual(
      ['supplier AS', 'supplier AS', 'supplier-2 AS', 'supplier-2 AS'].sort(),
    );
    expect(organisations[4]).toBe('Anna null');
    expect((await list('host', eventId, 'NAME', { checkedIn: true })).attendees.totalCount).toBe(2);
    expect((await list('host', eventId, 'NAME', { checkedIn: false })).attendees.totalCount).toBe(3);
  });
});

describe.each(['checked', 'left to the database'] as const)('others, with permission %s', (permission) => {
  it('check nobody in, themselves included, and change nothing', async () => {
    const { eventId, first, second } = await two();
    await place.does('host', 'checkInByHand', { attendeeIds: [second.id] });
    if (permission !== 'checked') place.leaveItToTheDatabase();
    const before = await place.contents();
    const attempts: [string, object][] = [
      ['checkIn', { eventId, code: first.checkInCode }],
      ['checkInByHand', { attendeeIds: [first.id] }],
      ['undoCheckIn', { attendeeId: second.id }],
      ['addWalkIn', { eventId, name: 'Ola' }],
    ];
    for (const [mutation, input] of attempts) {
      const strangers = [
        'supplier',
        'supplier-2',
        'person',
        'officer',
        'host of Marker',
        'machine',
        'public',
      ] as const;
      for (const who of strangers) {
        const [code] = await place.does(who, mutation, input);
        const refusals = ['FORBIDDEN', 'UNAUTHENTICATED', 'NOT_FOUND', 'NO_SUCH_CODE'];
        expect(refusals.slice(0, permission === 'checked' ? 3 : 4), `${who} ${mutation}`).toContain(code);
      }
    }
    expect(await place.contents()).toBe(before);
  });
});
