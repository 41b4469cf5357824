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
