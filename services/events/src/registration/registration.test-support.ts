import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus } from '@samspill/messages';
import { executeInProcess, recordMembership, type Service, type ServiceHost } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { Attendee } from '../attendee/attendee.js';
import { Event, type EventFacts, EventKind } from '../event/event.js';
import { Session } from '../event/session.js';
import { startEvents } from '../subgraph.js';
import { newAttendee } from './register.js';
import { Registration } from './registration.js';
import { hasSeats, isAlive, RegistrationStatus } from './registration.status.js';

export const START = new Date('2026-03-02T09:00:00Z');
const HOUR = 3_600_000;
export const hours = (count: number) => new Date(START.getTime() + count * HOUR);

const OSTFOLD = '920123899';
const MARKER = '210000046';

function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

export const ORGANISATIONS = {
  supplier: '310000035',
  colleague: '310000035',
  'supplier-2': '310000027',
} as const;

export const people = {
  public: everybody,
  person: somebody('person'),
  'person-2': somebody('person-2'),
  supplier: somebody('supplier', ORGANISATIONS.supplier),
  /** Of the same company. */
  colleague: somebody('colleague', ORGANISATIONS.colleague),
  'supplier-2': somebody('supplier-2', ORGANISATIONS['supplier-2']),
  host: somebody('event-host', OSTFOLD),
  /** Of the municipality, and no host. */
  officer: somebody('officer', OSTFOLD),
  'host of Marker': somebody('host-marker', MARKER),
  machine: {
    kind: 'SERVICE',
    issuer: 'own-key',
    clientId: 'machine',
    organisation: OSTFOLD,
    scopes: ['samspill:notices.import'],
  } as Identity,
} satisfies Record<string, Identity>;
export type Who = keyof typeof people;

const members: [Who, string, string, string[], string[]][] = [
  ['host', '3118', OSTFOLD, ['3118', '3014', '0124'], ['EVENT_HOST']],
  ['officer', '3118', OSTFOLD, ['3118', '3014', '0124'], ['PROCUREMENT_OFFICER']],
  ['host of Marker', '3122', MARKER, ['3122', '3012', '0119'], ['EVENT_HOST']],
];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

/** The service on an empty embedded database, with a clock that stands still. */
export class Place implements AsyncDisposable {
  private constructor(
    readonly service: Service,
    readonly database: Database,
    readonly clock: AdjustableClock,
    readonly statements: string[],
    private readonly bus: MessageBus,
    readonly host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] },
  ) {}

  static async open(): Promise<Place> {
    const database = await openDatabase({});
    const bus = await MessageBus.open(database, { onError: () => undefined });
    const clock = new AdjustableClock(START);
    const statements: string[] = [];
    const log = pino({ level: 'silent' });
    const host = { database, bus, clock, log, onStatement: (sql: string) => void statements.push(sql) };
    const service = await startEvents(host);
    await service.store.change('test', async ({ em, audit }) => {
      for (const [who, municipality, organisation, municipalityNumbers, roles] of members) {
        const { personId } = people[who] as { personId: string };
        const membership = { personId, municipality, municipalityNumbers, organisation, roles };
        await recordMembership(em, 'events', { ...membership, version: START.getTime() });
      }
      audit({ object: { type: 'Membership', id: 'test' } });
    });
    return new Place(service, database, clock, statements, bus, host);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }

  async ask(
    who: Who,
    query: string,
    variables: Record<string, unknown> = {},
    language = 'nb',
  ): Promise<Answer> {
    const request = { headers: { 'accept-language': language }, identity: people[who] };
    const { data, errors = [] } = await executeInProcess(this.service, { query, variables }, request);
    return { data, codes: errors.map((error) => error.extensions?.code ?? error.message) };
  }

  /** A mutation; gives the object, or the codes of what is to be mended or was refused. */
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
  async does(who: Who, mutation: string, input: object, fields?: string): Promise<any> {
    const { type, object, selection } = MUTATIONS[mutation] as (typeof MUTATIONS)[string];
    const errors = type === 'EraseAttendeeInput' ? '' : 'userErrors { code path message }';
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${object} ${fields ?? selection} ${errors} } }`;
    const { data, codes } = await this.ask(who, query, { input });
    if (codes.length > 0) return codes;
    const payload = data[mutation];
    const mend = payload.userErrors ?? [];
    return mend.length > 0 ? mend.map(({ code }: { code: string }) => code) : payload[object];
  }

  /** An event that takes registrations, in ten days, of Indre Østfold. */
  async event(facts: Partial<EventFacts> = {}, ...rooms: (number | null)[]): Promise<string> {
    const em = this.service.store.as('system');
    const event = em.create(Event, { ...eventFacts, id: randomUUID(), ...facts });
    await em.flush();
    for (const [at, capacity] of rooms.entries()) {
      em.create(Session, {
        id: randomUUID(),
        event,
        title: `Post ${at + 1}`,
        description: null,
        // One after the other, so that the programme has an order.
        startsAt: new Date(event.startsAt.getTime() + at * 60_000),
        endsAt: event.endsAt,
        room: null,
        capacity,
        seatsTaken: 0,
        speakers: [],
      });
    }
    await em.flush();
    return event.id;
  }

  async sessions(eventId: string): Promise<Session[]> {
    return this.service.store.as('system').find(Session, { event: eventId }, { orderBy: { title: 'asc' } });
  }

  /** Runs SQL as the service itself. */
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
  sql(statement: string, parameters: readonly unknown[] = []): Promise<any[]> {
    return this.service.store.as('system').execute(statement, [...parameters]);
  }

  /** A registration as it would be found in this state, with its people, whatever way it came there. */
  async given(who: Who, eventId: string, facts: Partial<Registration> = {}): Promise<Registration> {
    const em = this.service.store.as('system');
    const event = await em.findOneOrFail(Event, { id: eventId });
    const organisationNumber = (ORGANISATIONS as Partial<Record<Who, string>>)[who] ?? null;
    const [{ place }] = await this.sql(
      'update events.event set last_place = last_place + 1 where id = ? returning last_place::int as place',
      [eventId],
    );
    const { personId } = people[who] as { personId: string };
    const registration = em.create(Registration, {
      ...{ id: randomUUID(), eventId, municipalityNumber: event.municipalityNumber, personId, place },
      ...{ organisationNumber, organisationName: organisationNumber && `Firma ${who} AS` },
      ...{ contactName: `Navn ${who}`, contactEmail: `${who}@eksempel.no`, clientKey: null, language: 'nb' },
      ...{ seats: 2, status: RegistrationStatus.CONFIRMED, walkIn: false, registeredAt: START },
      ...{
        offeredAt: null,
        offerExpiresAt: null,
        cancelledAt: null,
        cancellationReason: null,
        erasedAt: null,
      },
      ...facts,
    });
    await em.flush();
    if (isAlive(registration.status)) {
      for (let number = 1; number <= registration.seats; number++) {
        em.create(Attendee, newAttendee(registration, number, `Deltaker ${number}`));
      }
    }
    if (hasSeats(registration.status)) event.seatsTaken += registration.seats;
    await em.flush();
    return registration;
  }

  async attendeesOf(registrationId: string): Promise<Attendee[]> {
    const em = this.service.store.as('system');
    return em.find(Attendee, { registrationId }, { orderBy: { number: 'asc' } });
  }

  /** Everything that is stored about events and those who come, the audit log apart. */
  async contents(): Promise<string> {
    const tables = ['event', 'session', 'registration', 'attendee', 'session_seat', 'mail'];
    const rows = await this.sql(
      tables
        .map(
          (each) =>
            `select '${each}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from events.${each} t`,
        )
        .join(' union all '),
    );
    return JSON.stringify(rows);
  }

  /** What the log has got since. */
  async audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]> {
    const [before] = await this.sql(
      'select coalesce(max(sequence), 0)::text as last from events.audit_entry',
    );
    const result = await work();
    const entries = await this.sql(
      `select operation, outcome, code, object_type as type, object_id as id, owner_municipality as municipality,
         owner_organisation as organisation, encode(before_digest, 'hex') as before, encode(after_digest, 'hex') as after
       from events.audit_entry where sequence > ?::bigint order by sequence`,
      [before.last],
    );
    return [result, entries];
  }

  /** Without the rules at the resolvers: what the database does alone, until the end of the test. */
  leaveItToTheDatabase(): void {
    this.host.permission = 'left to the database';
    onTestFinished(() => {
      this.host.permission = 'checked';
    });
  }

  async seatsTaken(eventId: string): Promise<number> {
    const [row] = await this.sql('select seats_taken from events.event where id = ?', [eventId]);
    return row.seats_taken;
  }

  /** Registers; those who act for an organisation do so for it. */
  // biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
  registers(who: Who, eventId: string, seats = 1, more: object = {}): Promise<any> {
    const organisationNumber = (ORGANISATIONS as Partial<Record<Who, string>>)[who];
    const organisation = organisationNumber && { organisationNumber, organisationName: `Firma ${who} AS` };
    const contact = { contactName: `Navn ${who}`, contactEmail: `${who.replaceAll(' ', '-')}@eksempel.no` };
    return this.does(who, 'registerForEvent', { eventId, seats, ...organisation, ...contact, ...more });
  }
}

export const REGISTRATION =
  'id status seats placeInLine offerExpiresAt attendees { id name checkInCode sessions { session { title } held } }';

const registration = (type: string) => ({ type, object: 'registration', selection: `{ ${REGISTRATION} }` });
const attendee = (type: string, object = 'attendee') => ({
  type,
  object,
  selection: '{ id name organisationName checkedInAt checkInMethod registration { id walkIn } }',
});

const MUTATIONS: Record<string, { type: string; object: string; selection: string }> = {
  registerForEvent: registration('RegisterForEventInput'),
  updateRegistration: registration('UpdateRegistrationInput'),
  cancelRegistration: registration('CancelRegistrationInput'),
  acceptOffer: registration('AnswerOfferInput'),
  declineOffer: registration('AnswerOfferInput'),
  checkIn: attendee('CheckInInput'),
  checkInByHand: attendee('CheckInByHandInput', 'attendees'),
  undoCheckIn: attendee('UndoCheckInInput'),
  addWalkIn: attendee('AddWalkInInput'),
  eraseAttendee: { type: 'EraseAttendeeInput', object: 'erasedId', selection: '' },
};

const eventFacts: EventFacts = {
  id: 'test',
  title: 'Dialogkonferanse',
  description: 'Test',
  kind: EventKind.CONFERENCE,
  publishedAt: START,
  registrationOpensAt: START,
  registrationClosesAt: null,
  cancelledAt: null,
  cancellationReason: null,
  startsAt: hours(240),
  endsAt: hours(247),
  venue: { name: 'Askim kulturhus', address: null, city: 'Askim', municipalityNumber: null },
  online: false,
  url: null,
  capacity: 10,
  seatsTaken: 0,
  seatsPerOrganisation: null,
  offerHours: 24,
  organiser: 'Indre Østfold kommune',
  municipalityNumber: '3118',
  dialogueId: null,
  tenderId: null,
  procurementId: null,
  sequence: 0,
  updatedAt: START,
  language: 'nb',
  contactEmail: 'arrangement@eksempel.no',
  personalDataDays: 90,
  personalDataErasedAt: null,
};
