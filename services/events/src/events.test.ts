import { type Database, openDatabase } from '@samspill/database';
import { MessageBus, procurementsJoined } from '@samspill/messages';
import { answerRoute, executeInProcess, publicRequest, type Service } from '@samspill/subgraph';
import { AdjustableClock, stableId } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsWithStatus } from './event/event.filter.js';
import { Event, type EventFacts, EventKind } from './event/event.js';
import { EventStatus, eventStatus } from './event/event.status.js';
import { joinProcurements } from './procurement/join-procurements.js';
import { startEvents } from './subgraph.js';

const START = '2026-03-02T09:00:00Z';
const PLANNING_NOTICE = stableId('demo-notice', 'hjemmeoppfolging-planning');
const DIALOGUE = stableId('market-dialogue', PLANNING_NOTICE);
const PROCUREMENT = stableId('procurement', `notice:${PLANNING_NOTICE}`);

const clock = new AdjustableClock(START);
const statements: string[] = [];
const failures: Error[] = [];
let database: Database;
let bus: MessageBus;
let service: Service;

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: (error) => failures.push(error) });
  const log = pino({ level: 'silent' });
  service = await startEvents({ database, bus, clock, log, onStatement: (sql) => statements.push(sql) });
  await service.fillWithDemoData();
  await service.fillWithDemoData();
});

afterAll(async () => {
  await bus?.close();
  await database?.close();
});

async function ask<T>(query: string, variables?: Record<string, unknown>): Promise<T> {
  statements.length = 0;
  const { data, errors } = await executeInProcess(service, { query, variables }, publicRequest());
  expect(errors).toBeUndefined();
  return data as T;
}

const facts: EventFacts = {
  id: 'test',
  title: 'Test',
  description: 'Test',
  kind: EventKind.COURSE,
  publishedAt: new Date(START),
  registrationOpensAt: null,
  registrationClosesAt: null,
  cancelledAt: null,
  cancellationReason: null,
  seatsPerOrganisation: null,
  offerHours: 24,
  sequence: 0,
  updatedAt: new Date(START),
  language: 'nb',
  contactEmail: null,
  personalDataDays: 90,
  personalDataErasedAt: null,
  startsAt: new Date(START),
  endsAt: new Date(START),
  venue: null,
  online: false,
  url: null,
  capacity: null,
  seatsTaken: 0,
  organiser: 'Test',
  municipalityNumber: null,
  dialogueId: null,
  tenderId: null,
  procurementId: null,
};

/** Events that are there until the end of the test. */
async function given(...events: Partial<EventFacts>[]): Promise<AsyncDisposable> {
  const em = service.store.as('system');
  const ids = events.map((event) => em.create(Event, { ...facts, ...event }).id);
  await em.flush();
  return {
    [Symbol.asyncDispose]: async () => {
      await service.store.as('system').nativeDelete(Event, { id: { $in: ids } });
    },
  };
}

describe('the status of an event', () => {
  const now = new Date(START);
  const [before, after] = [new Date(now.getTime() - 1), new Date(now.getTime() + 1)];

  it('is the same in the graph and in the filter', async () => {
    const matrix: EventFacts[] = [];
    for (const publishedAt of [null, now])
      for (const cancelledAt of [null, now])
        for (const [registrationOpensAt, registrationClosesAt] of [
          [null, null],
          [before, null],
          [now, null],
          [after, null],
          [before, before],
          [before, now],
          [before, after],
        ])
          for (const [startsAt, endsAt] of [
            [before, before],
            [before, now],
            [before, after],
            [now, after],
            [after, after],
          ] as const)
            for (const [capacity, seatsTaken] of [
              [null, 5],
              [0, 0],
              [5, 4],
              [5, 5],
            ] as const) {
              const state = {
                publishedAt,
                cancelledAt,
                registrationOpensAt: registrationOpensAt ?? null,
                registrationClosesAt: registrationClosesAt ?? null,
                startsAt,
                endsAt,
                capacity,
                seatsTaken,
              };
              matrix.push({ ...facts, ...state, id: stableId('status-matrix', JSON.stringify(state)) });
            }
    await using _events = await given(...matrix);
    const em = service.store.as('system');
    for (const status of Object.values(EventStatus)) {
      const ids = { id: { $in: matrix.map((event) => event.id) } };
      const found = await em.find(Event, { $and: [ids, eventsWithStatus(status, now)] });
      const expected = matrix.filter((each) => eventStatus(each, now) === status);
      expect(expected.length).toBeGreaterThan(0);
      expect(found.map((each) => each.id).sort()).toEqual(expected.map((each) => each.id).sort());
    }
  });

  it('follows the clock', async () => {
    const id = stableId('event', 'anbudskurs');
    const query = `query ($id: ID!) {
      event(id: $id) { status }
      events(filter: { status: REGISTRATION_OPEN, kinds: [COURSE] }) { totalCount }
    }`;
    expect(await ask(query, { id })).toEqual({
      event: { status: 'REGISTRATION_OPEN' },
      events: { totalCount: 1 },
    });
    clock.set('2026-03-23T08:30:00Z');
    expect(await ask(query, { id })).toEqual({ event: { status: 'PUBLISHED' }, events: { totalCount: 0 } });
    clock.set('2026-03-24T09:00:00Z');
    expect(await ask(query, { id })).toEqual({ event: { status: 'HELD' }, events: { totalCount: 0 } });
    clock.set(START);
  });
});

describe('procurements that are joined', () => {
  const join = (from: string, into: string) =>
    service.store.change('test', (change) => joinProcurements(change, { from, into }));
  const procurementOf = async (id: string) =>
    (await service.store.as('system').findOne(Event, { id }))?.procurementId;

  it('take their events along, in any order and repeatedly', async () => {
    await using _events = await given(
      { id: 'joined', procurementId: 'join-a' },
      { id: 'other', procurementId: 'join-x' },
    );
    await join('join-b', 'join-c');
    await join('join-a', 'join-b');
    await join('join-a', 'join-b');
    await join('join-c', 'join-a');
    expect(await procurementOf('joined')).toBe('join-c');
    expect(await procurementOf('other')).toBe('join-x');
  });

  it('arrive by message', async () => {
    await using _events = await given({ id: 'messaged', procurementId: 'message-from' });
    // As the owner: the service that sends these is not this one.
    await database.owner.transaction().execute(async (transaction) => {
      const em = { getTransactionContext: () => transaction } as never;
      await bus.publish(em, procurementsJoined, [{ from: 'message-from', into: 'message-into' }]);
    });
    await expect.poll(() => procurementOf('messaged'), { timeout: 10_000 }).toBe('message-into');
    expect(failures).toEqual([]);
  });
});

describe('reading', () => {
  it('gives the conference in Askim with its programme', async () => {
    const { event } = await ask<{ event: { sessions: { title: string; speakers: unknown[] }[] } }>(
      `query ($id: ID!) { event(id: $id) {
        title kind status startsAt endsAt online capacity seatsTaken organiser
        venue { name city municipality { number } } municipality { number }
        sessions { id title startsAt endsAt speakers { name organisation role } }
        dialogue { id } tender { id } procurement { id }
      } }`,
      { id: stableId('event', 'innkjopskonferansen-2017') },
    );
    expect(event).toMatchObject({
      kind: 'CONFERENCE',
      status: 'HELD',
      startsAt: '2017-10-17T06:30:00.000Z',
      endsAt: '2017-10-17T13:30:00.000Z',
      capacity: 150,
      seatsTaken: 150,
      venue: { name: 'Askim kulturhus', city: 'Askim', municipality: { number: '0124' } },
      municipality: { number: '0124' },
      dialogue: null,
      tender: null,
      procurement: null,
    });
    expect(event.sessions.map((session) => session.title)).toContain('Slik vinner du anbud');
    expect(event.sessions[1]?.speakers).toEqual([
      { name: null, organisation: 'Askim kommune', role: 'Ordføreren' },
    ]);
  });

  it('gives the conference with what was handed out, who came, and a certificate to check', async () => {
    const { event, certificate } = await ask<{
      event: { attendance: object; material: { document: { name: string; downloadUrl: string } }[] };
      certificate: object;
    }>(
      `query ($id: ID!) {
        event(id: $id) { attendance { registered checkedIn } material { document { name downloadUrl state } } }
        certificate(code: "dem0k-0de17") { code valid event { title } }
      }`,
      { id: stableId('event', 'innkjopskonferansen-2017') },
    );
    expect(event.attendance).toEqual({ registered: 150, checkedIn: 138 });
    expect(event.material).toMatchObject([
      { document: { name: 'Innkjøpskonferansen 2017 – oppsummering.pdf', state: 'READY' } },
    ]);
    const url = event.material[0]?.document.downloadUrl as string;
    const file = await answerRoute(service, new Request(url), publicRequest());
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(certificate).toEqual({
      ...{ code: 'DEM0K-0DE17', valid: true },
      event: { title: 'Innkjøpskonferansen 2017: Sammen blir vi gode' },
    });
  });

  it('gives a course that people are registering for', async () => {
    const { event } = await ask<{ event: object }>(
      `query ($id: ID!) { event(id: $id) {
        status capacity seatsTaken attendance { registered } sessions { room capacity seatsTaken } } }`,
      { id: stableId('event', 'anbudskurs') },
    );
    expect(event).toEqual({
      ...{ status: 'REGISTRATION_OPEN', capacity: 30, seatsTaken: 18, attendance: { registered: 18 } },
      sessions: [
        { room: 'Storsalen', capacity: 30, seatsTaken: 0 },
        { room: 'Grupperom 2', capacity: 12, seatsTaken: 8 },
        { room: 'Storsalen', capacity: 30, seatsTaken: 0 },
      ],
    });
  });

  it('gives all events with all programmes in three statements', async () => {
    const { events } = await ask<{ events: { totalCount: number; nodes: { status: string }[] } }>(`{
      events(orderBy: STARTS_ASC) {
        totalCount
        nodes { id title status sessions { title speakers { role } } dialogue { id } procurement { id } venue { municipality { number } } }
      }
    }`);
    expect(events.nodes.map((event) => event.status)).toEqual([
      'HELD',
      'HELD',
      'CANCELLED',
      'HELD',
      'REGISTRATION_OPEN',
    ]);
    expect(events.totalCount).toBe(5);
    expect(statements).toHaveLength(3);
  });

  it('filters, orders and pages', async () => {
    const query = `query ($filter: EventFilter, $after: String) {
      events(filter: $filter, first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { kind } }
    }`;
    type Page = {
      events: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        nodes: { kind: string }[];
      };
    };
    const filter = {
      text: 'lærling',
      kinds: ['WEBINAR'],
      status: ['HELD', 'FULL'],
      startsAfter: '2025-01-01T00:00:00Z',
    };
    expect((await ask<Page>(query, { filter })).events.nodes).toEqual([{ kind: 'WEBINAR' }]);
    const none = { ...filter, startsBefore: '2025-02-01T00:00:00Z' };
    expect((await ask<Page>(query, { filter: none })).events.totalCount).toBe(0);
    expect((await ask<Page>(query, { filter: { status: [] } })).events.totalCount).toBe(0);
    const kinds: string[] = [];
    let after: string | null = null;
    do {
      const { events }: Page = await ask<Page>(query, { after });
      kinds.push(...events.nodes.map((node) => node.kind));
      after = events.pageInfo.hasNextPage ? events.pageInfo.endCursor : null;
    } while (after);
    expect(kinds).toEqual(['COURSE', 'WEBINAR', 'SITE_VISIT', 'INFORMATION_MEETING', 'CONFERENCE']);
  });

  it('adds to the entities of other services, for many at once', async () => {
    await using _events = await given({ id: 'of-tender', title: 'Befaring', tenderId: 't1' });
    const page = 'events(first: 1) { totalCount nodes { title } }';
    const { _entities } = await ask<{ _entities: { events?: { totalCount: number } }[] }>(
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Municipality { ${page} } ... on Procurement { ${page} } ... on Tender { ${page} }
        ... on MarketDialogue { ${page} } ... on Event { title }
      } }`,
      {
        representations: [
          { __typename: 'Municipality', number: '3118', numbers: ['3118', '3014', '0124', '0125'] },
          { __typename: 'Municipality', number: '0124', numbers: ['0124'] },
          { __typename: 'Procurement', id: PROCUREMENT },
          { __typename: 'Procurement', id: 'unknown' },
          { __typename: 'Tender', id: 't1' },
          { __typename: 'Tender', id: 't2' },
          { __typename: 'MarketDialogue', id: DIALOGUE },
          { __typename: 'Event', id: 'of-tender' },
          { __typename: 'Event', id: 'unknown' },
        ],
      },
    );
    expect(_entities.slice(0, 7).map((entity) => entity.events?.totalCount)).toEqual([5, 1, 1, 0, 1, 0, 1]);
    expect(_entities.slice(7)).toEqual([{ title: 'Befaring' }, null]);
    // For each of the four parents a page, its rows and a count; and the events by id.
    expect(statements.length).toBeLessThanOrEqual(13);
  });

  it('never shows a draft to the public', async () => {
    await using _events = await given({
      id: 'draft',
      title: 'Hemmelig utkast',
      publishedAt: null,
      tenderId: 'draft',
    });
    expect(
      await ask(`{
        event(id: "draft") { title }
        events(filter: { status: [DRAFT], text: "utkast" }) { totalCount }
        _entities(representations: [{ __typename: "Tender", id: "draft" }, { __typename: "Event", id: "draft" }]) {
          ... on Tender { events { totalCount nodes { id } } } ... on Event { title }
        }
      }`),
    ).toEqual({
      event: null,
      events: { totalCount: 0 },
      _entities: [{ events: { totalCount: 0, nodes: [] } }, null],
    });
  });
});
