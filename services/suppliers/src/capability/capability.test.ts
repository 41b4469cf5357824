import { type Database, openDatabase } from '@samspill/database';
import { DEVELOPMENT_ISSUER, everybody, type Identity, personIdOf } from '@samspill/identity';
import { MessageBus } from '@samspill/messages';
import { executeInProcess, recordMembership, type Service, type ServiceHost } from '@samspill/subgraph';
import { AdjustableClock, stableId } from '@samspill/values';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startSuppliers } from '../subgraph.js';
import { Supplier } from '../supplier/supplier.js';
import { Capability } from './capability.js';
import { LONGEST_DESCRIPTION, MOST_CAPABILITIES } from './change-capabilities.js';

const START = '2026-03-02T09:00:00Z';
const clock = new AdjustableClock(START);
const host: { -readonly [Part in keyof ServiceHost]: ServiceHost[Part] } = {
  clock,
  log: pino({ level: 'silent' }),
} as never;
let database: Database;
let bus: MessageBus;
let service: Service;

const OYEREN = '310000035';
const MYSEN = '310000027';
const OSTFOLD = '920123899';
/** A valid number of an organisation that no notice has named. */
const UNKNOWN = '923609016';

function somebody(id: string, ...organisations: string[]): Identity {
  const personId = personIdOf(DEVELOPMENT_ISSUER, id);
  return { kind: 'PERSON', issuer: DEVELOPMENT_ISSUER, personId, organisations, level: 'HIGH' };
}

const oyeren = somebody('supplier', OYEREN);
const mysen = somebody('supplier-2', MYSEN);
const newcomer = somebody('newcomer', UNKNOWN);
const person = somebody('person');
/** The same person as Øyeren's, who has logged in for nobody. */
const offDuty = somebody('supplier');
const officer = somebody('officer', OSTFOLD);
const administrator = somebody('administrator', OSTFOLD);
/** Øyeren's own system: it has the organisation, but none of the rights of its people. */
const machine: Identity = {
  kind: 'SERVICE',
  issuer: 'maskinporten',
  clientId: 'machine',
  organisation: OYEREN,
  scopes: ['samspill:notices.import'],
};

/** All who are to know nothing of a draft of Øyeren. */
const strangers: [string, Identity][] = [
  ['the public', everybody],
  ['a person', person],
  ['one of its people who has logged in for nobody', offDuty],
  ['another supplier', mysen],
  ['an officer', officer],
  ['an administrator', administrator],
  ['its own machine', machine],
];

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: () => undefined });
  service = await startSuppliers(Object.assign(host, { database, bus }));
  await service.fillWithDemoData();
  await service.store.change('test', async ({ em, audit }) => {
    for (const [identity, role] of [
      [officer, 'PROCUREMENT_OFFICER'],
      [administrator, 'ADMINISTRATOR'],
    ] as const) {
      const { personId } = identity as { personId: string };
      const rest = { municipality: '3118', municipalityNumbers: ['3118', '3014'], organisation: OSTFOLD };
      await recordMembership(em, 'suppliers', { ...rest, personId, roles: [role], version: Date.now() });
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

const ERRORS = 'userErrors { code message path }';
const PAYLOAD = `capability { id cpv description publishedAt } ${ERRORS}`;
const CREATE = `mutation ($input: CreateCapabilityInput!) { createCapability(input: $input) { ${PAYLOAD} } }`;
const UPDATE = `mutation ($input: UpdateCapabilityInput!) { updateCapability(input: $input) { ${PAYLOAD} } }`;
const PUBLISH = `mutation ($input: PublishCapabilityInput!) { publishCapability(input: $input) { ${PAYLOAD} } }`;
const REMOVE = `mutation ($input: RemoveCapabilityInput!) { removeCapability(input: $input) { removedId ${ERRORS} } }`;

const input = { organisationNumber: OYEREN, cpv: '33190000', description: 'Fallsensorer' };

async function draftOf(identity: Identity, more: object = {}): Promise<string> {
  const { data, codes } = await ask(identity, CREATE, { input: { ...input, ...more } });
  expect(codes).toEqual([]);
  const { id } = data.createCapability.capability;
  onTestFinished(() => service.store.as('system').nativeDelete(Capability, { id }) as Promise<never>);
  return id;
}

const stored = (id: string) => service.store.as('system').findOne(Capability, { id });
const count = () => service.store.as('system').count(Capability);

/** What the audit log has got since. */
async function audited<T>(work: () => Promise<T>): Promise<[T, Record<string, unknown>[]]> {
  const system = () => service.store.as('system');
  const [before] = await system().execute<{ last: string }[]>(
    'select coalesce(max(sequence), 0)::text as last from suppliers.audit_entry',
  );
  const result = await work();
  const entries = await system().execute<Record<string, unknown>[]>(
    `select operation, outcome, code, object_type as type, object_id as id, owner_organisation as owner,
       owner_municipality as municipality, before_digest is not null as before, after_digest is not null as after
     from suppliers.audit_entry where sequence > ?::bigint order by sequence`,
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
    sql.raw(`alter table suppliers.capability ${what} row level security`).execute(database.owner);
  await say('disable');
  onTestFinished(() => say('enable') as Promise<never>);
}

const refused = (operation: string, code: string, type: string | null = null, id: string | null = null) => ({
  ...{ operation, outcome: 'REFUSED', code, owner: null, municipality: null, before: false, after: false },
  ...{ type, id },
});

const done = (operation: string, id: string, before: boolean, after: boolean) => ({
  ...{ operation, outcome: 'DONE', code: null, type: 'Capability', id, before, after },
  ...{ owner: OYEREN, municipality: null },
});

describe('writing a capability down', () => {
  it('makes a draft', async () => {
    const given = { ...input, organisationNumber: '310 000 035', description: '  Fallsensorer ' };
    const [{ data, codes }, entries] = await audited(() => ask(oyeren, CREATE, { input: given }));
    expect(codes).toEqual([]);
    const { capability, userErrors } = data.createCapability;
    const { cpv, description } = input;
    expect(capability).toEqual({ id: expect.any(String), cpv, description, publishedAt: null });
    expect(userErrors).toEqual([]);
    expect(entries).toEqual([done('createCapability', capability.id, false, true)]);
    expect(await stored(capability.id)).toMatchObject({ organisationNumber: OYEREN });
    await ask(oyeren, REMOVE, { input: { id: capability.id } });
  });

  it('is for those who act for the supplier, and nobody else', async () => {
    const before = await count();
    for (const [, identity] of strangers) {
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      const [{ data, codes }, entries] = await audited(() => ask(identity, CREATE, { input }));
      expect([data, codes]).toEqual([null, [code]]);
      const knowsWhom = [mysen, officer, administrator].includes(identity);
      const object = knowsWhom ? (['Supplier', `NO-BRC-${OYEREN}`] as const) : [];
      expect(entries).toEqual([refused('createCapability', code, ...object)]);
    }
    expect(await count()).toBe(before);
  });

  it('is left to the database without harm', async () => {
    leaveItToTheDatabase();
    const before = await count();
    for (const [, identity] of strangers) {
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      const [{ codes }, entries] = await audited(() => ask(identity, CREATE, { input }));
      expect(codes).toEqual([code]);
      expect(entries).toEqual([refused('createCapability', code)]);
    }
    expect(await count()).toBe(before);
    await draftOf(oyeren);
  });

  it.each([
    ['SUPPLIER_UNKNOWN', newcomer, { organisationNumber: UNKNOWN }, 'organisationNumber'],
    ['TEXT_MISSING', oyeren, { description: ' \n' }, 'description'],
    ['TEXT_MISSING', oyeren, { description: '' }, 'description'],
    ['TEXT_TOO_LONG', oyeren, { description: 'æ'.repeat(LONGEST_DESCRIPTION + 1) }, 'description'],
  ])('says %s, in every language, and does nothing else', async (code, identity, more, path) => {
    const before = await count();
    const messages = new Set<string>();
    for (const language of ['nb', 'nn', 'en']) {
      const [{ data }, entries] = await audited(() =>
        ask(identity, CREATE, { input: { ...input, ...more } }, language),
      );
      const { capability, userErrors } = data.createCapability;
      expect(capability).toBeNull();
      expect(userErrors).toMatchObject([{ code, path: ['input', path] }]);
      expect(entries).toEqual([]);
      messages.add(userErrors[0].message);
    }
    expect(messages.size).toBe(3);
    expect(await count()).toBe(before);
  });

  it('takes as much as one page holds, also of two who fill the last place', async () => {
    const em = service.store.as('system');
    const supplier = await em.findOneOrFail(Supplier, { organisationNumber: OYEREN });
    const room = MOST_CAPABILITIES - 1 - (await em.count(Capability, { supplier }));
    for (let at = 0; at < room; at += 1) {
      const id = stableId('test', String(at));
      const facts = { organisationNumber: OYEREN, cpv: '45000000', description: null, publishedAt: null };
      em.create(Capability, { ...facts, id, supplier });
    }
    await em.flush();
    const filled = await Promise.all(
      [1, 2].map(() => ask(oyeren, CREATE, { input: { ...input, cpv: '45000000' } })),
    );
    const codes = filled.flatMap(({ data }) => data.createCapability.userErrors).map(({ code }) => code);
    expect(codes).toEqual(['TOO_MANY_CAPABILITIES']);
    await em.nativeDelete(Capability, { organisationNumber: OYEREN, cpv: '45000000' });
  });

  it('leaves neither a capability nor an entry when it fails', async () => {
    const before = await count();
    const broken = new Error('The clock has stopped.');
    const { now } = clock;
    onTestFinished(() => {
      clock.now = now;
    });
    // The clock is asked last, for the entry itself.
    clock.now = () => {
      throw broken;
    };
    const [{ data, codes }, entries] = await audited(() => ask(oyeren, CREATE, { input }));
    expect([data, codes, entries]).toEqual([null, ['INTERNAL'], []]);
    expect(await count()).toBe(before);
  });
});

describe('changing a capability', () => {
  it('touches only what is given, also when it is published', async () => {
    const id = await draftOf(oyeren);
    const [{ data }, entries] = await audited(() => ask(oyeren, UPDATE, { input: { id, cpv: '33195000' } }));
    expect(data.updateCapability).toEqual({
      capability: { id, cpv: '33195000', description: 'Fallsensorer', publishedAt: null },
      userErrors: [],
    });
    expect(entries).toEqual([done('updateCapability', id, true, true)]);
    await ask(oyeren, PUBLISH, { input: { id } });
    await ask(oyeren, UPDATE, { input: { id, description: null } });
    expect(await stored(id)).toMatchObject({ cpv: '33195000', description: null });
  });

  it('tells the log nothing when it is the same', async () => {
    const id = await draftOf(oyeren);
    for (const same of [{}, { cpv: '33190000' }, { description: ' Fallsensorer' }]) {
      const [{ data }, entries] = await audited(() => ask(oyeren, UPDATE, { input: { id, ...same } }));
      expect(data.updateCapability.userErrors).toEqual([]);
      expect(entries).toMatchObject([{ outcome: 'READ', id }]);
    }
  });

  it.each([
    ['TEXT_MISSING', { description: '' }, 'description'],
    ['TEXT_TOO_LONG', { description: 'æ'.repeat(LONGEST_DESCRIPTION + 1) }, 'description'],
    ['CPV_MISSING', { cpv: null }, 'cpv'],
  ])('says %s, and does nothing else', async (code, bad, path) => {
    const id = await draftOf(oyeren);
    const [{ data }, entries] = await audited(() => ask(oyeren, UPDATE, { input: { id, ...bad } }));
    expect(data.updateCapability).toMatchObject({
      capability: null,
      userErrors: [{ code, path: ['input', path] }],
    });
    expect(entries).toEqual([]);
    expect(await stored(id)).toMatchObject({ cpv: input.cpv, description: input.description });
  });
});

it('is published once, at the hour of the clock, and then for everybody', async () => {
  const id = await draftOf(oyeren);
  const [{ data }, entries] = await audited(() => ask(oyeren, PUBLISH, { input: { id } }));
  expect(data.publishCapability.capability.publishedAt).toBe('2026-03-02T09:00:00.000Z');
  expect(entries).toEqual([done('publishCapability', id, true, true)]);
  const [again, nothing] = await audited(() => ask(oyeren, PUBLISH, { input: { id } }));
  expect(again.data.publishCapability).toMatchObject({
    capability: null,
    userErrors: [{ code: 'CAPABILITY_ALREADY_PUBLISHED', path: ['input', 'id'] }],
  });
  expect(nothing).toEqual([]);
  const query = `{ supplier(organisationNumber: "${OYEREN}") { capabilities { id } } }`;
  const [seen, reads] = await audited(() => ask(everybody, query));
  expect(seen.data.supplier.capabilities).toContainEqual({ id });
  expect(reads).toEqual([]);
});

it('is removed, draft or published, and the log keeps that it was there', async () => {
  for (const isPublished of [false, true]) {
    const id = await draftOf(oyeren);
    if (isPublished) await ask(oyeren, PUBLISH, { input: { id } });
    const [{ data }, entries] = await audited(() => ask(oyeren, REMOVE, { input: { id } }));
    expect(data.removeCapability).toEqual({ removedId: id, userErrors: [] });
    expect(entries).toEqual([done('removeCapability', id, true, false)]);
    expect(await stored(id)).toBeNull();
    expect((await ask(oyeren, REMOVE, { input: { id } })).codes).toEqual(['NOT_FOUND']);
  }
});

describe('who changes, publishes and removes', () => {
  const mutations = [
    ['updateCapability', UPDATE, { cpv: '45000000' }],
    ['publishCapability', PUBLISH, {}],
    ['removeCapability', REMOVE, {}],
  ] as const;
  const published = stableId('capability', `NO-BRC-${OYEREN}`, '33190000');
  const nothing = stableId('capability', 'nothing');

  it.each(mutations)(
    '%s does not tell a draft of others from none at all, nor does the log',
    async (operation, query, more) => {
      const id = await draftOf(oyeren);
      for (const [who, identity] of strangers) {
        const mayNone = { person: 'FORBIDDEN', public: 'UNAUTHENTICATED' };
        const outsider = identity === everybody ? mayNone.public : mayNone.person;
        const code = [mysen, officer, administrator].includes(identity) ? 'NOT_FOUND' : outsider;
        for (const asked of [id, nothing]) {
          const [{ data, codes }, entries] = await audited(() =>
            ask(identity, query, { input: { id: asked, ...more } }),
          );
          expect([data, codes], who).toEqual([null, [code]]);
          const type = code === 'NOT_FOUND' ? 'Capability' : 'unknown';
          expect(entries).toEqual([refused(operation, code, type, asked)]);
        }
      }
      expect(await stored(id)).toMatchObject({ cpv: input.cpv, publishedAt: null });
    },
  );

  it.each(mutations)('%s is refused for what others have published', async (operation, query, more) => {
    for (const identity of [mysen, officer, administrator]) {
      const [{ codes }, entries] = await audited(() =>
        ask(identity, query, { input: { id: published, ...more } }),
      );
      expect(codes).toEqual(['FORBIDDEN']);
      expect(entries).toEqual([refused(operation, 'FORBIDDEN', 'Capability', published)]);
    }
    expect(await stored(published)).toMatchObject({ cpv: '33190000' });
  });

  it.each(mutations)('%s finds nothing under what is no id', async (_operation, query, more) => {
    for (const id of ['', 'x', "'; drop", `${nothing}0`]) {
      expect((await ask(oyeren, query, { input: { id, ...more } })).codes).toEqual(['NOT_FOUND']);
    }
  });

  it.each(mutations)('%s is left to the database without harm', async (_operation, query, more) => {
    const draft = await draftOf(oyeren);
    leaveItToTheDatabase();
    for (const [who, identity] of strangers) {
      for (const id of [draft, published]) {
        const [{ codes }, entries] = await audited(() => ask(identity, query, { input: { id, ...more } }));
        expect(codes, who).toEqual(['NOT_FOUND']);
        expect(entries.filter(({ outcome }) => outcome === 'DONE')).toEqual([]);
      }
    }
    expect(await stored(draft)).toMatchObject({ cpv: '33190000', publishedAt: null });
    expect(await stored(published)).toMatchObject({ cpv: '33190000', publishedAt: expect.any(Date) });
    expect((await ask(oyeren, query, { input: { id: draft, ...more } })).codes).toEqual([]);
  });
});

describe('a draft', () => {
  const EVERYWHERE = `query ($number: OrganisationNumber!, $representations: [_Any!]!) {
    supplier(organisationNumber: $number) { ...all }
    suppliers(filter: { organisationNumbers: [$number] }) { nodes { ...all } }
    _entities(representations: $representations) {
      ...all
      ... on Municipality { suppliers(first: 100) { nodes { ...all } } }
    }
  }
  fragment all on Supplier { capabilities { id cpv description publishedAt } }`;
  const id = stableId('capability', `NO-BRC-${OYEREN}`, '80500000');
  const everywhere = (identity: Identity) =>
    ask(identity, EVERYWHERE, {
      number: OYEREN,
      representations: [
        { __typename: 'Supplier', id: `NO-BRC-${OYEREN}` },
        { __typename: 'Supplier', organisationNumber: OYEREN },
        { __typename: 'Municipality', number: '3014', numbers: ['3014', '3118', '0125'] },
      ],
    });

  async function expectHidden(identity: Identity): Promise<void> {
    const [{ data, codes }, entries] = await audited(() => everywhere(identity));
    expect(codes).toEqual([]);
    expect(JSON.stringify(data)).not.toContain(id);
    const own = entries.map((entry) => entry.owner);
    expect(own.filter((owner) => owner === OYEREN)).toEqual([]);
    const [supplier, sameSupplier] = data._entities;
    for (const each of [data.supplier, data.suppliers.nodes[0], supplier, sameSupplier]) {
      expect(each.capabilities.map(({ cpv }: { cpv: string }) => cpv)).toEqual(['33190000', '48814000']);
    }
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

  it('is shown to its own people, and the log knows', async () => {
    const [{ data, codes }, entries] = await audited(() => everywhere(oyeren));
    expect(codes).toEqual([]);
    const draft = expect.objectContaining({ id, publishedAt: null });
    const [supplier, sameSupplier, municipality] = data._entities;
    for (const each of [data.supplier, data.suppliers.nodes[0], supplier, sameSupplier]) {
      expect(each.capabilities).toEqual([expect.anything(), expect.anything(), draft]);
    }
    // Those of Mysen Rørleggerverksted stay its own.
    expect(JSON.stringify(municipality)).not.toContain('45232410');
    expect(entries).toEqual([
      {
        ...{ operation: 'supplier suppliers _entities', outcome: 'READ', code: null, type: 'Capability', id },
        ...{ owner: OYEREN, municipality: null, before: false, after: false },
      },
    ]);
  });
});

describe('the audit trail', () => {
  const TRAIL = `query ($number: OrganisationNumber!) { supplier(organisationNumber: $number) { capabilities {
    id auditTrail(first: 10) { totalCount nodes { operation outcome personId organisations } } } } }`;
  type Row = { id: string; auditTrail: { totalCount: number; nodes: unknown[] } | null };

  it('is read by those who act for the supplier, without who it was', async () => {
    const id = await draftOf(oyeren);
    await ask(oyeren, PUBLISH, { input: { id } });
    const { data, codes } = await ask(oyeren, TRAIL, { number: OYEREN });
    expect(codes).toEqual([]);
    const trail = data.supplier.capabilities.find((row: Row) => row.id === id).auditTrail;
    const by = { personId: null, organisations: [OYEREN], outcome: 'DONE' };
    expect(trail).toEqual({
      totalCount: 2,
      nodes: [
        { ...by, operation: 'publishCapability' },
        { ...by, operation: 'createCapability' },
      ],
    });
  });

  it('is refused to everybody else, who still gets the rest', async () => {
    for (const [who, identity] of strangers) {
      const [{ data, codes }, entries] = await audited(() => ask(identity, TRAIL, { number: OYEREN }));
      const code = identity === everybody ? 'UNAUTHENTICATED' : 'FORBIDDEN';
      expect(codes, who).toEqual([code, code]);
      const rows: Row[] = data.supplier.capabilities;
      expect(rows.map(({ auditTrail }) => auditTrail)).toEqual([null, null]);
      const object = [mysen, officer, administrator].includes(identity);
      expect(entries).toEqual(
        expect.arrayContaining(
          rows.map(({ id }) =>
            refused('Capability.auditTrail', code, object ? 'Capability' : null, object ? id : null),
          ),
        ),
      );
    }
  });

  it('shows others nothing by the database alone', async () => {
    leaveItToTheDatabase();
    for (const identity of [mysen, officer, administrator, person]) {
      const { data } = await ask(identity, TRAIL, { number: OYEREN });
      for (const { auditTrail } of data.supplier.capabilities as Row[]) {
        expect(auditTrail).toEqual({ totalCount: 0, nodes: [] });
      }
    }
  });
});
