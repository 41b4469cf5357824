import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { time } from '../access/actors.js';
import { useEverything } from '../access/used.js';
import { competition, fileOf, importInto, organisation } from '../support/notices.js';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { manyOfEverything } from './many-of-everything.js';

/** How many SQL statements a query costs must not depend on how many rows it gives. */
let region: TestRegion;
beforeAll(async () => {
  region = await startTestRegion('embedded', { clock: time, work: false, caching: { maxBytes: 0 } });
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

async function statementsOf(
  query: string,
  first: number,
  as = 'public',
): Promise<{ statements: string[]; rows: number }> {
  const { length: settledAt } = region.statements;
  const { data, errors } = await region.query(query, { first }, {}, as);
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

/** What is led here, of the one event and the one dialogue that have thirty of everything. */
const LED: Record<string, [as: string, query: string]> = {
  'registrations of an event, with who comes': [
    'event-host',
    `query ($first: Int) { event(id: "many") { registrations(first: $first) { totalCount nodes {
      contactName status placeInLine whyWaiting { message } event { title } attendees {
        name checkInCode sessions { held session { title } } registration { organisationName } certificateUrl
    } } } } }`,
  ],
  'who comes to an event': [
    'event-host',
    `query ($first: Int) { event(id: "many") { attendance { registered checkedIn attendees(first: $first) { totalCount nodes {
      name registration { organisationName } sessions { session { title } } } } } } }`,
  ],
  'one’s own registrations': [
    'supplier',
    `query ($first: Int) { myRegistrations(first: $first) { totalCount nodes {
      status placeInLine whyWaiting { reason } event { title } attendees { name checkInCode } } } }`,
  ],
  'events with all that belongs to them': [
    'event-host',
    `query ($first: Int) { events(first: $first) { nodes { title seatsFree sessions { title speakers { name } }
      material { document { name downloadUrl } session { title } } attendance { registered checkedIn }
      waiting { registrations seats } myRegistrations { contactName attendees { name } } calendarUrl } } }`,
  ],
  'the ledger of a dialogue': [
    'officer',
    `query ($first: Int) { marketDialogue(id: "many") { openDisclosures ledger(first: $first) { totalCount nodes {
      number text organisationName publishedAt corrects { number } } } } }`,
  ],
  'the inputs to a dialogue': [
    'officer',
    `query ($first: Int) { marketDialogue(id: "many") { inputs(first: $first) { totalCount nodes {
      comment tradeSecret answers { __typename } attachments { __typename } conclusion { __typename }
      receipt { sha256 } earlierVersions { version } dialogue { title } } } } }`,
  ],
  'the meetings of a dialogue': [
    'officer',
    `query ($first: Int) { marketDialogue(id: "many") { meetingRounds { slots { room } requestCount
      requests(first: $first) { totalCount nodes { organisationName unavailable } }
      meetings(first: $first) { totalCount nodes { status round { title } slot { room } tradeSecrets { __typename }
        minutes { text isConfirmed comments { text } } } }
      draw { order { position slot { room } slotNow { room } } } } } }`,
  ],
  'dialogues with all that belongs to them': [
    'officer',
    `query ($first: Int) { marketDialogues(first: $first) { nodes { title status takesAnswers announcedTender { __typename }
      participantCount participants { organisationName contactName } questionnaire { text }
      hearingDocuments { current { title } versions { title } } meetingRounds { slots { room } requestCount }
      summary { sha256 } openDisclosures ledger(first: 2) { nodes { text } } inputs(first: 2) { nodes { comment } } } } }`,
  ],
  'needs with all that belongs to them': [
    'officer',
    `query ($first: Int) { needs(first: $first) { nodes { title followers jointMunicipalities findings { why }
      pendingProcurement { id } clarifications(first: 2) { nodes { text } } joinedBy(first: 2) { nodes { volume municipality { name } } }
      dialogues { title status } } } }`,
  ],
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

describe('nor does it of what is led here', () => {
  beforeAll(async () => {
    await useEverything(region);
    for (const statement of manyOfEverything(30)) {
      await sql.raw(statement).execute(region.region.host.database.owner);
    }
  });

  test.each(Object.entries(LED))('%s', async (_, [as, query]) => {
    await statementsOf(query, 20, as);
    const [two, twenty] = [await statementsOf(query, 2, as), await statementsOf(query, 20, as)];
    expect(two.statements.length).toBeGreaterThan(0);
    expect(twenty.rows, 'there are more').toBeGreaterThan(two.rows);
    // Among the first two there may be nothing of a kind that others have. Then it is asked for once, for all of them.
    const before = shapesOf(two.statements);
    const grown = Object.entries(shapesOf(twenty.statements)).filter(
      ([shape, count]) => count > (before[shape] ?? 1),
    );
    expect(grown).toEqual([]);
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
