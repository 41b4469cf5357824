import { openHost } from '@samspill/hosting';
import { executeInProcess, publicRequest, type Service } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTenders } from './subgraph.js';

const clock = new AdjustableClock(new Date('2026-11-23T12:00:00Z'));
const statements: string[] = [];
let host: Awaited<ReturnType<typeof openHost>>;
let service: Service;

beforeAll(async () => {
  host = await openHost({
    log: pino({ level: 'silent' }),
    clock,
    onStatement: (sql) => statements.push(sql),
  });
  service = await startTenders(host);
  await service.fillWithDemoData();
});

afterAll(() => host.close());

// biome-ignore lint/suspicious/noExplicitAny: each test reads the answer to its own query
async function ask(query: string): Promise<any> {
  const answer = await executeInProcess(service, { query }, publicRequest());
  expect(answer.errors).toBeUndefined();
  return answer.data;
}

it('lists municipalities with all their numbers, page by page', async () => {
  const { municipalities } = await ask(
    '{ municipalities(first: 3) { totalCount nodes { id number name } pageInfo { endCursor } } }',
  );
  expect(municipalities.totalCount).toBe(45);
  const { endCursor } = municipalities.pageInfo;
  const next = await ask(`{ municipalities(first: 3, after: "${endCursor}") { nodes { number } } }`);
  expect(next.municipalities.nodes[0].number).not.toBe(municipalities.nodes[2].number);
});

it('lets the clock close a competition', async () => {
  const count = async () =>
    (await ask('{ tenders(filter: { status: [ACTIVE] }) { totalCount nodes { status } } }')).tenders
      .totalCount;
  expect(await count()).toBe(2);
  clock.advance(20 * 24 * 60 * 60 * 1000);
  expect(await count()).toBe(1);
});

it('finds competitions by their deadlines, the same in every order', async () => {
  const all = await ask('{ tenders(first: 200) { nodes { id deadline } } }');
  const deadlines = all.tenders.nodes
    .filter(({ deadline }: { deadline: string | null }) => deadline)
    .sort((a: { deadline: string }, b: { deadline: string }) => a.deadline.localeCompare(b.deadline));
  const [from, to] = [deadlines[1].deadline, deadlines.at(-1).deadline];
  const ids = (from: number, to?: number) => deadlines.slice(from, to).map(({ id }: { id: string }) => id);
  const cases = {
    [`deadlineAfter: "${from}"`]: ids(1),
    [`deadlineBefore: "${to}"`]: ids(0, -1),
    [`deadlineAfter: "${from}", deadlineBefore: "${to}"`]: ids(1, -1),
    'deadlineBefore: "9999-12-31T23:59:59Z"': ids(0),
  };
  expect(deadlines.length).toBeGreaterThan(3);
  expect(deadlines.length).toBeLessThan(all.tenders.nodes.length);
  for (const [filter, expected] of Object.entries(cases)) {
    for (const orderBy of ['PUBLISHED_DESC', 'DEADLINE_ASC', 'DEADLINE_DESC', 'TITLE_ASC']) {
      const { tenders } = await ask(
        `{ tenders(first: 200, filter: { ${filter} }, orderBy: ${orderBy}) { nodes { id } } }`,
      );
      const found = tenders.nodes.map(({ id }: { id: string }) => id).sort();
      expect(found, `${filter} ${orderBy}`).toEqual([...expected].sort());
    }
  }
});

it('counts as far as it is asked to, in a list and in a list of another', async () => {
  const { tenders, municipality } = await ask(`{
    tenders(first: 1) { all: totalCount some: totalCount(upTo: 3) more: totalCount(upTo: 100000) }
    municipality(number: "3118") { tenders(first: 1) { all: totalCount one: totalCount(upTo: 1) } }
  }`);
  expect(tenders).toMatchObject({ some: 3, more: tenders.all });
  expect(municipality.tenders.all).toBeGreaterThan(1);
  expect(municipality.tenders.one).toBe(1);
  const { errors } = await executeInProcess(
    service,
    { query: '{ tenders { totalCount(upTo: 0) } }' },
    publicRequest(),
  );
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'upTo' } }]);
});

it('finds a part of a name, however short and whatever stands in it', async () => {
  const found = async (name: string) =>
    (await ask(`{ buyers(filter: { name: ${JSON.stringify(name)} }) { nodes { name } } }`)).buyers.nodes.map(
      (buyer: { name: string }) => buyer.name,
    );
  const whole: string[] = await found('kommune');
  expect(whole.length).toBeGreaterThan(0);
  for (const part of ['OMM', 'mun', 'ko', 'k'])
    expect(await found(part)).toEqual(expect.arrayContaining(whole));
  expect(await found('%om_une')).toEqual([]);
});

it('tells what a correction changed', async () => {
  const { tenders } = await ask(
    '{ tenders(filter: { text: "rørleggertjenester" }) { nodes { notices { version isCorrection changes } } } }',
  );
  const [first, second] = tenders.nodes[0].notices;
  expect(first).toMatchObject({ isCorrection: false, changes: [] });
  expect(second.changes[0]).toBe('Fristen er utsatt fordi svar på spørsmål ble kunngjort sent.');
  expect(second.changes[1]).toMatch(/^Frist: /);
});

it('asks the database as often for twelve competitions as for eight', async () => {
  const cost = async (first: number) => {
    statements.length = 0;
    await ask(`{ tenders(first: ${first}) { totalCount nodes {
      buyer { name municipality { name } } municipality { name mergedFrom { name } } procurement { tenders(first: 2) { totalCount nodes { title } } contracts { title } }
      lots { criteria { type weight } } awards { lot { title } supplier { id awards(first: 2) { nodes { value } } } } results { lot { number } status } contracts { title }
      notices { changes dataQuality { code } buyers { name } lots { number } results { winners { name } } } } } }`);
    return statements.length;
  };
  const few = await cost(8);
  expect(await cost(12)).toBe(few);
  expect(few).toBeLessThan(40);
});
