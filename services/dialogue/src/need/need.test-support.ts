import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus, type MessageType } from '@samspill/messages';
import {
  answerRoute,
  executeInProcess,
  publicRequest,
  recordMembership,
  type Service,
  type ServiceHost,
} from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import { sql } from 'kysely';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { startDialogue } from '../subgraph.js';

import { Need, NeedClosedReason, NeedStatus } from './need.js';

export const START = '2026-03-02T09:00:00.000Z';
const OSTFOLD = '920123899';
const MARKER = '210000046';
export const OYEREN = '310000035';

function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

export const people = {
  public: everybody,
  person: somebody('person'),
  supplier: somebody('supplier', OYEREN),
  'supplier-2': somebody('supplier-2', '310000027'),
  officer: somebody('officer', OSTFOLD),
  evaluator: somebody('evaluator', OSTFOLD),
  administrator: somebody('administrator', OSTFOLD),
  neighbour: somebody('officer-marker', MARKER),
  machine: {
    kind: 'SERVICE',
    issuer: 'own-key',
    clientId: 'machine',
    organisation: OSTFOLD,
    scopes: ['samspill:notices.import'],
  },
} satisfies Record<string, Identity>;
export type Who = keyof typeof people;
export const everyone = Object.keys(people) as Who[];
export const personIdOfWho = (who: Who): string => (people[who] as { personId: string }).personId;

const members: [Who, string, string, string[], string[]][] = [
  ['officer', '3118', OSTFOLD, ['3118', '3014', '0124'], ['PROCUREMENT_OFFICER']],
  ['evaluator', '3118', OSTFOLD, ['3118', '3014', '0124'], ['EVALUATOR']],
  ['administrator', '3118', OSTFOLD, ['3118', '3014', '0124'], ['ADMINISTRATOR']],
  ['neighbour', '3122', MARKER, ['3122', '3012', '0119'], ['PROCUREMENT_OFFICER']],
];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

export interface StoredLetter {
  readonly id: string;
  readonly to_email: string | null;
  readonly language: string;
  readonly subject: string | null;
  readonly body_text: string | null;
  readonly state: string;
}

/** The service alone with people of all kinds, and needs that are made at once in any status. */
export class NeedWorld implements AsyncDisposable {
  readonly published: { type: string; payload: unknown }[] = [];

  private constructor(
    readonly service: Service,
    readonly clock: AdjustableClock,
    readonly host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] },
    readonly database: Database,
    readonly bus: MessageBus,
  ) {
    const { publish } = bus;
    bus.publish = async (em, type, payloads) => {
      await publish.call(bus, em, type as MessageType, payloads as unknown[]);
      for (const payload of payloads) this.published.push({ type: type.name, payload });
    };
  }

  static async open(): Promise<NeedWorld> {
    const clock = new AdjustableClock(START);
    const database = await openDatabase({});
    const bus = await MessageBus.open(database, { onError: () => undefined });
    const host = { clock, log: pino({ level: 'silent' }), database, bus };
    const service = await startDialogue(host);
    await service.store.change('test', async ({ em, audit }) => {
      for (const [who, municipality, organisation, municipalityNumbers, roles] of members) {
        const personId = personIdOfWho(who);
        const membership = { personId, municipality, municipalityNumbers, organisation, roles };
        await recordMembership(em, 'dialogue', { ...membership, version: 1 });
      }
      audit({ object: { type: 'Membership', id: 'test' } });
    });
    return new NeedWorld(service, clock, host, database, bus);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.database.close();
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

  /** A mutation with one input; what it answered, or the codes that it was refused with. */
  async does(
    who: Who,
    mutation: string,
    input: object,
    { fields = 'need { id status }', language = 'nb' } = {},
    // biome-ignore lint/suspicious/noExplicitAny: each mutation has a payload of its own
  ): Promise<any> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code path message } } }`;
    const { data, codes } = await this.ask(who, query, { input }, language);
    return codes.length ? { refused: codes } : data[mutation];
  }

  /** A need that has come this far, with nothing in it that says how. */
  async need(status: NeedStatus, more: Partial<Need> = {}): Promise<Need> {
    const em = this.system;
    const publishedAt = status === NeedStatus.DRAFT ? null : new Date(START);
    const isClosed = status === NeedStatus.CLOSED;
    const need = em.create(Need, {
      id: randomUUID(),
      procurementId: randomUUID(),
      municipalityNumber: '3118',
      title: 'Trygge turveier',
      effect: 'Flere går tur hele året.',
      users: 'Alle innbyggere.',
      successCriteria: ['Flere bruker turveiene.'],
      volume: null,
      status,
      publishedAt,
      closedAt: isClosed ? new Date(START) : null,
      closedReason: isClosed ? NeedClosedReason.MET : null,
      closedExplanation: isClosed ? 'Veiene er der.' : null,
      ...more,
    });
    await em.flush();
    return need;
  }

  stored(id: string): Promise<Need | null> {
    return this.system.findOne(Need, { id });
  }

  letters(): Promise<StoredLetter[]> {
    return this.system.execute(
      'select id, to_email, language, subject, body_text, state from dialogue.mail order by to_email, queued_at, id',
    );
  }

  /** Nothing of what was before, so that there is less to compare. */
  async clear(): Promise<void> {
    for (const table of ['need', 'mail'])
      await sql.raw(`delete from dialogue.${table}`).execute(this.database.owner);
    this.published.length = 0;
  }

  /** Everything that is stored about needs, the letters and the messages, to see that nothing of it has changed. */
  async contents(): Promise<string> {
    const rows: string[] = [];
    for (const table of [
      'need',
      'overridden_finding',
      'need_clarification',
      'need_following',
      'need_joining',
    ]) {
      const found = await this.system.execute(`select t::text as row from dialogue.${table} t order by 1`);
      rows.push(`${table}: ${JSON.stringify(found)}`);
    }
    rows.push(JSON.stringify(await this.letters()), JSON.stringify(this.published));
    return rows.join('\n');
  }

  /** What the audit log has got since. */
  async audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]> {
    const last = async () => {
      const sql = 'select coalesce(max(sequence), 0)::text as last from dialogue.audit_entry';
      return (await this.system.execute<{ last: string }[]>(sql))[0]?.last;
    };
    const before = await last();
    const result = await work();
    const entries = await this.system.execute<Record<string, unknown>[]>(
      `select operation, outcome, code, object_type as type, object_id as id, owner_municipality as municipality,
         owner_organisation as organisation
       from dialogue.audit_entry where sequence > ?::bigint order by sequence`,
      [before],
    );
    return [result, entries];
  }

  /** Without the rules at the resolvers and the conditions of the queries: what row-level security does alone. */
  leaveItToTheDatabase(): void {
    this.host.permission = 'left to the database';
    onTestFinished(() => {
      this.host.permission = 'checked';
    });
  }

  /** A page or file that the service answers beside GraphQL. */
  async visit(url: string, method = 'GET'): Promise<Response> {
    return answerRoute(
      this.service,
      new Request(url, { method }),
      publicRequest({ 'accept-language': 'nb' }),
    );
  }
}
