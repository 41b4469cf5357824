import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus } from '@samspill/messages';
import {
  answerRoute,
  executeInProcess,
  Role,
  recordMembership,
  type Service,
  type ServiceHost,
} from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { startEvents } from '../subgraph.js';
import { Event, type EventFacts, EventKind } from './event.js';
import { EventStatus } from './event.status.js';
import { Session } from './session.js';

/** A service with actors of every kind, for tests. */

export const START = '2026-03-02T09:00:00Z';
const OSTFOLD = '920123899';
const MARKER = '210000046';
const HOUR = 60 * 60 * 1_000;

export function somebody(id: string, ...organisations: string[]): Identity & { personId: string } {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

export const host = somebody('event-host', OSTFOLD);
export const hostOfMarker = somebody('event-host-marker', MARKER);
export const supplier = somebody('supplier', '310000035');
export const person = somebody('person');
export const machine: Identity = {
  kind: 'SERVICE',
  issuer: 'own-key',
  clientId: 'machine',
  organisation: OSTFOLD,
  scopes: ['samspill:notices.import'],
};

/** Somebody of Indre Østfold for every role that there is; only the host runs events. */
export const colleagues: [Role, Identity & { personId: string }][] = Object.values(Role)
  .filter((role) => role !== Role.EVENT_HOST)
  .map((role) => [role, somebody(`colleague ${role}`, OSTFOLD)]);

const NUMBERS = ['3118', '3014', '0124'];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

export interface TestEvents extends AsyncDisposable {
  readonly service: Service;
  readonly clock: AdjustableClock;
  readonly database: Database;
  readonly failures: Error[];
  readonly bus: MessageBus;
  ask(identity: Identity, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** Asks a route, such as `/calendar/all.ics`. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Without the rules at the resolvers: what row-level security does alone. */
  leaveItToTheDatabase<T>(work: () => Promise<T>): Promise<T>;
  audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]>;
  /** An event that stands where it says, with an item of the programme. */
  eventThatIs(status: EventStatus, more?: Partial<EventFacts>): Promise<string>;
  stored(id: string): Promise<Event>;
}

export async function startTestEvents(): Promise<TestEvents> {
  const database = await openDatabase({});
  const failures: Error[] = [];
  const bus = await MessageBus.open(database, { onError: (error) => failures.push(error) });
  const clock = new AdjustableClock(START);
  const serviceHost: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] } = {
    ...{ database, bus, clock },
    log: pino({ level: 'silent' }),
    publicUrl: () => 'https://samspill.test',
  };
  const service = await startEvents(serviceHost);
  const members = [
    ...[[Role.EVENT_HOST, host] as const, ...colleagues].map(([role, { personId }]) => ({
      role,
      personId,
      municipality: '3118',
      organisation: OSTFOLD,
      numbers: NUMBERS,
    })),
    {
      ...{ role: Role.EVENT_HOST, personId: hostOfMarker.personId },
      ...{ municipality: '3122', organisation: MARKER, numbers: ['3122', '0119'] },
    },
  ];
  await service.store.change('test', async ({ em, audit }) => {
    for (const { role, numbers: municipalityNumbers, ...member } of members) {
      await recordMembership(em, 'events', { ...member, municipalityNumbers, roles: [role], version: 1 });
    }
    audit({ object: { type: 'Membership', id: 'test' } });
  });
  const system = () => service.store.as('system');
  const at = (hours: number) => new Date(clock.now().getTime() + hours * HOUR);

  return {
    ...{ service, clock, database, failures, bus },
    async ask(identity, query, variables) {
      const { data, errors = [] } = await executeInProcess(
        service,
        { query, variables },
        { headers: { 'accept-language': 'nb' }, identity },
      );
      return { data, codes: errors.map((error) => error.extensions?.code) };
    },
    get: (path, headers = {}) =>
      answerRoute(service, new Request(new URL(`/events${path}`, 'https://samspill.test'), { headers }), {
        headers,
        identity: everybody,
      }),
    async leaveItToTheDatabase(work) {
      serviceHost.permission = 'left to the database';
      try {
        return await work();
      } finally {
        serviceHost.permission = 'checked';
      }
    },
    async audited(work) {
      const [before] = await system().execute<{ last: string }[]>(
        'select coalesce(max(sequence), 0)::text as last from events.audit_entry',
      );
      const result = await work();
      const entries = await system().execute<Record<string, unknown>[]>(
        `select operation, outcome, code, object_type as type, object_id as id, owner_municipality as owner
         from events.audit_entry where sequence > ?::bigint order by sequence`,
        [before?.last],
      );
      return [result, entries];
    },
    async eventThatIs(status, more = {}) {
      const em = system();
      const facts = { ...eventFacts(at, status), ...more };
      const event = em.create(Event, facts);
      em.create(Session, {
        ...{ id: crypto.randomUUID(), event, title: 'Innledning', description: null, room: null },
        ...{ startsAt: facts.startsAt, endsAt: new Date(facts.startsAt.getTime() + HOUR) },
        ...{ capacity: null, seatsTaken: 0, speakers: [] },
      });
      await em.flush();
      return event.id;
    },
    stored: (id) => system().findOneOrFail(Event, { id }),
    async [Symbol.asyncDispose]() {
      await bus.close();
      await database.close();
    },
  };
}

function eventFacts(at: (hours: number) => Date, status: EventStatus): EventFacts {
  const isDraft = status === EventStatus.DRAFT;
  const isHeld = status === EventStatus.HELD;
  const registers = [EventStatus.REGISTRATION_OPEN, EventStatus.FULL].includes(status);
  const startsAt = isHeld ? at(-48) : at(240);
  return {
    id: crypto.randomUUID(),
    title: 'Slik vinner du anbud',
    description: 'Om konkurransegrunnlag.',
    kind: EventKind.COURSE,
    publishedAt: isDraft ? null : at(-500),
    registrationOpensAt: registers ? at(-400) : null,
    registrationClosesAt: null,
    cancelledAt: status === EventStatus.CANCELLED ? at(-100) : null,
    cancellationReason: status === EventStatus.CANCELLED ? 'For få påmeldte.' : null,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 4 * HOUR),
    venue: { name: 'Mysen bibliotek', address: null, city: 'Mysen', municipalityNumber: '3118' },
    online: false,
    url: null,
    capacity: 5,
    seatsTaken: status === EventStatus.FULL ? 5 : 2,
    seatsPerOrganisation: null,
    offerHours: 24,
    organiser: 'Indre Østfold kommune',
    municipalityNumber: '3118',
    dialogueId: null,
    tenderId: null,
    procurementId: null,
    sequence: 0,
    updatedAt: at(-500),
    language: 'nb',
    contactEmail: null,
    personalDataDays: 90,
    personalDataErasedAt: null,
  };
}
