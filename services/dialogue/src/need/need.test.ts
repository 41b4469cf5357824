import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus, procurementStarted } from '@samspill/messages';
import { executeInProcess, recordMembership, type Service, type ServiceHost } from '@samspill/subgraph';
import { AdjustableClock, stableId } from '@samspill/values';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startDialogue } from '../subgraph.js';
import { Need } from './need.js';

const START = '2026-03-02T09:00:00Z';
const clock = new AdjustableClock(START);
const started: string[] = [];
const host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] } = {
  clock,
  log: pino({ level: 'silent' }),
} as never;
let database: Database;
let bus: MessageBus;
let service: Service;

const OSTFOLD = '920123899';
const MARKER = '210000046';

function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

const officer = somebody('officer', OSTFOLD);
/** The same person, who has logged in for nobody. */
const offDuty = somebody('officer');
const evaluator = somebody('evaluator', OSTFOLD);
const administrator = somebody('administrator', OSTFOLD);
const neighbour = somebody('officer-marker', MARKER);
/** Writes needs in Marker, and only scores bids in Indre Østfold. */
const both = somebody('both', OSTFOLD, MARKER);
const person = somebody('person');
const supplier = somebody('supplier', '310000035');
const machine: Identity = {
  kind: 'SERVICE',
  issuer: 'own-key',
  clientId: 'machine',
  organisation: OSTFOLD,
  scopes: ['samspill:notices.import'],
};

/** All who are to know nothing of a draft of Indre Østfold. */
const strangers: [string, Identity][] = [
  ['the public', everybody],
  ['a person', person],
  ['an officer who has logged in for nobody', offDuty],
  ['a supplier', supplier],
  ['an officer of another municipality', neighbour],
  ['a machine', machine],
];

const members: [Identity, string, string, string[], string[]][] = [
  [officer, '3118', OSTFOLD, ['3118', '3014', '0124'], ['PROCUREMENT_OFFICER', 'OPENER']],
  [evaluator, '3118', OSTFOLD, ['3118', '3014', '0124'], ['EVALUATOR']],
  [administrator, '3118', OSTFOLD, ['3118', '3014', '0124'], ['ADMINISTRATOR']],
  [neighbour, '3122', MARKER, ['3122', '3012', '0119'], ['PROCUREMENT_OFFICER']],
  [both, '3118', OSTFOLD, ['3118', '3014', '0124'], ['EVALUATOR']],
  [both, '3122', MARKER, ['3122', '3012', '0119'], ['PROCUREMENT_OFFICER']],
];

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: () => undefined });
  service = await startDialogue(Object.assign(host, { database, bus }));
  await service.fillWithDemoData();
  await bus.receive('tenders', procurementStarted, async ({ procurementId }) => {
    started.push(procurementId);
  });
  await service.store.change('test', async ({ em, audit }) => {
    for (const [identity, municipality, organisation, municipalityNumbers, roles] of members) {
      const { personId } = identity as { personId: string };
      const membership = { personId, municipality, municipalityNumbers, organisation, roles };
      await recordMembership(em, 'dialogue', { ...membership, version: Date.now() });
    }
    audit({ object: { type: 'Membership', id: 'test' } });
  });
});

afterAll(async () => {
  await bus?.close();
  await database?.close();
});

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
type Answer = { data: any; codes: unknown[] };

async function ask(
  identity: Identity,
  query: string,
  variables?: Record<string, unknown>,
  language = 'nb',
): Promise<Answer> {
  const headers = { 'accept-language': language };
  const { data, errors = [] } = await executeInProcess(service, { query, variables }, { headers, identity });
  return { data, codes: errors.map((error) => error.extensions?.code) };
}

const PAYLOAD =
  'need { id title effect users successCriteria volume status publishedAt } userErrors { code path message }';
const CREATE = `mutation ($input: CreateNeedInput!) { createNeed(input: $input) { ${PAYLOAD} } }`;
const UPDATE = `mutation ($input: UpdateNeedInput!) { updateNeed(input: $input) { ${PAYLOAD} } }`;
const PUBLISH = `mutation ($input: PublishNeedInput!) { publishNeed(input: $input) { ${PAYLOAD} } }`;

const input = {
  municipality: '3118',
  title: 'Trygge turveier',
  effect: 'Flere går tur hele året.',
  users: 'Alle innbyggere.',
  successCriteria: ['Flere bruker turveiene.'],
};

async function draftOf(identity: Identity, more: object = {}): Promise<string> {
  const { data, codes } = await ask(identity, CREATE, { input: { ...input, ...more } });
  expect(codes).toEqual([]);
  return data.createNeed.need.id;
}

const stored = (id: string) => service.store.as('system').findOne(Need, { id });
const count = () => service.store.as('system').count(Need);

/** What the audit log has got since. */
async function audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]> {
  const system = () => service.store.as('system');
  const [before] = await system().execute<{ last: string }[]>(
    'select coalesce(max(sequence), 0)::text as last from dialogue.audit_entry',
  );
  const result = await work();
  const entries = await system().execute<Record<string, unknown>[]>(
    `select operation, outcome, code, object_type as type, object_id as id, owner_municipality as owner,
       before_digest is not null as before, after_digest is not null as after
     from dialogue.audit_entry where sequence > ?::bigint order by sequence`,
    [before?.last],
  );
  return [result, entries];
}

/** Without the rules at the resolvers and the conditions of the queries: what row-level security does alone. */
function leaveItToTheDatabase(): void {
  host.permission = 'left to the database';
  onTestFinished(() => {
    host.permission = 'checked';
  });
}

/** Without row-level security: what the conditions of the queries do alone. */
async function leaveItToTheRules(): Promise<void> {
  const say = (what: string) =>
    sql.raw(`alter table dialogue.need ${what} row level security`).execute(database.owner);
  await say('disable');
  onTestFinished(() => say('enable') as Promise<never>);
}

const refused = (operation: string, code: string, id: string | null = null, owner: string | null = null) => ({
  ...{ operation, outcome: 'REFUSED', code, owner, before: false, after: false },
  ...{ type: id && expect.any(String), id },
});

describe('beginning a need', () => {
  it('makes a draft and starts its chain', async () => {
    const given = { ...input, title: '  Trygge turveier ', volume: '40 km' };
    const [{ data, codes }, entries] = await audited(() => ask(officer, CREATE, { input: given }));
    expect(codes).toEqual([]);
    const { need, userErrors } = data.createNeed;
    const { municipality: _, ...words } = { ...given, title: 'Trygge turveier' };
    expect(need).toEqual({ ...words, id: expect.any(String), status: 'DRAFT', publishedAt: null });
    expect(userErrors).toEqual([]);
    expect(entries).toEqual([
      {
        ...{ operation: 'createNeed', outcome: 'DONE', code: null, type: 'Need', id: need.id },
        ...{ owner: '3118', before: false, after: true },
      },
    ]);
    const { procurementId } = (await stored(need.id)) as Need;
    await expect.poll(() => started, { timeout: 10_000 }).toContain(procurementId);
  });

  it('has constraints where there are some, and none otherwise', async () => {
    expect((await stored(await draftOf(officer)))?.constraints).toEqual([]);
    const id = await draftOf(officer, { constraints: [' Åpent hele året. '] });
    const query = 'query ($id: ID!) { need(id: $id) { constraints } }';
    expect((await ask(officer, query, { id })).data.need).toEqual({ constraints: ['Åpent hele året.'] });
    await ask(officer, UPDATE, { input: { id, constraints: null } });
    expect((await ask(officer, query, { id })).data.need).toEqual({ constraints: [] });
  });

  it('knows the municipality by any of its numbers, and keeps the one of today', async () => {
    for (const municipality of ['0124', '3014', '3118']) {
      expect((await stored(await draftOf(officer, { municipality })))?.municipalityNumber).toBe('3118');
    }
  });

  it('is for its procurement officers alone', async () => {
    const before = await count();
    const attempts: [Identity, string][] = [
      ...strangers.map(([, identity]) => [identity, '3118'] as [Identity, string]),
      ...[evaluator, administrator, both].map((each) => [each, '3118'] as [Identity, string]),
      [officer, '3122'],
      [officer, '0119'],
      [officer, '4601'],
    ];
    for (const [identity, municipality] of attempts) {
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      const [{ data, codes }, entries] = await audited(() =>
        ask(identity, CREATE, { input: { ...input, municipality } }),
      );
      expect([data, codes]).toEqual([null, [code]]);
      expect(entries).toEqual([refused('createNeed', code, null, municipality)]);
    }
    expect(await count()).toBe(before);
    expect((await stored(await draftOf(both, { municipality: '3012' })))?.municipalityNumber).toBe('3122');
  });

  it('says what is to be mended, and does nothing else', async () => {
    const before = await count();
    const bad = { ...input, title: ' ', users: 'x'.repeat(2_001), successCriteria: ['a', ''] };
    for (const [language, word] of [
      ['nb', 'Skriv noe'],
      ['nn', 'Skriv noko'],
      ['en', 'Write something'],
    ] as const) {
      const [{ data }, entries] = await audited(() => ask(officer, CREATE, { input: bad }, language));
      const { need, userErrors } = data.createNeed;
      expect(need).toBeNull();
      expect(userErrors).toMatchObject([
        { code: 'TEXT_MISSING', path: ['input', 'title'], message: expect.stringContaining(word) },
        { code: 'TEXT_TOO_LONG', path: ['input', 'users'] },
        { code: 'TEXT_MISSING', path: ['input', 'successCriteria', '1'] },
      ]);
      expect(entries).toEqual([]);
    }
    expect(await count()).toBe(before);
  });

  it('leaves neither a need nor an entry nor a message when it fails', async () => {
    const before = await count();
    const { publish } = bus;
    onTestFinished(() => {
      bus.publish = publish;
    });
    let chain = '';
    bus.publish = async (em, type, payloads) => {
      await publish.call(bus, em, type as never, payloads as never);
      chain = (payloads[0] as { procurementId: string }).procurementId;
      await em.flush();
      throw new Error('The queue is gone.');
    };
    const [{ data, codes }, entries] = await audited(() => ask(officer, CREATE, { input }));
    expect([data, codes, entries]).toEqual([null, ['INTERNAL'], []]);
    expect(await count()).toBe(before);
    bus.publish = publish;
    const later = ((await stored(await draftOf(officer))) as Need).procurementId;
    await expect.poll(() => started, { timeout: 10_000 }).toContain(later);
    expect(started).not.toContain(chain);
  });
});

describe('changing a draft', () => {
  it('touches only what is given', async () => {
    const id = await draftOf(officer, { volume: '40 km' });
    const [{ data }, entries] = await audited(() =>
      ask(officer, UPDATE, { input: { id, title: 'Turveier for alle', volume: null } }),
    );
    expect(data.updateNeed).toMatchObject({
      need: { id, title: 'Turveier for alle', effect: input.effect, volume: null, status: 'DRAFT' },
      userErrors: [],
    });
    expect(entries).toMatchObject([
      { operation: 'updateNeed', outcome: 'DONE', id, owner: '3118', before: true, after: true },
    ]);
    await ask(officer, UPDATE, { input: { id, successCriteria: ['én', 'to'] } });
    expect(await stored(id)).toMatchObject({ title: 'Turveier for alle', successCriteria: ['én', 'to'] });
  });

  it('tells the log that it was read, and of no change, when the words are the same', async () => {
    const id = await draftOf(officer);
    for (const same of [{}, { title: ` ${input.title}` }, { successCriteria: input.successCriteria }]) {
      const [{ data }, entries] = await audited(() => ask(officer, UPDATE, { input: { id, ...same } }));
      expect(data.updateNeed).toMatchObject({ need: { id, title: input.title }, userErrors: [] });
      expect(entries).toMatchObject([{ outcome: 'READ', id }]);
    }
  });

  it('says what is to be mended, and does nothing else', async () => {
    const id = await draftOf(officer);
    const bad = { id, title: null, effect: 'x', volume: '', successCriteria: Array(21).fill('x') };
    const [{ data }, entries] = await audited(() => ask(officer, UPDATE, { input: bad }));
    expect(data.updateNeed.need).toBeNull();
    expect(data.updateNeed.userErrors).toMatchObject([
      { code: 'TEXT_MISSING', path: ['input', 'title'] },
      { code: 'TEXT_MISSING', path: ['input', 'volume'] },
      { code: 'TOO_MANY_CRITERIA', path: ['input', 'successCriteria'] },
    ]);
    expect(entries).toMatchObject([{ outcome: 'READ', id }]);
    expect(await stored(id)).toMatchObject({ title: input.title, effect: input.effect });
  });
});

describe('publishing', () => {
  it('shows the need to everybody, once, at the hour of the clock', async () => {
    const id = await draftOf(officer);
    clock.set('2026-03-03T10:00:00Z');
    onTestFinished(() => clock.set(START));
    const [{ data }, entries] = await audited(() => ask(officer, PUBLISH, { input: { id } }));
    const publishedAt = '2026-03-03T10:00:00.000Z';
    expect(data.publishNeed).toMatchObject({
      need: { id, status: 'PUBLISHED', publishedAt },
      userErrors: [],
    });
    expect(entries).toMatchObject([
      { operation: 'publishNeed', outcome: 'DONE', id, owner: '3118', before: true, after: true },
    ]);
    const query =
      'query ($id: ID!) { need(id: $id) { title } needs(filter: { text: "turveier" }) { totalCount } }';
    const [seen, reads] = await audited(() => ask(everybody, query, { id }));
    expect(seen.data).toEqual({ need: { title: input.title }, needs: { totalCount: 1 } });
    expect(reads).toEqual([]);
    for (const again of [PUBLISH, UPDATE]) {
      const [answer, nothing] = await audited(() => ask(officer, again, { input: { id } }));
      expect(Object.values(answer.data)).toMatchObject([
        { need: null, userErrors: [{ code: 'NEED_NOT_DRAFT', path: ['input', 'id'] }] },
      ]);
      expect(nothing).toEqual([]);
    }
    expect((await stored(id))?.publishedAt).toEqual(new Date(publishedAt));
  });

  it('happens once when two do it at the same moment', async () => {
    const id = await draftOf(officer);
    const [answers, entries] = await audited(() =>
      Promise.all([1, 2].map(() => ask(officer, PUBLISH, { input: { id } }))),
    );
    expect(answers.map(({ data }) => data.publishNeed.userErrors.length).sort()).toEqual([0, 1]);
    expect(entries).toHaveLength(1);
  });
});

describe('who changes and publishes', () => {
  const mutations = [
    ['updateNeed', UPDATE],
    ['publishNeed', PUBLISH],
  ] as const;

  it.each(mutations)('%s is refused to whoever may not, and leaves an entry', async (operation, query) => {
    const id = await draftOf(officer);
    const attempts: [Identity, string][] = [
      [everybody, 'UNAUTHENTICATED'],
      ...[person, offDuty, supplier, machine, evaluator, administrator, both].map(
        (each) => [each, 'FORBIDDEN'] as [Identity, string],
      ),
    ];
    for (const [identity, code] of attempts) {
      const [{ data, codes }, entries] = await audited(() => ask(identity, query, { input: { id } }));
      expect([data, codes]).toEqual([null, [code]]);
      // Whose it is, only the object itself can tell: those whom the rule refuses have not come that far.
      const owner = identity === both ? '3118' : null;
      expect(entries).toEqual([refused(operation, code, id, owner)]);
    }
    expect(await stored(id)).toMatchObject({ status: 'DRAFT', title: input.title });
  });

  it.each(mutations)(
    '%s does not tell a draft of others from none at all, nor does the log',
    async (operation, query) => {
      const id = await draftOf(officer);
      const [secret, entries] = await audited(() => ask(neighbour, query, { input: { id } }));
      const none = randomUUID();
      const [nothing, noEntries] = await audited(() => ask(neighbour, query, { input: { id: none } }));
      expect(secret).toEqual({ data: null, codes: ['NOT_FOUND'] });
      expect(nothing).toEqual(secret);
      expect(entries).toEqual([refused(operation, 'NOT_FOUND', id)]);
      expect(noEntries).toEqual([refused(operation, 'NOT_FOUND', none)]);
      expect(await stored(id)).toMatchObject({ status: 'DRAFT' });
    },
  );

  it.each(mutations)('%s is refused for what others have published', async (operation, query) => {
    const id = stableId('need', 'skoleskyss');
    const [{ codes }, entries] = await audited(() => ask(neighbour, query, { input: { id } }));
    expect(codes).toEqual(['FORBIDDEN']);
    expect(entries).toEqual([refused(operation, 'FORBIDDEN', id, '3118')]);
  });
});

describe('a draft', () => {
  const playgrounds = stableId('need', 'uteomrader');
  const procurement = stableId('procurement', 'demo-need:uteomrader');
  const theirs = stableId('need', 'skolevei');
  const EVERYWHERE = `query ($id: ID!, $representations: [_Any!]!) {
    need(id: $id) { title }
    drafts: needs(filter: { status: [DRAFT], text: "uteområder" }) { totalCount nodes { id } }
    all: needs(filter: { status: [DRAFT, PUBLISHED], text: "uteområder" }) { totalCount nodes { id } }
    usual: needs(filter: { text: "uteområder" }) { totalCount nodes { id } }
    none: needs(filter: { status: [] }) { totalCount }
    _entities(representations: $representations) {
      ... on Need { title }
      ... on Procurement { needs { title } need { title } }
      ... on Municipality { list: needs(first: 100) { nodes { title } } }
    }
  }`;
  const representations = [
    { __typename: 'Need', id: playgrounds },
    { __typename: 'Procurement', id: procurement },
    { __typename: 'Municipality', number: '3118', numbers: ['3118', '3014', '0124'] },
  ];
  const everywhere = (identity: Identity) => ask(identity, EVERYWHERE, { id: playgrounds, representations });

  const hidden = {
    need: null,
    drafts: { totalCount: 0, nodes: [] },
    all: { totalCount: 0, nodes: [] },
    usual: { totalCount: 0, nodes: [] },
    none: { totalCount: 0 },
    _entities: [null, { needs: [], need: null }, { list: { nodes: expect.any(Array) } }],
  };

  async function expectHidden(identity: Identity): Promise<void> {
    const [{ data, codes }, entries] = await audited(() => everywhere(identity));
    expect(codes).toEqual([]);
    expect(data).toEqual(hidden);
    expect(JSON.stringify(data)).not.toContain('Uteområder');
    expect(entries).toEqual([]);
  }

  it.each(strangers)('is hidden from %s, wherever one looks', async (_who, identity) => {
    await expectHidden(identity);
  });

  it.each(strangers)('is hidden from %s by the rules alone', async (_who, identity) => {
    await leaveItToTheRules();
    await expectHidden(identity);
  });

  it.each(strangers)('is hidden from %s by the database alone', async (_who, identity) => {
    leaveItToTheDatabase();
    await expectHidden(identity);
  });

  it.each([
    ['its procurement officer', officer],
    ['an evaluator', evaluator],
    ['somebody with roles in two municipalities', both],
  ])('is shown to %s, where one asks for it, and the log knows', async (_who, identity) => {
    const title = 'Uteområder der alle barn kan leke sammen';
    const [{ data }, entries] = await audited(() => everywhere(identity));
    expect(data).toMatchObject({
      ...hidden,
      need: { title },
      drafts: { totalCount: 1, nodes: [{ id: playgrounds }] },
      all: { totalCount: 1, nodes: [{ id: playgrounds }] },
      _entities: [{ title }, { needs: [{ title }], need: null }, expect.anything()],
    });
    expect(JSON.stringify(data._entities[2])).not.toContain(title);
    expect(entries).toEqual([
      {
        ...{ operation: 'need needs _entities', outcome: 'READ', code: null, type: 'Need', id: playgrounds },
        ...{ owner: '3118', before: false, after: false },
      },
    ]);
  });

  it('comes after what is published, also in pages', async () => {
    const seen: (string | null)[] = [];
    let after: string | null = null;
    do {
      const query = `query ($after: String) { needs(first: 2, after: $after, filter: {
        status: [DRAFT, PUBLISHED, IN_DIALOGUE, IN_TENDER]
      }) { nodes { id publishedAt } pageInfo { hasNextPage endCursor } } }`;
      const { data } = await ask(neighbour, query, { after });
      seen.push(...data.needs.nodes.map((need: { publishedAt: string | null }) => need.publishedAt));
      after = data.needs.pageInfo.hasNextPage ? data.needs.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toContain(null);
    expect(seen.slice(seen.indexOf(null)).every((each) => each === null)).toBe(true);
    expect(seen.indexOf(null)).toBeGreaterThan(2);
  });

  it('of the neighbours is theirs', async () => {
    const query = 'query ($id: ID!) { need(id: $id) { title municipality { number } dialogues { id } } }';
    expect((await ask(officer, query, { id: theirs })).data).toEqual({ need: null });
    expect((await ask(neighbour, query, { id: theirs })).data).toEqual({
      need: { title: 'Trygg skolevei hele vinteren', municipality: { number: '3122' }, dialogues: [] },
    });
  });

  it('comes last in its procurement, and is never the need that the procurement is known by', async () => {
    const id = await draftOf(officer);
    const em = service.store.as('system');
    const school = (await em.findOneOrFail(Need, { id: stableId('need', 'skoleskyss') })).procurementId;
    await em.nativeUpdate(Need, { id }, { procurementId: school });
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Procurement { needs { status } need { status } } } }`;
    const of = { representations: [{ __typename: 'Procurement', id: school }] };
    expect((await ask(officer, query, of)).data._entities).toEqual([
      { needs: [{ status: 'PUBLISHED' }, { status: 'DRAFT' }], need: { status: 'PUBLISHED' } },
    ]);
    expect((await ask(neighbour, query, of)).data._entities).toEqual([
      { needs: [{ status: 'PUBLISHED' }], need: { status: 'PUBLISHED' } },
    ]);
  });
});

describe('the database alone', () => {
  it('refuses a need to whoever may not begin one', async () => {
    leaveItToTheDatabase();
    const before = await count();
    for (const identity of [...strangers.map(([, each]) => each), evaluator, administrator, both]) {
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      const [{ codes }, entries] = await audited(() => ask(identity, CREATE, { input }));
      expect(codes).toEqual([code]);
      expect(entries).toEqual([refused('createNeed', code)]);
    }
    expect(await count()).toBe(before);
    expect(await stored(await draftOf(officer))).not.toBeNull();
  });

  it.each([
    ['update', UPDATE],
    ['publish', PUBLISH],
  ])('lets nobody %s a draft that is not theirs to write', async (_what, query) => {
    const id = await draftOf(officer);
    leaveItToTheDatabase();
    for (const identity of [...strangers.map(([, each]) => each), evaluator, administrator, both]) {
      const input = query === UPDATE ? { id, title: 'Kapret' } : { id };
      const [{ codes }, entries] = await audited(() => ask(identity, query, { input }));
      expect(codes).toEqual(['NOT_FOUND']);
      expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
      expect(await stored(id)).toMatchObject({ status: 'DRAFT', title: 'Trygge turveier' });
    }
    expect((await ask(officer, query, { input: { id } })).codes).toEqual([]);
  });
});

describe('the audit trail', () => {
  const TRAIL = `query ($id: ID!) { need(id: $id) { title auditTrail(first: 10) {
    totalCount nodes { operation outcome personId organisations roles before after } } } }`;

  it('is read by administrators of the municipality', async () => {
    const id = await draftOf(officer);
    await ask(evaluator, 'query ($id: ID!) { need(id: $id) { title } }', { id });
    await ask(officer, PUBLISH, { input: { id } });
    const { data, codes } = await ask(administrator, TRAIL, { id });
    expect(codes).toEqual([]);
    const { personId } = officer as { personId: string };
    expect(data.need.auditTrail).toMatchObject({
      totalCount: 3,
      nodes: [
        { operation: 'publishNeed', outcome: 'DONE', personId, organisations: [OSTFOLD] },
        { operation: 'need', outcome: 'READ', roles: ['EVALUATOR@3118'] },
        { operation: 'createNeed', outcome: 'DONE', personId, before: null },
      ],
    });
    const [published, , created] = data.need.auditTrail.nodes;
    expect(published.before).toBe(created.after);
  });

  it('is refused to everybody else, who still gets the rest', async () => {
    const id = stableId('need', 'skoleskyss');
    for (const identity of [...strangers.map(([, each]) => each), officer, evaluator, both]) {
      const [{ data, codes }, entries] = await audited(() => ask(identity, TRAIL, { id }));
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect(data).toEqual({ need: { title: expect.any(String), auditTrail: null } });
      expect(codes).toEqual([code]);
      expect(entries).toEqual([refused('Need.auditTrail', code)]);
    }
  });

  it('shows others nothing by the database alone', async () => {
    const id = await draftOf(officer);
    await ask(officer, PUBLISH, { input: { id } });
    leaveItToTheDatabase();
    for (const identity of [person, supplier, neighbour, both, evaluator, officer]) {
      const { data } = await ask(identity, TRAIL, { id });
      expect(data.need.auditTrail).toEqual({ totalCount: 0, nodes: [] });
    }
    // The public's role may not so much as ask.
    expect((await ask(everybody, TRAIL, { id })).data.need.auditTrail).toBeNull();
  });
});
