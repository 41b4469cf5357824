import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus } from '@samspill/messages';
import {
  answerRoute,
  executeInProcess,
  recordMembership,
  type Service,
  type ServiceHost,
} from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { AnnouncedTender } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Participant } from '../participant/participant.js';
import { startDialogue } from '../subgraph.js';

export const START = '2027-01-04T08:00:00.000Z';
export const CLOSES = '2027-01-08T11:00:00.000Z';
const OSTFOLD = '920123899';
const MARKER = '210000046';

/** Suppliers, by what the tests call them. */
export const organisations = {
  oyeren: '310000035',
  mysen: '310000027',
  halden: '310000043',
  glommen: '310000019',
  stranger: '923609016',
} as const;
export type Supplier = keyof typeof organisations;

function somebody(id: string, ...acting: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations: acting, level: 'HIGH' };
}

export const people = {
  public: everybody,
  person: somebody('person'),
  officer: somebody('officer', OSTFOLD),
  evaluator: somebody('evaluator', OSTFOLD),
  neighbour: somebody('officer-marker', MARKER),
  oyeren: somebody('supplier', organisations.oyeren),
  mysen: somebody('supplier-2', organisations.mysen),
  halden: somebody('supplier-3', organisations.halden),
  glommen: somebody('supplier-4', organisations.glommen),
  /** Represents an organisation that takes part in nothing. */
  stranger: somebody('stranger', organisations.stranger),
} satisfies Record<string, Identity>;
export type Who = keyof typeof people;

const members: [Who, string, string, string[], string[]][] = [
  ['officer', '3118', OSTFOLD, ['3118', '3014', '0124'], ['PROCUREMENT_OFFICER']],
  ['evaluator', '3118', OSTFOLD, ['3118', '3014', '0124'], ['EVALUATOR']],
  ['neighbour', '3122', MARKER, ['3122'], ['PROCUREMENT_OFFICER']],
];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

/** The fields that tests of a mutation look at. */
const FIELDS: Record<string, string> = {
  createMeetingRound:
    'meetingRound { id number title status seedCommitment seed slots { id room startsAt endsAt } }',
  addSlots: 'meetingRound { id slots { id room startsAt } }',
  removeSlot: 'meetingRound { id slots { id } }',
  cancelMeetingRound: 'meetingRound { id status cancellationReason }',
  drawMeetings:
    'meetingRound { id status seed seedCommitment draw { seed order { position organisationNumber digest hadMeetingBefore unavailable slot { id } slotNow { id } } } }',
  requestMeeting: 'meetingRequest { id organisationNumber wishes unavailable withdrawnAt }',
  withdrawMeetingRequest: 'meetingRequest { id withdrawnAt }',
  cancelMeeting: 'meeting { id status cancelledBy }',
  moveMeeting: 'meeting { id slot { id } startsAt }',
  recordMinutes: 'meeting { id status minutes { text nothingTold } }',
  commentOnMinutes: 'meeting { id minutes { isConfirmed comments { by text confirms } } }',
};

/** The service alone, with officers, suppliers, and a clock that can be moved. */
export class MeetingWorld implements AsyncDisposable {
  private constructor(
    readonly service: Service,
    readonly clock: AdjustableClock,
    readonly host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] },
    private readonly database: Database,
    private readonly bus: MessageBus,
    /** Every SQL statement so far. */
    readonly statements: string[],
  ) {}

  static async open(options: { url?: string } = {}): Promise<MeetingWorld> {
    const clock = new AdjustableClock(START);
    const database = await openDatabase(options);
    const bus = await MessageBus.open(database, { onError: () => undefined });
    const statements: string[] = [];
    const onStatement = (sql: string) => void statements.push(sql);
    const host = { clock, log: pino({ level: 'silent' }), database, bus, onStatement };
    const service = await startDialogue(host);
    await service.store.change('test', async ({ em, audit }) => {
      for (const [who, municipality, organisation, municipalityNumbers, roles] of members) {
        const { personId } = people[who] as { personId: string };
        const membership = { personId, municipality, municipalityNumbers, organisation, roles, version: 1 };
        await recordMembership(em, 'dialogue', membership);
      }
      audit({ object: { type: 'Membership', id: 'test' } });
    });
    return new MeetingWorld(service, clock, host, database, bus, statements);
  }

  get system() {
    return this.service.store.as('system');
  }

  async ask(who: Who, query: string, variables: object = {}, language = 'nb'): Promise<Answer> {
    const request = { headers: { 'accept-language': language }, identity: people[who] };
    const operation = { query, variables: variables as Record<string, unknown> };
    const { data, errors = [] } = await executeInProcess(this.service, operation, request);
    return { data, codes: errors.map((error) => error.extensions?.code) };
  }

  /** A mutation with one input: the object that it gave, its user errors, or the code that it was refused with. */
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has an object of its own
  async does(who: Who, mutation: string, input: object): Promise<{ done: any; errors: string[] }> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${FIELDS[mutation]} userErrors { code path message } } }`;
    const { data, codes } = await this.ask(who, query, { input });
    if (codes.length > 0) return { done: null, errors: codes.map(String) };
    const { userErrors, ...rest } = data[mutation];
    const done = Object.values(rest)[0];
    return { done, errors: userErrors.map((each: { code: string }) => each.code) };
  }

  get(who: Who, url: string, headers: Record<string, string> = {}): Promise<Response> {
    const request = new Request(url, { headers });
    return answerRoute(this.service, request, { headers, identity: people[who] });
  }

  /** An open dialogue that is led here, with participants. */
  async dialogue(
    more: Partial<MarketDialogue> = {},
    participants: readonly Supplier[] = ['oyeren', 'mysen', 'halden', 'glommen'],
  ): Promise<string> {
    const id = randomUUID();
    const em = this.system;
    em.create(MarketDialogue, {
      ...{ id, procurementId: randomUUID(), municipalityNumber: '3118', buyerId: null },
      ...{ title: 'Trygg hjemme lenger', description: null, kind: null, language: 'NOR', ledHere: true },
      ...{ announcedAt: new Date('2027-01-01T09:00:00Z'), opensAt: new Date('2027-01-02T09:00:00Z') },
      ...{ closesAt: new Date('2027-03-01T11:00:00Z'), cancelledAt: null, cancellationReason: null },
      ...{ closedAt: null, summarisedAt: null, expectedTenderDate: null, cpv: null, additionalCpv: [] },
      ...{ cpvBranches: [], nuts: [], url: null, questions: [], noticeId: null, noticeVersion: null },
      contact: { name: 'Innkjøp', email: 'innkjop@ostfold.example', telephone: null },
      ...{ noticeDispatchedAt: null, updatedAt: new Date('2027-01-02T09:00:00Z') },
      ...more,
    });
    await em.flush();
    for (const who of participants) {
      const { personId } = people[who] as { personId: string };
      em.create(Participant, {
        ...{ id: randomUUID(), dialogueId: id, organisationNumber: organisations[who] },
        ...{
          organisationName: `${who} AS`,
          contactName: `Kontakt ${who}`,
          contactEmail: `post@${who}.example`,
        },
        ...{ personId, language: who === 'mysen' ? 'en' : 'nb', joinedAt: new Date(START), leftAt: null },
      });
    }
    await em.flush();
    return id;
  }

  /** A room that no other test has a meeting in. */
  room(): string {
    return `Rom ${randomUUID()}`;
  }

  /** A round of `slots` meetings of half an hour from nine o'clock on 11 January 2027, in a room of its own. */
  async round(dialogueId: string, slots = 2, more: object = {}) {
    const to = new Date(Date.parse('2027-01-11T08:00:00Z') + slots * 1_800_000).toISOString();
    const days = [{ from: '2027-01-11T09:00', to }];
    const input = { dialogueId, minutes: 30, days, rooms: [this.room()], requestsCloseAt: CLOSES, ...more };
    const { done, errors } = await this.does('officer', 'createMeetingRound', input);
    if (!done) throw new Error(`No round: ${errors.join()}`);
    return done as { id: string; seedCommitment: string; slots: { id: string; startsAt: string }[] };
  }

  async asks(roundId: string, ...suppliers: readonly Supplier[]): Promise<void> {
    for (const who of suppliers) {
      const input = { roundId, organisationNumber: organisations[who] };
      const { errors } = await this.does(who, 'requestMeeting', input);
      if (errors.length > 0) throw new Error(`${who} may not ask: ${errors.join()}`);
      this.clock.advance(1_000);
    }
  }

  /** Closes requests and draws. */
  async draws(roundId: string) {
    this.clock.set(CLOSES);
    const { done, errors } = await this.does('officer', 'drawMeetings', { roundId });
    if (!done) throw new Error(`Not drawn: ${errors.join()}`);
    this.clock.advance(60_000);
    return done.draw as {
      seed: string;
      order: {
        organisationNumber: string;
        digest: string;
        hadMeetingBefore: boolean;
        unavailable: string[];
        slot: { id: string } | null;
        slotNow: { id: string } | null;
      }[];
    };
  }

  /** The meetings of a round as the officer sees them. */
  async meetings(roundId: string, who: Who = 'officer') {
    const query =
      'query ($id: ID!) { meetingRound(id: $id) { meetings(first: 100) { nodes { id organisationNumber status startsAt slot { id } cancelledBy } } } }';
    const { data } = await this.ask(who, query, { id: roundId });
    return data.meetingRound.meetings.nodes as {
      id: string;
      organisationNumber: string;
      status: string;
      startsAt: string;
      slot: { id: string };
      cancelledBy: string | null;
    }[];
  }

  /** From now on a competition of the dialogue's procurement is announced. */
  async announceTender(dialogueId: string): Promise<void> {
    const em = this.system;
    const { procurementId } = await em.findOneOrFail(MarketDialogue, { id: dialogueId });
    const facts = { tenderId: randomUUID(), procurementId, title: 'Trygghetsalarmer', version: 1 };
    em.create(AnnouncedTender, { ...facts, announcedAt: this.clock.now() });
    await em.flush();
  }

  /** The letters about a dialogue, in the order in which they were written. */
  mails(
    dialogueId: string,
  ): Promise<{ to: string; subject: string; text: string; template: string; calendar: string | null }[]> {
    return this.system.execute(
      `select to_email as to, subject, body_text as text, template, calendar from dialogue.mail
       where about_id = ? order by queued_at, template, to_email`,
      [dialogueId],
    );
  }

  /** What the audit log has got since. */
  async audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]> {
    const [before] = await this.system.execute<{ last: string }[]>(
      'select coalesce(max(sequence), 0)::text as last from dialogue.audit_entry',
    );
    const result = await work();
    const entries = await this.system.execute<Record<string, unknown>[]>(
      `select operation, outcome, code, object_type as type, owner_municipality as municipality,
         owner_organisation as organisation
       from dialogue.audit_entry where sequence > ?::bigint order by sequence`,
      [before?.last],
    );
    return [result, entries];
  }

  /** All that is stored about meetings, to see that nothing has changed. */
  async everything(): Promise<string> {
    const tables = ['round', 'slot', 'request', 'lot', 'minutes', 'comment', 'secret'].map(
      (each) => `meeting_${each}`,
    );
    const names = ['meeting', 'dialogue_calendar_link', 'disclosure', 'mail', ...tables];
    const rows = await this.system.execute<{ text: string }[]>(
      `${names.map((name) => `select '${name}' || t::text as text from dialogue.${name} t`).join(' union all ')} order by 1`,
    );
    return rows.map(({ text }) => text).join('\n');
  }

  /** Empties the calendars of all suppliers: nobody has two meetings at once, in tests neither. */
  async clear(): Promise<void> {
    await this.system.execute('delete from dialogue.meeting_round');
    await this.system.execute('delete from dialogue.dialogue_calendar_link');
    this.clock.set(START);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }
}
