import { createHash, randomUUID } from 'node:crypto';
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
import { InputAnswer, InputConclusion, InputOutcome, TradeSecret } from '../input/input-parts.js';
import { MarketInput, MarketInputKind } from '../input/market-input.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Participant } from '../participant/participant.js';
import { startDialogue } from '../subgraph.js';

export const START = '2026-03-02T09:00:00.000Z';
export const SEED = 'det frøet som ble lovet';
export const OSTFOLD = '920123899';
export const MARKER = '210000046';
export const OYEREN = { organisationNumber: '310000035', organisationName: 'Øyeren Velferdsteknologi AS' };
export const MYSEN = { organisationNumber: '310000027', organisationName: 'Mysen Rørleggerverksted AS' };

function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

export const people = {
  public: everybody,
  person: somebody('person'),
  officer: somebody('officer', OSTFOLD),
  evaluator: somebody('evaluator', OSTFOLD),
  neighbour: somebody('officer-marker', MARKER),
  oyeren: somebody('supplier', OYEREN.organisationNumber),
  mysen: somebody('supplier-2', MYSEN.organisationNumber),
} satisfies Record<string, Identity>;
export type Who = keyof typeof people;
export const strangers = ['public', 'person', 'neighbour', 'mysen'] as const satisfies readonly Who[];

const members: [Who, string, string, string[]][] = [
  ['officer', '3118', OSTFOLD, ['PROCUREMENT_OFFICER']],
  ['evaluator', '3118', OSTFOLD, ['EVALUATOR']],
  ['neighbour', '3122', MARKER, ['PROCUREMENT_OFFICER']],
];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

export interface GivenInput {
  readonly number: number;
  readonly text: string;
  readonly secret?: string;
  /** What was done with it, if that has been said. */
  readonly outcome?: string;
}

/** The service alone, with officers and suppliers, and dialogues that are made at once in any state. */
export class LedgerWorld implements AsyncDisposable {
  private constructor(
    readonly service: Service,
    readonly clock: AdjustableClock,
    readonly host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] },
    readonly database: Database,
    private readonly bus: MessageBus,
  ) {}

  static async open(): Promise<LedgerWorld> {
    const clock = new AdjustableClock(START);
    const database = await openDatabase({});
    const bus = await MessageBus.open(database, { onError: () => undefined });
    const host = { clock, log: pino({ level: 'silent' }), database, bus };
    const service = await startDialogue(host);
    await service.store.change('test', async ({ em, audit }) => {
      for (const [who, municipality, organisation, roles] of members) {
        const { personId } = people[who] as { personId: string };
        const municipalityNumbers = municipality === '3118' ? ['3118', '3014', '0124'] : [municipality];
        const membership = { personId, municipality, municipalityNumbers, organisation, roles, version: 1 };
        await recordMembership(em, 'dialogue', membership);
      }
      audit({ object: { type: 'Membership', id: 'test' } });
    });
    return new LedgerWorld(service, clock, host, database, bus);
  }

  get system() {
    return this.service.store.as('system');
  }

  async ask(who: Who, query: string, variables: object = {}, language = 'nb'): Promise<Answer> {
    const request = { headers: { 'accept-language': language }, identity: people[who] };
    const { data, errors = [] } = await executeInProcess(
      this.service,
      { query, variables: variables as Record<string, unknown> },
      request,
    );
    return { data, codes: errors.map((error) => error.extensions?.code) };
  }

  /** A mutation with one input; what it answered, or the code that it was refused with. */
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has a payload of its own
  async does(who: Who, mutation: string, input: object, fields: string): Promise<any> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code path message } } }`;
    const { data, codes } = await this.ask(who, query, { input });
    return codes.length ? { refused: codes } : data[mutation];
  }

  get(who: Who, path: string, language = 'nb'): Promise<Response> {
    const request = new Request(`http://127.0.0.1:4000/dialogue${path}`);
    const incoming = { headers: { 'accept-language': language }, identity: people[who] };
    return answerRoute(this.service, request, incoming);
  }

  /** An open dialogue of Indre Østfold that is led here, with two participants. */
  async dialogue(more: Partial<MarketDialogue> = {}): Promise<string> {
    const id = randomUUID();
    const em = this.system;
    em.create(MarketDialogue, {
      id,
      procurementId: randomUUID(),
      municipalityNumber: '3118',
      buyerId: null,
      title: 'Trygg hjemme lenger',
      description: 'Hva kan markedet tilby?',
      kind: null,
      language: 'NOR',
      ledHere: true,
      announcedAt: new Date('2026-02-01T09:00:00Z'),
      opensAt: new Date('2026-02-02T09:00:00Z'),
      closesAt: new Date('2026-03-01T09:00:00Z'),
      cancelledAt: null,
      cancellationReason: null,
      closedAt: null,
      summarisedAt: null,
      expectedTenderDate: null,
      cpv: null,
      additionalCpv: [],
      cpvBranches: [],
      nuts: [],
      url: null,
      contact: null,
      questions: ['Hva kan dere tilby?'],
      noticeId: null,
      noticeVersion: null,
      noticeDispatchedAt: null,
      updatedAt: new Date(START),
      ...more,
    });
    await em.flush();
    for (const organisation of [OYEREN, MYSEN]) {
      em.create(Participant, {
        id: randomUUID(),
        dialogueId: id,
        ...organisation,
        contactName: 'Kontakt',
        contactEmail: `post@${organisation.organisationNumber}.example`,
        personId: null,
        language: organisation === OYEREN ? 'nb' : 'en',
        joinedAt: new Date('2026-02-10T09:00:00Z'),
        leftAt: null,
      });
    }
    await em.flush();
    return id;
  }

  /** An answer to the questions as a supplier would have sent it, with a secret if there is one. */
  async input(dialogueId: string, whose: typeof OYEREN, given: GivenInput): Promise<string> {
    const id = randomUUID();
    const em = this.system;
    const { secret = null, outcome = null } = given;
    em.create(MarketInput, {
      ...{ id, dialogueId, seriesId: id, kind: MarketInputKind.WRITTEN, ...whose, number: given.number },
      ...{ version: 1, comment: null, hasTradeSecret: false, submittedAt: new Date(START) },
      ...{ replacedAt: null, withdrawnAt: null, hearingDocumentId: null, hearingVersion: null },
      ...{ paragraph: null, placeFrom: null, placeTo: null, quote: null },
    });
    await em.flush();
    const answerId = randomUUID();
    em.create(InputAnswer, {
      ...{ id: answerId, inputId: id, questionId: 'q', position: 1, question: 'Hva kan dere tilby?' },
      ...{ text: given.text, value: null, yes: null, choice: null, hasTradeSecret: secret !== null },
    });
    await em.flush();
    const { organisationNumber } = whose;
    if (secret !== null) {
      const facts = { id: randomUUID(), inputId: id, answerId, dialogueId, organisationNumber };
      em.create(TradeSecret, { ...facts, text: secret });
    }
    if (outcome !== null) {
      const concludedAt = new Date(START);
      const facts = { id, dialogueId, outcome: InputOutcome.PARTLY_TAKEN_UP, concludedAt };
      em.create(InputConclusion, { ...facts, explanation: outcome });
    }
    await em.flush();
    return id;
  }

  /** A meeting that has been held, in a round of its own that was drawn with {@link SEED}. */
  async meeting(dialogueId: string, whose: typeof OYEREN): Promise<string> {
    const em = this.system;
    const [round, slot, request, lot, meeting] = Array.from({ length: 5 }, () => randomUUID()) as [
      ...[string, string, string, string, string],
    ];
    const at = '2026-02-20T09:00:00Z';
    const insert = (table: string, row: object) =>
      em.execute(
        `insert into dialogue.${table} select * from jsonb_populate_record(null::dialogue.${table}, ?::jsonb)`,
        [JSON.stringify(row)],
      );
    const [{ number } = { number: 1 }] = await em.execute<{ number: number }[]>(
      'select count(*)::int + 1 as number from dialogue.meeting_round where dialogue_id = ?',
      [dialogueId],
    );
    const common = { round_id: round, dialogue_id: dialogueId, municipality_number: '3118' };
    const seed_commitment = createHash('sha256').update(SEED).digest('hex');
    await insert('meeting_round', {
      ...{ ...common, id: round, number, title: 'Én til én', minutes: 45, requests_close_at: at },
      ...{ seed: SEED, seed_commitment, drawn_at: at, created_at: at, updated_at: at },
    });
    // Nobody is in two meetings at once, not even in a test.
    this.days += 1;
    const [starts_at, ends_at] = [9, 9.75].map((hour) =>
      new Date(Date.UTC(2020, 0, this.days, 0, hour * 60)).toISOString(),
    );
    await em.execute(
      `insert into dialogue.meeting_slot (id, round_id, dialogue_id, municipality_number, minutes, room, starts_at, ends_at)
       values (?, ?, ?, '3118', 45, 'Møterommet', ?, ?)`,
      [slot, round, dialogueId, starts_at, ends_at],
    );
    const whom = { organisation_number: whose.organisationNumber, organisation_name: whose.organisationName };
    await insert('meeting_request', { ...common, ...whom, id: request, unavailable: [], requested_at: at });
    await insert('meeting_lot', {
      ...{ id: lot, round_id: round, position: 1, ...whom, digest: 'ab'.repeat(32) },
      ...{ had_meeting_before: false, unavailable: [], slot_id: slot, slot_now_id: slot },
    });
    await insert('meeting', {
      ...{ ...common, ...whom, id: meeting, request_id: request, slot_id: slot, starts_at, ends_at },
      ...{ allotted_at: at, sequence: 0, updated_at: at },
    });
    return meeting;
  }
  private days = 0;

  /** What everybody was written about a dialogue. */
  mails(dialogueId: string): Promise<{ to: string; subject: string; text: string; template: string }[]> {
    return this.system.execute(
      `select to_email as to, subject, body_text as text, template from dialogue.mail
       where about_id = ? order by queued_at, to_email`,
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
      `select operation, outcome, code, object_type as type, owner_municipality as owner
       from dialogue.audit_entry where sequence > ?::bigint order by sequence`,
      [before?.last],
    );
    return [result, entries];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }
}
