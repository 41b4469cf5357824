import { createHash, randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@samspill/database';
import { Document, DocumentState } from '@samspill/documents';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus, type MessageType, type PayloadOf, type tenderAnnounced } from '@samspill/messages';
import { executeInProcess, recordMembership, type Service, type ServiceHost } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { startDialogue } from '../subgraph.js';
import { recordAnnouncedTender } from './record-announced-tender.js';

export const START = '2026-03-02T09:00:00.000Z';
export const OPENS = '2026-03-09T07:00:00.000Z';
export const DEADLINE = '2026-04-01T10:00:00.000Z';
export const OYEREN = '310000035';
export const MYSEN = '310000027';
const OSTFOLD = '920123899';
const MARKER = '210000046';

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
  oyeren: somebody('supplier', OYEREN),
  mysen: somebody('supplier-2', MYSEN),
} satisfies Record<string, Identity>;
export type Who = keyof typeof people;
export const everyWho = Object.keys(people) as Who[];

const members: [Who, string, string, string[]][] = [
  ['officer', '3118', OSTFOLD, ['PROCUREMENT_OFFICER']],
  ['evaluator', '3118', OSTFOLD, ['EVALUATOR']],
  ['neighbour', '3122', MARKER, ['PROCUREMENT_OFFICER']],
];

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
export type Answer = { data: any; codes: unknown[] };

/** The service alone, with officers and suppliers; what happens in it happens through its own mutations. */
export class DialogueWorld implements AsyncDisposable {
  private constructor(
    readonly service: Service,
    readonly clock: AdjustableClock,
    readonly host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] },
    /** Every statement that the service has issued. */
    readonly statements: string[],
    private readonly database: Database,
    private readonly bus: MessageBus,
  ) {}

  static async open(): Promise<DialogueWorld> {
    const clock = new AdjustableClock(START);
    const database = await openDatabase({});
    const bus = await MessageBus.open(database, { onError: (error) => console.error(error) });
    const statements: string[] = [];
    const onStatement = (text: string) => void statements.push(text);
    const host = { clock, log: pino({ level: 'silent' }), database, bus, onStatement };
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
    return new DialogueWorld(service, clock, host, statements, database, bus);
  }

  get system() {
    return this.service.store.as('system');
  }

  rows<T = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.system.execute<T[]>(sql, values);
  }

  async ask(who: Who, query: string, variables: object = {}, language = 'nb'): Promise<Answer> {
    const { data, errors = [] } = await executeInProcess(
      this.service,
      { query, variables: variables as Record<string, unknown> },
      { headers: { 'accept-language': language }, identity: people[who] },
    );
    return { data, codes: errors.map((error) => error.extensions?.code) };
  }

  /** A mutation with one input: its payload, or the code that it was refused with. */
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has a payload of its own
  async does(who: Who, mutation: string, input: object, fields = '', language = 'nb'): Promise<any> {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} userErrors { code path message } } }`;
    const { data, codes } = await this.ask(who, query, { input }, language);
    return codes.length ? { refused: codes } : data[mutation];
  }

  /** The same, of which nothing is to be mended. */
  // biome-ignore lint/suspicious/noExplicitAny: each mutation has a payload of its own
  async done(who: Who, mutation: string, input: object, fields = ''): Promise<any> {
    const answer = await this.does(who, mutation, input, fields);
    if (answer.refused || answer.userErrors.length > 0) {
      throw new Error(`${mutation}: ${JSON.stringify(answer)}`);
    }
    return answer;
  }

  /** What there was to mend, or the code that it was refused with. */
  async codes(who: Who, mutation: string, input: object): Promise<unknown[]> {
    const { refused, userErrors } = await this.does(who, mutation, input);
    return refused ?? userErrors.map(({ code }: { code: string }) => code);
  }

  /** A published need of Indre Østfold. */
  async need(): Promise<{ id: string; procurementId: string }> {
    const words = {
      title: 'Trygg hjemme lenger',
      effect: 'Flere bor trygt hjemme.',
      users: 'Innbyggere med kronisk sykdom.',
      successCriteria: ['Åtte av ti føler seg tryggere.'],
    };
    const fields = 'need { id procurement { id } }';
    const { need } = await this.done('officer', 'createNeed', { municipality: '3118', ...words }, fields);
    await this.done('officer', 'publishNeed', { id: need.id });
    return { id: need.id, procurementId: need.procurement.id };
  }

  async draft(more: object = {}): Promise<string> {
    const needId = 'procurementId' in more ? undefined : (await this.need()).id;
    const input = {
      ...{ municipality: '3118', needId, title: 'Trygg hjemme', description: 'Hva er mulig?' },
      ...{ opensAt: OPENS, closesAt: DEADLINE, contact: { email: 'innkjop@example.no' }, ...more },
    };
    const fields = 'marketDialogue { id }';
    return (await this.done('officer', 'createMarketDialogue', input, fields)).marketDialogue.id;
  }

  async announced(questions: object[] = [], more: object = {}): Promise<string> {
    const id = await this.draft(more);
    if (questions.length) await this.done('officer', 'setDialogueQuestions', { id, questions });
    await this.done('officer', 'announceMarketDialogue', { id });
    return id;
  }

  /** Open, with those who take part. */
  async open(who: readonly ('oyeren' | 'mysen')[] = ['oyeren', 'mysen'], questions: object[] = []) {
    const id = await this.announced(questions);
    for (const each of who) {
      await this.join(each, id);
      this.clock.advance(1);
    }
    await this.done('officer', 'openMarketDialogue', { id });
    return id;
  }

  join(who: 'oyeren' | 'mysen', dialogueId: string, more: object = {}) {
    const organisation = {
      oyeren: { organisationNumber: OYEREN, organisationName: 'Øyeren Velferdsteknologi AS' },
      mysen: { organisationNumber: MYSEN, organisationName: 'Mysen Rørleggerverksted AS' },
    }[who];
    const contact = { contactName: `Kontakt ${who}`, contactEmail: `${who}@example.no` };
    return this.done(who, 'joinMarketDialogue', { dialogueId, ...organisation, ...contact, ...more });
  }

  async questionIds(id: string): Promise<string[]> {
    const query = 'query ($id: ID!) { marketDialogue(id: $id) { questionnaire { id } } }';
    const { data } = await this.ask('public', query, { id });
    return data.marketDialogue.questionnaire.map((question: { id: string }) => question.id);
  }

  /** Sends in an input and gives its id. */
  async input(who: 'oyeren' | 'mysen', dialogueId: string, more: object = {}): Promise<string> {
    const organisationNumber = who === 'oyeren' ? OYEREN : MYSEN;
    const input = { dialogueId, organisationNumber, comment: `Innspill fra ${who}`, ...more };
    return (await this.done(who, 'submitInput', input, 'input { id }')).input.id;
  }

  conclude(inputId: string) {
    const said = { outcome: 'TAKEN_UP', explanation: 'Tatt inn i kravene.' };
    return this.done('officer', 'concludeInput', { inputId, ...said });
  }

  /** From open to summarised. */
  async summarise(id: string): Promise<void> {
    for (const { id: input } of await this.rows<{ id: string }>(
      `select id from dialogue.input where dialogue_id = ? and replaced_at is null and withdrawn_at is null`,
      [id],
    )) {
      await this.conclude(input);
    }
    this.clock.set('2026-04-02T08:00:00Z');
    await this.done('officer', 'closeMarketDialogue', { dialogueId: id });
    await this.done('officer', 'summariseMarketDialogue', { dialogueId: id });
  }

  /** A document of an organisation that is ready to be attached. */
  async document(organisationNumber: string, who: Who, name = 'vedlegg.pdf'): Promise<string> {
    const em = this.system;
    const id = randomUUID();
    em.create(Document, {
      ...{ id, purpose: 'INPUT_ATTACHMENT', name, mediaType: 'application/pdf', size: 3 },
      ...{ sha256: createHash('sha256').update(id).digest('hex'), state: DocumentState.READY },
      ...{ refusalCode: null, organisationNumber, municipalityNumber: null },
      personId: (people[who] as { personId: string }).personId,
      ...{ attachedToType: null, attachedToId: null, publishedAt: null, failedChecks: 0, checkAfter: null },
      ...{ createdAt: this.clock.now(), settledAt: this.clock.now() },
    });
    await em.flush();
    return id;
  }

  /** As the service that sends these, which is not this one. */
  async send<T>(type: MessageType<T>, payload: T): Promise<void> {
    await this.database.owner.transaction().execute(async (transaction) => {
      await this.bus.publish({ getTransactionContext: () => transaction } as never, type, [payload]);
    });
  }

  /** The tables of the service, the audit log apart, in which a text stands. */
  async placesOf(text: string): Promise<string[]> {
    const tables = (await this.everything()).split('\n');
    return tables.filter((each) => each.includes(text)).map((each) => each.split(' ')[0] ?? '');
  }

  /** As `tenders` tells it. */
  announceTender(procurementId: string, more: Partial<PayloadOf<typeof tenderAnnounced>> = {}) {
    const announcedAt = this.clock.now().toISOString();
    const tender = { tenderId: randomUUID(), title: 'Digital hjemmeoppfølging', announcedAt, version: 1 };
    const { store } = this.service;
    return store.change('tender-announced', (change) =>
      recordAnnouncedTender(store, change, { procurementId, ...tender, ...more }),
    );
  }

  async procurementOf(id: string): Promise<string> {
    const [row] = await this.rows<{ procurement_id: string }>(
      'select procurement_id from dialogue.market_dialogue where id = ?',
      [id],
    );
    return row?.procurement_id ?? '';
  }

  /** Everything that the service's own tables say, but for the audit log: whether nothing has changed. */
  async everything(): Promise<string> {
    const tables = await this.rows<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'dialogue'
         and tablename not like 'audit%' and tablename <> 'migration' order by tablename`,
    );
    const contents: string[] = [];
    for (const { name } of tables) {
      const [row] = await this.rows<{ all: string }>(
        `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]')::text as all from dialogue."${name}" t`,
      );
      contents.push(`${name} ${row?.all}`);
    }
    return contents.join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.bus.close();
    await this.database.close();
  }
}
