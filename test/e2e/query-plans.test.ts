import { serviceNamed } from '@samspill/region';
import { AdjustableClock } from '@samspill/values';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { syntheticNumber } from '../bench/growth/generate.ts';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { fillTables, MANY } from './query-plans/many-rows.js';
import { faultsOf, plansOf, type Statement, type Step } from './query-plans/plan.js';
import { type Question, questionsOf, type Values } from './query-plans/questions.js';

/** Every filter and every order that is offered has an index that PostgreSQL uses, under the public's policies too. */
const NOW = new Date('2026-11-20T10:00:00Z');
const lately = '2026-11-12T00:00:00Z';
const longAgo = '2013-01-01T00:00:00Z';

const values: Values = {
  TenderFilter: {
    text: 'Solingedalen',
    status: ['ACTIVE'],
    cpv: '55',
    municipality: '3118',
    nuts: 'NO091',
    buyer: syntheticNumber(2, 12),
    procedure: ['COMPETITIVE_DIALOGUE'],
    deadlineAfter: lately,
    deadlineBefore: longAgo,
    publishedAfter: lately,
    publishedBefore: longAgo,
    valueMin: { amount: 5_000_000_000_00, currency: 'NOK' },
    valueMax: { amount: 100_000_00, currency: 'NOK' },
  },
  NoticeFilter: {
    title: 'ingdal',
    noticeId: '5681ff11-0000-0000-0000-000000000000',
    formTypes: ['planning'],
    noticeTypes: ['pin-only'],
    buyer: syntheticNumber(2, 12),
    hasDataQualityRemarks: true,
    publishedAfter: lately,
    publishedBefore: longAgo,
  },
  BuyerFilter: { name: 'deling 77', municipality: '3118' },
  SupplierFilter: {
    text: 'nummer 77',
    organisationNumbers: ['310000035'],
    country: 'SWE',
    sizes: ['SMALL'],
  },
  NeedFilter: { text: 'tiltak77', status: ['IN_DIALOGUE'], municipality: ['1077'], joined: true },
  MarketDialogueFilter: {
    text: 'tiltak77',
    status: ['OPEN'],
    cpv: '48',
    closesAfter: lately,
    closesBefore: longAgo,
    announcedAfter: lately,
    announcedBefore: longAgo,
    kind: ['CONSULTATION'],
  },
  EventFilter: {
    text: 'tiltak77',
    kinds: ['SITE_VISIT'],
    status: ['REGISTRATION_OPEN'],
    startsAfter: lately,
    startsBefore: longAgo,
  },
};

/**
 * The one date follows the other, and PostgreSQL does not know. Whoever asks for what is long ago by one of them, and
 * for the latest by the other, has it look through all that lies between; there is no index of both.
 */
const FAR_APART: Readonly<Record<string, string>> = {
  'tenders, deadlineBefore, PUBLISHED_DESC': 'ask with publishedBefore as well',
  'tenders, publishedBefore, DEADLINE_DESC': 'ask with deadlineBefore as well',
};

let region: TestRegion;
let client: pg.Client;
beforeAll(async () => {
  region = await startTestRegion('postgresql', {
    caching: { maxBytes: 0 },
    clock: new AdjustableClock(NOW),
    work: false,
  });
  const { native } = region.region.host.database;
  client = new pg.Client({ connectionString: native.kind === 'postgresql' ? native.url : '' });
  await client.connect();
  await client.query(`load 'auto_explain'`);
  await fillTables(client, NOW);
  // Half a minute by itself; more where other tests run beside it.
}, 400_000);
afterAll(async () => {
  await client?.end();
  await region?.[Symbol.asyncDispose]();
});

describe.each(['tenders', 'suppliers', 'dialogue', 'events'])('the lists of %s', (name) => {
  test('read little of a large table', async () => {
    const questions = questionsOf(serviceNamed(region.region.services, name).schema, values);
    expect(questions.length).toBeGreaterThan(0);
    const faults: Record<string, string[]> = {};
    for (const question of questions) {
      if (Object.hasOwn(FAR_APART, question.name)) continue;
      const found = await faultsOfQuestion(question, name);
      if (found.length) faults[question.name] = found;
    }
    expect(faults).toEqual({});
  });
});

test('a filter without an index is found out', async () => {
  await client.query('drop index tenders.buyer_name_parts_index');
  onTestFinished(async () => {
    await client.query(
      'create index buyer_name_parts_index on tenders.buyer using gin (tenders.trigrams(name))',
    );
  });
  const [question] = questionsOf(serviceNamed(region.region.services, 'tenders').schema, values).filter(
    ({ name }) => name === 'buyers, name',
  );
  expect(await faultsOfQuestion(question as Question, 'tenders')).not.toEqual([]);
});

describe('a branch of the CPV tree', () => {
  const query = `query ($filter: TenderFilter, $after: String) {
    tenders(filter: $filter, first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`;

  test('is looked for in the order of publication without reading rows on the way', async () => {
    const filter = { cpv: '452' };
    const sent = await sentFor({ query, variables: { filter } }, 'tenders');
    const statement = sent.find(({ text }) => text.includes('"tenders"."tender"'));
    // What is rare is looked up instead, and of these rows everything is rather rare.
    await client.query('drop index tenders.tender_cpv_index');
    onTestFinished(async () => {
      await client.query('create index tender_cpv_index on tenders.tender using gin (cpv_branches)');
    });
    const [plan] = await plansOf(client, statement as Statement, 'samspill_tenders_public');
    const scans = stepsOf(plan as Step).filter((step) => step['Relation Name'] === 'tender');
    expect(scans[0]).toMatchObject({ 'Node Type': 'Index Only Scan', 'Actual Loops': 1, 'Actual Rows': 101 });
    expect(scans.at(-1)).toMatchObject({ 'Node Type': 'Index Scan', 'Actual Loops': 101, 'Actual Rows': 1 });
    const others = scans
      .slice(1, -1)
      .map((step) => step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0));
    expect(others).toEqual([0]);
  });

  test('is found page by page, with and without other conditions', async () => {
    const { rows } = await client.query<{ id: string; publishedAt: Date }>(
      `select id, published_at as "publishedAt" from tenders.tender
       where exists (select from unnest(cpv_codes) as code where code like '452%') order by published_at desc, id desc`,
    );
    const [first, last] = [rows[150], rows[350]].map((row) => (row as (typeof rows)[0]).publishedAt);
    const ids = (from: number, to?: number) => rows.slice(from, to).map(({ id }) => id);
    expect(await idsOfAllPages({ cpv: '452' })).toEqual(ids(0));
    const within = { cpv: '45200000', publishedAfter: last, publishedBefore: first };
    expect(await idsOfAllPages(within)).toEqual(ids(151, 351));
    expect(await idsOfAllPages({ cpv: '452', buyer: '999999999' })).toEqual([]);
    const { rows: both } = await client.query<{ id: string }>(
      `select id from tenders.tender
       where exists (select from unnest(cpv_codes) as code where code like '452%')
         and exists (select from unnest(nuts_codes) as code where code like 'NO08%')
       order by published_at desc, id desc`,
    );
    expect(both.length).toBeGreaterThan(0);
    expect(await idsOfAllPages({ cpv: '452', nuts: 'NO08' })).toEqual(both.map(({ id }) => id));
  });

  test.each([1, 50, 51, 900])('is found of a tender with %i codes', async (many) => {
    const codes = Array.from({ length: many }, (_, n) =>
      String(10_000_000 + Math.floor(n * (88_000_000 / many))),
    );
    const regions = Array.from(
      { length: Math.min(many, 10) },
      (_, n) => `${String.fromCharCode(65 + n)}O0A1`,
    );
    const { rows } = await client.query<{ id: string }>(
      `update tenders.tender set cpv_codes = $1, nuts_codes = $2, published_at = '2026-11-19T10:00:00Z'
       where id = (select id from tenders.tender order by id limit 1) returning id`,
      [codes, regions],
    );
    const publishedAfter = '2026-11-19T00:00:00Z';
    for (const filter of [{ cpv: codes.at(-1) }, { nuts: 'AO0A' }, { cpv: codes.at(0), nuts: 'AO' }]) {
      expect(await idsOfAllPages({ ...filter, publishedAfter })).toContain(rows[0]?.id);
    }
    expect(await idsOfAllPages({ cpv: '99', nuts: 'AO', publishedAfter })).toEqual([]);
  });

  async function idsOfAllPages(filter: Record<string, unknown>): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const { data, errors } = await region.query(query, { filter, after });
      if (!data) throw new Error(`Not answered: ${JSON.stringify(errors)}`);
      const { nodes, pageInfo } = data.tenders as {
        nodes: { id: string }[];
        pageInfo: { endCursor: string; hasNextPage: boolean };
      };
      ids.push(...nodes.map(({ id }) => id));
      if (!pageInfo.hasNextPage) return ids;
      after = pageInfo.endCursor;
    }
  }
});

const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

async function faultsOfQuestion(question: Question, service: string): Promise<string[]> {
  const plans: string[] = [];
  for (const statement of await sentFor(question, service)) {
    const all = await plansOf(client, statement, `samspill_${service}_public`);
    plans.push(...all.flatMap((plan) => faultsOf(plan, MANY)));
  }
  return plans;
}

/** What a service asks of the database for a question. */
async function sentFor(
  { query, variables }: Pick<Question, 'query' | 'variables'>,
  service: string,
): Promise<Statement[]> {
  const sent = vi.spyOn(pg.Client.prototype, 'query');
  const { errors } = await region.query(query, variables);
  const statements = (sent.mock.calls as unknown[][]).flatMap(([sent, values]): Statement[] => {
    // Under a name, a statement is kept: its plan must be good for any values.
    const { name, ...statement } =
      typeof sent === 'string' ? { name: undefined, text: sent, values } : (sent as never);
    return isStatement(statement) && isRead(statement.text, service)
      ? [{ ...statement, isKept: name !== undefined }]
      : [];
  });
  sent.mockRestore();
  expect(errors).toBeUndefined();
  expect(statements).not.toEqual([]);
  return statements;
}

const isStatement = (sent: { text?: unknown; values?: unknown }): sent is Omit<Statement, 'isKept'> =>
  typeof sent.text === 'string' && Array.isArray(sent.values);

/** The queue asks in between. */
const isRead = (text: string, service: string): boolean =>
  text.startsWith('select ') && text.includes(`"${service}".`);
