import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { competition, fileOf, importInto, organisation } from '../support/notices.js';
import { startTestRegion, type TestRegion } from '../support/region.js';

/** How many SQL statements a query costs must not depend on how many rows it gives. */
let region: TestRegion;
beforeAll(async () => {
  region = await startTestRegion('embedded');
  const drafts = Array.from({ length: 12 }, (_, i) => {
    const title = `Tiltak ${i}`;
    const ended = competition({
      title,
      buyer: organisation(
        400_001 + (i % 3),
        ['Askim kommune', 'Hobøl kommune', 'Eidsberg kommune'][i % 3] as string,
      ),
      dispatchedAt: new Date(Date.UTC(2018, i, 1)),
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      lots: [1, 2].map((number) => ({
        id: `LOT-000${number}`,
        title,
        description: title,
        criteria: [{ type: 'price', name: 'Pris', weight: 100 }],
      })),
      winners: [1, 2].map((number) => ({
        lotId: `LOT-000${number}`,
        value: { amount: 1_000_000, currency: 'NOK' },
        tenderers: [organisation(410_001 + i * 2 + number, `Utfører ${i}-${number} AS`)],
        contract: { identifier: `${i}/${number}`, awardDate: '2018-12-01', conclusionDate: '2018-12-10' },
        tendersReceived: 2,
      })),
    });
    return ended;
  });
  await importInto(region, drafts.map(fileOf));
});
afterAll(() => region?.[Symbol.asyncDispose]());

async function statementsOf(query: string, first: number): Promise<{ statements: string[]; rows: number }> {
  const { length: settledAt } = region.statements;
  const { data, errors } = await region.query(query, { first });
  expect(errors).toBeUndefined();
  return {
    statements: region.statements
      .slice(settledAt)
      .filter((sql) => /tenders"|suppliers"|dialogue"|events"/.test(sql)),
    rows: JSON.stringify(data).length,
  };
}

const QUERIES: Record<string, string> = {
  'the one question': `query ($first: Int) { municipality(number: "3118") {
    name mergedFrom { name }
    tenders(first: $first) { totalCount nodes {
      title buyer { name } awards { supplier { name trainings(first: 3) { nodes { title } } } }
      procurement { need { title } dialogue { title events(first: 3) { nodes { title startsAt } } } }
    } }
    suppliers(first: $first) { nodes { name } } events(first: $first) { nodes { title } }
  } }`,
  'tenders with all that hangs below them': `query ($first: Int) { tenders(first: $first) { totalCount nodes {
    title status municipality { name currently { name } } buyers { name municipality { name } }
    lots { title criteria { name weight } } results { status lot { number } }
    awards { value lot { number } suppliers { name trainings { totalCount } awards(first: 2) { totalCount nodes { tender { title } } } } }
    contracts { number suppliers { name contracts { totalCount } } }
    notices { noticeType changes buyers { name } results { winners { name } } dataQuality { code } }
    dialogue { title need { title } } events { nodes { title } }
    procurement { contracts { number } tenders { nodes { title } } needs { title } dialogues { title tenders { totalCount } } events { totalCount } }
  } } }`,
  'notices with their tenders': `query ($first: Int) { notices(first: $first) { nodes {
    title xml changes buyers { name } tender { title lots { number } } procurement { need { title } }
  } } }`,
  'suppliers with what they have won': `query ($first: Int) { suppliers(first: $first) { nodes {
    name capabilities { cpv } trainings { nodes { title } }
    awards { totalCount nodes { value tender { title buyer { name } } } } contracts { nodes { number tender { title } } }
  } } }`,
  'buyers with their tenders': `query ($first: Int) { buyers(first: $first) { nodes {
    name municipality { name } tenders(first: 3) { totalCount nodes { title awards { supplier { name } } } }
  } } }`,
  'municipalities with everything of theirs': `query ($first: Int) { municipalities(first: $first) { nodes {
    name mergedFrom { name } tenders(first: 2) { totalCount nodes { title } } suppliers(first: 2) { totalCount nodes { name } }
    dialogues(first: 2) { nodes { title } } needs(first: 2) { nodes { title } } events(first: 2) { nodes { title } }
  } } }`,
  'market dialogues with their surroundings': `query ($first: Int) { marketDialogues(first: $first) { nodes {
    title activities { title } buyer { name } municipality { name } need { title dialogues { title } }
    procurement { tenders { totalCount } } tenders { nodes { title } } events { nodes { title } }
  } } }`,
  'events with their surroundings': `query ($first: Int) { events(first: $first) { nodes {
    title venue { name municipality { name } } sessions { title speakers { name } } municipality { name }
    dialogue { title } tender { title } procurement { need { title } }
  } } }`,
};

describe('the number of SQL statements does not grow with the number of rows', () => {
  test.each(Object.entries(QUERIES))('%s', async (_, query) => {
    // What is kept from one request to the next, such as the history of the municipalities, is loaded before.
    await statementsOf(query, 30);
    const some = await statementsOf(query, 15);
    const many = await statementsOf(query, 30);
    expect(some.statements.length).toBeGreaterThan(0);
    expect(many.rows).toBeGreaterThanOrEqual(some.rows);
    // An empty list is asked for in other words, so the statements are counted, and shown if they differ.
    const more = { some: shapesOf(some.statements), many: shapesOf(many.statements) };
    expect(many.statements.length, JSON.stringify(more, null, 1)).toBe(some.statements.length);
  });
});

/** How often each kind of statement occurs, whatever its values. */
function shapesOf(statements: readonly string[]): Record<string, number> {
  const shapes = Map.groupBy(statements, (sql) =>
    sql
      .replace(/\[took.*$/s, '')
      .replace(/'(?:[^']|'')*'|\b\d+\b/g, '?')
      .replace(/\?(, \?)+/g, '?')
      .slice(0, 300),
  );
  return Object.fromEntries([...shapes].map(([shape, each]) => [shape, each.length]).sort());
}
