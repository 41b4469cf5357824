import { settled } from '@samspill/region';
import { AdjustableClock } from '@samspill/values';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds } from '../support/databases.js';
import { competition, fileOf, importInto, organisation } from '../support/notices.js';
import { eventually } from '../support/programs.js';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { authorization } from '../support/tokens.js';

/** It stands still, so that only changes end what is kept. */
const clock = new AdjustableClock('2026-06-01T12:00:00Z');

describe.each(databaseKinds)('answers that are kept, in the region (%s)', (kind) => {
  let region: TestRegion;
  beforeAll(async () => {
    region = await startTestRegion(kind, { clock, work: false });
  });
  afterAll(() => region?.[Symbol.asyncDispose]());

  const TENDERS =
    '{ tenders(first: 200) { totalCount nodes { id title deadline isCorrected: notices { id } } } }';

  async function statementsOf(query: string, headers?: Record<string, string>): Promise<number> {
    const { length } = region.statements;
    const { errors } = await region.query(query, {}, headers);
    expect(errors).toBeUndefined();
    return region.statements.length - length;
  }

  test('cost the services nothing the second time', async () => {
    // Whatever the start has still to announce has been heard when an answer stays.
    await eventually(async () => (await statementsOf(TENDERS)) === 0);
    const page =
      '{ municipality(number: "3118") { name tenders { nodes { status } } suppliers { nodes { name } } } }';
    expect(await statementsOf(page)).toBeGreaterThan(0);
    expect(await statementsOf(page)).toBe(0);
    expect(await statementsOf(page, { 'accept-language': 'en' }), 'in another language').toBeGreaterThan(0);
    expect(await statementsOf(page, { cookie: 'a=b' }), 'with a cookie').toBeGreaterThan(0);
    const withMe = '{ me { kind } suppliers(first: 1) { nodes { name } } }';
    for (const time of ['first', 'second']) expect(await statementsOf(withMe), time).toBeGreaterThan(0);
  });

  test('are made of entities that were kept, where the question is another one', async () => {
    const winners = `query ($first: Int!) {
      tenders(first: $first) { nodes { id awards { suppliers { name city } } } }
    }`;
    const suppliersAsked = async (first: number) => {
      const { length } = region.statements;
      const { data, errors } = await region.query(winners, { first });
      expect(errors).toBeUndefined();
      expect(JSON.stringify(data)).toContain('"city":');
      return region.statements.slice(length).filter((sql) => sql.includes('"suppliers"."supplier"')).length;
    };
    // Once to be judged, and once to be remembered; every number is another question with the same competitions.
    for (const first of [190, 191]) expect(await suppliersAsked(first), `${first}`).toBeGreaterThan(0);
    for (const first of [192, 193]) expect(await suppliersAsked(first), `${first}`).toBe(0);
  });

  test('show a published correction in the very next answer', async () => {
    const lots = (day: string) => [
      { id: 'LOT-0001', title: 'Brøyting', description: 'Brøyting', deadline: new Date(`${day}T10:00:00Z`) },
    ];
    const call = competition({ title: `Brøyting ${kind}`, lots: lots('2024-04-01') });
    await importInto(region, [fileOf(call)]);
    const deadline = async () => {
      const { data } = await region.query(TENDERS);
      return data.tenders.nodes.find(({ title }: { title: string }) => title === call.title)?.deadline;
    };
    for (let day = 10; day < 25; day++) {
      expect(await deadline(), `before the correction of day ${day}`).toMatch(
        day === 10 ? '2024-04-01' : `2024-04-${day - 1}`,
      );
      const correction = competition({
        ...call,
        noticeId: crypto.randomUUID(),
        dispatchedAt: new Date(Date.UTC(2024, 2, day)),
        change: { previousNotice: `${call.noticeId}-01`, reasonCode: 'update-add', reason: 'Utsatt frist.' },
        lots: lots(`2024-04-${day}`),
      });
      await importInto(region, [fileOf(correction)]);
      expect(await deadline()).toMatch(`2024-04-${day}`);
    }
  });

  test('show what one service has learnt from another’s message', async () => {
    const winner = organisation(kind === 'embedded' ? 310_001 : 310_002, `Brøyt og Skuff ${kind} AS`);
    const suppliers = `{ suppliers(filter: { text: "Brøyt" }, first: 200) { nodes { name } } }`;
    const names = async () =>
      (await region.query(suppliers)).data.suppliers.nodes.map(({ name }: { name: string }) => name);
    expect(await names()).not.toContain(winner.name);
    const award = competition({
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      winners: [
        {
          lotId: 'LOT-0001',
          value: { amount: 90_000_000, currency: 'NOK' },
          tenderers: [winner],
          contract: { identifier: '2024/77', awardDate: '2024-05-20', conclusionDate: '2024-05-31' },
          tendersReceived: 3,
        },
      ],
    });
    await importInto(region, [fileOf(award)]);
    await settled(region.region.host);
    await eventually(async () => (await names()).includes(winner.name), { patience: 1_000, every: 5 });
  });

  test('show what was published, and no draft', async () => {
    const need = '{ needs(first: 200) { totalCount nodes { title } } }';
    await region.query(need);
    const input = {
      municipality: '3118',
      title: 'Trygg skolevei',
      effect: 'Barn kommer trygt til skolen',
      users: 'Elever',
      successCriteria: ['Ingen ulykker', 'Flere går'],
    };
    const created = await region.query(
      'mutation ($input: CreateNeedInput!) { createNeed(input: $input) { need { id } userErrors { code } } }',
      { input },
      {},
      'officer',
    );
    const { id } = created.data.createNeed.need;
    const titles = async () =>
      (await region.query(need)).data.needs.nodes.map(({ title }: { title: string }) => title);
    expect(await titles(), 'a draft').not.toContain(input.title);
    const published = await region.query(
      'mutation ($input: PublishNeedInput!) { publishNeed(input: $input) { userErrors { code } } }',
      { input: { id } },
      {},
      'officer',
    );
    expect(published.data.publishNeed.userErrors).toEqual([]);
    expect(await titles()).toContain(input.title);
  });

  test('show what was written past all services', async () => {
    const name = '{ municipality(number: "3118") { name } }';
    const read = async () => (await region.query(name)).data.municipality.name;
    const before = await read();
    const { owner } = region.region.host.database;
    const rename = (to: string) =>
      sql`update tenders.municipality set name = ${to} where number = '3118'`.execute(owner);
    await rename('Omdøpt');
    await eventually(async () => (await read()) === 'Omdøpt', { patience: 1_000, every: 5 });
    await rename(before);
    await eventually(async () => (await read()) === before, { patience: 1_000, every: 5 });
  });
});

describe('answers over HTTP', () => {
  let region: TestRegion;
  beforeAll(async () => {
    region = await startTestRegion('embedded', { clock, work: false });
  });
  afterAll(() => region?.[Symbol.asyncDispose]());

  const get = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${region.url}/graphql?${new URLSearchParams({ query })}`, {
      headers: { 'apollo-require-preflight': 'yes', ...headers },
    });
  const NAME = '{ municipality(number: "3118") { name } }';

  test('are named, and come again without a body for whoever has them', async () => {
    const first = await get(NAME);
    const etag = first.headers.get('etag') as string;
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect(first.headers.get('vary')).toMatch(/Authorization/);
    const again = await get(NAME, { 'if-none-match': etag });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const other = await get(NAME, { 'if-none-match': '"other"' });
    expect([other.status, await other.text()]).toEqual([200, await first.text()]);
    const posted = await fetch(`${region.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-none-match': etag },
      body: JSON.stringify({ query: NAME }),
    });
    expect(posted.status, 'a POST is no condition').toBe(200);
    expect(posted.headers.get('etag')).toBe(etag);
    expect(posted.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test.each([
    ['a reader who has logged in', NAME, 'officer'],
    ['what depends on who asks', '{ me { kind } }', 'public'],
    ['an error', '{ municipality(number: "3118") { name } myRegistrations { totalCount } }', 'public'],
    ['a mistake', '{ nowhere }', 'public'],
  ] as const)('are kept by nobody: %s', async (_, query, who) => {
    const response = await get(query, await authorization(who));
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('etag')).toBeNull();
  });

  test('are refused to a page that may not ask, whether they are known or not', async () => {
    await get(NAME);
    const response = await get(NAME, { 'apollo-require-preflight': '' });
    expect(response.status).toBe(400);
  });

  test('are called what the reader accepts', async () => {
    const type = async (accept: string) => (await get(NAME, { accept })).headers.get('content-type');
    for (let twice = 0; twice < 2; twice++) {
      expect(await type('application/json')).toMatch(/^application\/json/);
      expect(await type('application/graphql-response+json')).toMatch(/^application\/graphql-response\+json/);
    }
  });
});
