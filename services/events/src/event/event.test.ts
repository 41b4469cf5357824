import { everybody } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateEvent } from './change-events.js';
import { Event } from './event.js';
import { EventStatus } from './event.status.js';
import {
  colleagues,
  host,
  hostOfMarker,
  person,
  START,
  startTestEvents,
  supplier,
  type TestEvents,
} from './event.test-support.js';
import { unlessUndone } from './event-to-change.js';
import { Session } from './session.js';

let events: TestEvents;
beforeAll(async () => {
  events = await startTestEvents();
});
afterAll(() => events?.[Symbol.asyncDispose]());

const { PUBLISHED, REGISTRATION_OPEN } = EventStatus;
const PAYLOAD = `event { id title status startsAt endsAt capacity language updatedAt venue { name city }
  sessions { id title startsAt endsAt } } userErrors { code path message }`;
const CREATE = `mutation ($input: CreateEventInput!) { createEvent(input: $input) { ${PAYLOAD} } }`;
const UPDATE = `mutation ($input: UpdateEventInput!) { updateEvent(input: $input) { ${PAYLOAD} } }`;
const PUBLISH = `mutation ($input: PublishEventInput!) { publishEvent(input: $input) { ${PAYLOAD} } }`;
const CANCEL = `mutation ($input: CancelEventInput!) { cancelEvent(input: $input) { ${PAYLOAD} } }`;
const SESSION =
  'session { id title room capacity speakers { name role } } event { id } userErrors { code path }';
const ADD = `mutation ($input: AddSessionInput!) { addSession(input: $input) { ${SESSION} } }`;
const CHANGE = `mutation ($input: UpdateSessionInput!) { updateSession(input: $input) { ${SESSION} } }`;

const input = {
  municipality: '0124',
  title: ' Dialogkonferanse ',
  description: 'Vi snakker om behovet.',
  kind: 'DIALOGUE_CONFERENCE',
  organiser: 'Indre Østfold kommune',
  startsAt: '2026-04-14T07:00:00Z',
  endsAt: '2026-04-14T13:00:00Z',
};

async function draft(more: object = {}): Promise<string> {
  const { data, codes } = await events.ask(host, CREATE, { input: { ...input, ...more } });
  expect([codes, data?.createEvent.userErrors]).toEqual([[], []]);
  return data.createEvent.event.id;
}

/** People with seats, as the database has them; what registering does is another test's. */
async function register(eventId: string, seats: readonly number[], status = 'CONFIRMED'): Promise<void> {
  const em = events.service.store.as('system');
  for (const [at, count] of seats.entries()) {
    const place = (await events.stored(eventId)).seatsTaken * 100 + at + (status === 'WAITING' ? 5_000 : 1);
    await em.execute(
      `insert into events.registration (id, event_id, municipality_number, organisation_number, organisation_name,
         person_id, contact_name, contact_email, seats, status, place, language, registered_at)
       values (gen_random_uuid()::text, ?, '3118', '310000035', 'Øyeren', ?, 'Kari', ?, ?, ?, ?, ?, ?)`,
      [
        eventId,
        supplier.personId,
        `kari-${status}-${at}@example.no`,
        count,
        status,
        place,
        at ? 'en' : 'nb',
        START,
      ],
    );
    if (status !== 'WAITING') {
      await em.execute('update events.event set seats_taken = seats_taken + ? where id = ?', [
        count,
        eventId,
      ]);
    }
  }
}

type Letter = {
  template: string;
  to: string;
  subject: string;
  text: string;
  calendar: string;
  language: string;
};
const lettersAbout = (id: string) =>
  events.service.store.as('system').execute<Letter[]>(
    `select template, to_email as to, subject, body_text as text, calendar, language
     from events.mail where about_type = 'Event' and about_id = ? order by queued_at, to_email`,
    [id],
  );

describe('preparing', () => {
  it('makes a draft that only the municipality sees', async () => {
    const [id, entries] = await events.audited(() =>
      draft({ language: 'nn', venue: { name: 'Sal', city: 'Mysen' } }),
    );
    expect(entries).toEqual([
      { operation: 'createEvent', outcome: 'DONE', code: null, type: 'Event', id, owner: '3118' },
    ]);
    expect(await events.stored(id)).toMatchObject({
      ...{ title: 'Dialogkonferanse', municipalityNumber: '3118', language: 'nn', offerHours: 24 },
      ...{ personalDataDays: 90, seatsTaken: 0, sequence: 0, publishedAt: null, updatedAt: new Date(START) },
      venue: { name: 'Sal', address: null, city: 'Mysen', municipalityNumber: null },
    });
    const query = `query ($id: ID!) { event(id: $id) { title status sessions { title } calendarUrl }
      drafts: events(filter: { status: [DRAFT] }) { nodes { id } } usual: events { nodes { id } } }`;
    for (const identity of [host, ...colleagues.map(([, each]) => each)]) {
      const [{ data }, reads] = await events.audited(() => events.ask(identity, query, { id }));
      expect(data.event).toEqual({
        title: 'Dialogkonferanse',
        status: 'DRAFT',
        sessions: [],
        calendarUrl: null,
      });
      expect(data.drafts.nodes).toContainEqual({ id });
      expect(data.usual.nodes).not.toContainEqual({ id });
      // That a draft was read stands in the log.
      expect(reads).toContainEqual(expect.objectContaining({ outcome: 'READ', type: 'Event', id }));
    }
    for (const identity of [everybody, person, supplier, hostOfMarker]) {
      const [{ data }, reads] = await events.audited(() => events.ask(identity, query, { id }));
      expect([data.event, data.drafts.nodes, reads]).toEqual([null, [], []]);
      const alone = await events.leaveItToTheDatabase(() => events.ask(identity, query, { id }));
      expect([alone.data.event, alone.data.drafts.nodes]).toEqual([null, []]);
    }
    expect((await events.get(`/calendar/events/${id}.ics`)).status).toBe(404);
  });

  it('is for hosts of the municipality alone', async () => {
    for (const [identity, municipality] of [
      [hostOfMarker, '3118'],
      [host, '3122'],
      ...colleagues.map(([, each]) => [each, '3118'] as const),
    ] as const) {
      const { data, codes } = await events.ask(identity, CREATE, { input: { ...input, municipality } });
      expect([data, codes]).toEqual([null, ['FORBIDDEN']]);
    }
  });

  it('says everything that is to be mended at once, and does nothing', async () => {
    const bad = { ...input, title: ' ', url: 'x', capacity: -1, venue: { name: 'S', municipality: '3118' } };
    const [{ data }, entries] = await events.audited(() => events.ask(host, CREATE, { input: bad }));
    expect(data.createEvent).toMatchObject({
      event: null,
      userErrors: [
        { code: 'TEXT_MISSING', path: ['input', 'title'] },
        { code: 'URL_INVALID', path: ['input', 'url'] },
        { code: 'NUMBER_OUT_OF_RANGE', path: ['input', 'capacity'] },
      ],
    });
    expect(entries).toEqual([]);
    const backwards = { ...input, endsAt: input.startsAt };
    const answer = await events.ask(host, CREATE, { input: backwards });
    expect(answer.data.createEvent.userErrors).toMatchObject([{ code: 'ENDS_BEFORE_STARTS' }]);
  });

  it('changes a draft freely, and tells the log only of what is different', async () => {
    const id = await draft();
    const [{ data }, entries] = await events.audited(() =>
      events.ask(host, UPDATE, { input: { id, kind: 'COURSE', capacity: 12, title: 'Kurs' } }),
    );
    expect(data.updateEvent).toMatchObject({ event: { title: 'Kurs', capacity: 12 }, userErrors: [] });
    expect(entries).toMatchObject([{ operation: 'updateEvent', outcome: 'DONE', type: 'Event', id }]);
    const [, again] = await events.audited(() => events.ask(host, UPDATE, { input: { id, title: 'Kurs' } }));
    expect(again).toMatchObject([{ outcome: 'READ', id }]);
    expect((await events.stored(id)).sequence).toBe(0);
  });
});

describe('publishing', () => {
  it('wants a place, and a time to come', async () => {
    const id = await draft();
    const nowhere = await events.ask(host, PUBLISH, { input: { id } });
    expect(nowhere.data.publishEvent).toMatchObject({ event: null, userErrors: [{ code: 'PLACE_MISSING' }] });
    await events.ask(host, UPDATE, { input: { id, online: true } });
    const { data } = await events.ask(host, PUBLISH, { input: { id } });
    expect(data.publishEvent).toMatchObject({ event: { id, status: 'PUBLISHED' }, userErrors: [] });
    expect((await events.ask(everybody, `{ event(id: "${id}") { title } }`)).data.event).not.toBeNull();

    const late = await draft({
      online: true,
      startsAt: '2026-03-01T09:00:00Z',
      endsAt: '2026-03-01T10:00:00Z',
    });
    const past = await events.ask(host, PUBLISH, { input: { id: late } });
    expect(past.data.publishEvent.userErrors).toMatchObject([{ code: 'EVENT_IN_PAST' }]);
  });
});

it('publishes once when two hosts do it at the same moment', async () => {
  const id = await draft({ online: true });
  const [answers, entries] = await events.audited(() =>
    Promise.all([1, 2].map(() => events.ask(host, PUBLISH, { input: { id } }))),
  );
  expect(answers.map(({ data }) => data.publishEvent.userErrors.length).sort()).toEqual([0, 1]);
  expect(entries.filter(({ outcome }) => outcome === 'DONE')).toHaveLength(1);
});

describe('changing what is published', () => {
  it('counts what calendars show, and writes to all with seats of a new time or place, once', async () => {
    const id = await events.eventThatIs(REGISTRATION_OPEN, { seatsTaken: 0 });
    await register(id, [1, 2]);
    await register(id, [1], 'WAITING');
    await events.ask(host, UPDATE, { input: { id, contactEmail: 'kurs@example.no' } });
    expect([(await events.stored(id)).sequence, await lettersAbout(id)]).toEqual([0, []]);
    await events.ask(host, UPDATE, { input: { id, title: 'Nytt navn' } });
    expect([(await events.stored(id)).sequence, await lettersAbout(id)]).toEqual([1, []]);

    const move = { id, startsAt: '2026-03-20T09:00:00Z', endsAt: '2026-03-20T13:00:00Z' };
    const { data } = await events.ask(host, UPDATE, { input: move });
    expect(data.updateEvent.userErrors).toEqual([]);
    // The programme moves along.
    expect(data.updateEvent.event.sessions).toMatchObject([
      { startsAt: '2026-03-20T09:00:00.000Z', endsAt: '2026-03-20T10:00:00.000Z' },
    ]);
    await events.ask(host, UPDATE, { input: move });
    const letters = await lettersAbout(id);
    expect(letters.map(({ to, language }) => [to, language])).toEqual([
      ['kari-CONFIRMED-0@example.no', 'nb'],
      ['kari-CONFIRMED-1@example.no', 'en'],
    ]);
    expect(letters[0]?.subject).toBe('Endret tid eller sted: Nytt navn');
    expect(letters[0]?.text).toContain('fredag 20. mars 2026 kl. 10.00–14.00');
    expect(letters[1]?.text).toContain('New time');
    expect(letters[0]?.calendar).toContain('METHOD:REQUEST');
    expect(letters[0]?.calendar).toContain('SEQUENCE:2');
  });

  it('keeps what others rely on', async () => {
    const id = await events.eventThatIs(REGISTRATION_OPEN);
    const bad = { id, kind: 'WEBINAR', capacity: 1, personalDataDays: 91, registrationOpensAt: null };
    const before = await events.stored(id);
    const { data } = await events.ask(host, UPDATE, { input: bad });
    expect(data.updateEvent.userErrors.map((each: { code: string }) => each.code)).toEqual([
      ...['CAPACITY_BELOW_SEATS', 'KIND_PUBLISHED', 'REGISTRATION_HAS_BEGUN', 'PERSONAL_DATA_KEPT_LONGER'],
    ]);
    expect(await events.stored(id)).toEqual(before);
    const short = { id, endsAt: new Date(before.startsAt.getTime() + 60_000).toISOString() };
    const answer = await events.ask(host, UPDATE, { input: short });
    expect(answer.data.updateEvent.userErrors).toMatchObject([
      { code: 'SESSION_OUTSIDE_EVENT', path: ['input', 'endsAt'] },
    ]);
  });

  it('passes seats on when there are more', async () => {
    const id = await events.eventThatIs(REGISTRATION_OPEN, { capacity: 2, seatsTaken: 0 });
    await register(id, [2]);
    await register(id, [3], 'WAITING');
    const waiting = () =>
      events.service.store
        .as('system')
        .execute<{ status: string }[]>(
          'select status from events.registration where event_id = ? order by place desc limit 1',
          [id],
        );
    await events.ask(host, UPDATE, { input: { id, capacity: 4 } });
    expect(await waiting()).toEqual([{ status: 'WAITING' }]);
    const { data } = await events.ask(host, UPDATE, { input: { id, capacity: 5 } });
    expect(data.updateEvent.userErrors).toEqual([]);
    expect(await waiting()).toEqual([{ status: 'OFFERED' }]);
    expect((await events.stored(id)).seatsTaken).toBe(5);
  });

  it('is undone when a registration came first', async () => {
    const id = await events.eventThatIs(PUBLISHED);
    const { store } = events.service;
    const change = store.change('test', async (each) => {
      // What the host saw; meanwhile two more seats are taken.
      await each.em.findOneOrFail(Event, { id });
      await each.em.execute('update events.event set seats_taken = 4 where id = ?', [id]);
      return updateEvent(store, each, { id, capacity: 3, title: 'Nytt navn' });
    });
    expect(await unlessUndone(change)).toMatchObject({ mend: [{ code: 'CAPACITY_BELOW_SEATS' }] });
    expect(await events.stored(id)).toMatchObject({
      title: 'Slik vinner du anbud',
      capacity: 5,
      seatsTaken: 2,
    });
  });

  it('is refused by the database where the rules would let it through', async () => {
    const id = await events.eventThatIs(PUBLISHED, { seatsTaken: 3 });
    const em = events.service.store.as('system');
    await expect(em.execute('update events.event set capacity = 2 where id = ?', [id])).rejects.toThrow(
      /event_not_oversold/,
    );
  });
});

describe('cancelling', () => {
  it('tells everybody with seats and in the line, and stays readable with its reason', async () => {
    const id = await events.eventThatIs(REGISTRATION_OPEN, { seatsTaken: 0 });
    await register(id, [5]);
    await register(id, [1], 'WAITING');
    const empty = await events.ask(host, CANCEL, { input: { id, reason: ' ' } });
    expect(empty.data.cancelEvent.userErrors).toMatchObject([
      { code: 'TEXT_MISSING', path: ['input', 'reason'] },
    ]);
    const { data } = await events.ask(host, CANCEL, { input: { id, reason: 'Kursholderen er syk.' } });
    expect(data.cancelEvent).toMatchObject({ event: { status: 'CANCELLED' }, userErrors: [] });
    const seen = await events.ask(everybody, `{ event(id: "${id}") { cancellationReason cancelledAt } }`);
    expect(seen.data.event).toEqual({
      cancellationReason: 'Kursholderen er syk.',
      cancelledAt: '2026-03-02T09:00:00.000Z',
    });
    const letters = await lettersAbout(id);
    expect(letters.map(({ to }) => to)).toEqual(['kari-CONFIRMED-0@example.no', 'kari-WAITING-0@example.no']);
    expect(letters[0]?.text).toContain('Kursholderen er syk.');
    expect(letters[0]?.calendar).toContain('METHOD:CANCEL');
  });
});

describe('the programme', () => {
  it('takes items within the event, with rooms, seats and speakers', async () => {
    const id = await draft();
    const item = {
      ...{ eventId: id, title: 'Øvelse', startsAt: input.startsAt, endsAt: input.endsAt, room: 'Sal 2' },
      ...{ capacity: 12, speakers: [{ role: 'Kursholder' }] },
    };
    const { data } = await events.ask(host, ADD, { input: item });
    const { session } = data.addSession;
    expect(session).toMatchObject({
      ...{ title: 'Øvelse', room: 'Sal 2', capacity: 12 },
      speakers: [{ name: null, role: 'Kursholder' }],
    });
    const outside = { ...item, endsAt: '2026-04-14T13:00:01Z' };
    expect((await events.ask(host, ADD, { input: outside })).data.addSession).toEqual({
      ...{ session: null, event: null },
      userErrors: [{ code: 'SESSION_OUTSIDE_EVENT', path: ['input', 'startsAt'] }],
    });
    const changed = await events.ask(host, CHANGE, {
      input: { id: session.id, capacity: null, speakers: [] },
    });
    expect(changed.data.updateSession.session).toMatchObject({
      title: 'Øvelse',
      capacity: null,
      speakers: [],
    });
  });

  it('keeps what somebody has chosen', async () => {
    const id = await events.eventThatIs(REGISTRATION_OPEN);
    const em = events.service.store.as('system');
    const session = await em.findOneOrFail(Session, { event: id });
    await em.execute('update events.session set capacity = 9, seats_taken = 4 where id = ?::uuid', [
      session.id,
    ]);
    const less = await events.ask(host, CHANGE, { input: { id: session.id, capacity: 3 } });
    expect(less.data.updateSession.userErrors).toMatchObject([{ code: 'CAPACITY_BELOW_SEATS' }]);
    const remove = `mutation { removeSession(input: { id: "${session.id}" }) { userErrors { code } } }`;
    const kept = await events.ask(host, remove);
    expect(kept.data.removeSession.userErrors).toEqual([{ code: 'SESSION_HAS_SEATS' }]);
    expect((await events.stored(id)).sequence).toBe(0);
    await events.ask(host, CHANGE, { input: { id: session.id, capacity: 4 } });
    expect((await events.stored(id)).sequence).toBe(1);
  });

  it('does not tell an item of a draft of others from none at all', async () => {
    const id = await events.eventThatIs(EventStatus.DRAFT);
    const { id: secret } = await events.service.store.as('system').findOneOrFail(Session, { event: id });
    for (const each of [secret, crypto.randomUUID(), 'no uuid']) {
      const { data, codes } = await events.ask(hostOfMarker, CHANGE, { input: { id: each, room: 'X' } });
      expect([data, codes]).toEqual([null, ['NOT_FOUND']]);
    }
  });
});
