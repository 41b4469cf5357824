import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { type ActorName, actors, everybody, time } from './actors.js';
import { useEverything } from './used.js';

/**
 * Answers are kept for the public. That nobody else's ever become the public's, or the other way round, is decided in
 * one place (gateway/src/caching/use-answer-cache.ts); this asks everything of everybody, in both orders, to see
 * that it holds.
 */
let region: TestRegion;
beforeAll(async () => {
  region = await startTestRegion('embedded', { clock: time, work: false });
  await useEverything(region);
}, 240_000);
afterAll(() => region?.[Symbol.asyncDispose]());

const LEDGER = 'ledger(first: 50) { nodes { number text organisationName } }';
const QUESTIONS = [
  '{ me { kind personId organisations } }',
  '{ needs(first: 200, filter: { status: [DRAFT, PUBLISHED] }) { totalCount nodes { id title status } } }',
  '{ needs(first: 200, filter: { status: [DRAFT] }) { totalCount nodes { id title } } }',
  '{ needs(first: 50) { nodes { id title findings { matched } joinedBy { nodes { id volume } } } } }',
  `{ marketDialogues(first: 50) { nodes { id title ${LEDGER} } } }`,
  '{ marketDialogues(first: 50) { nodes { id openDisclosures participants(first: 50) { nodes { contactEmail } } } } }',
  '{ marketDialogues(first: 50) { nodes { id participants(first: 50) { nodes { organisationName } } } } }',
  '{ marketDialogues(first: 50) { nodes { id inputs(first: 50) { totalCount nodes { id comment } } } } }',
  '{ marketDialogues(first: 50) { nodes { id inputs(first: 50) { nodes { id tradeSecret answers { tradeSecret } } } } } }',
  '{ marketDialogues(first: 50) { nodes { id meetingRounds { requestCount meetings { totalCount } } } } }',
  '{ marketDialogues(filter: { status: [DRAFT] }) { totalCount nodes { id title } } }',
  '{ events(first: 50) { nodes { id title seatsTaken sessions { title } } } }',
  '{ events(filter: { status: [DRAFT] }) { totalCount nodes { id title } } }',
  '{ events(first: 50) { nodes { id myRegistrations { id contactName } } } }',
  '{ suppliers(first: 200) { nodes { id name capabilities { id description publishedAt } } } }',
  '{ members(municipality: "3118") { nodes { displayName } } }',
  '{ municipality(number: "3118") { name organisationNumber tenders { nodes { id title status } } needs { nodes { title } } } }',
  '{ municipality(number: "3118") { dialogues { nodes { title } } events { nodes { title } } suppliers { nodes { name } } } }',
] as const;

const PUBLIC_PAST_THE_CACHE = { cookie: 'past=the-cache' };

test('what was kept for the public is the public’s alone, whoever has asked before', async () => {
  const headers = new Map<ActorName, Record<string, string>>();
  for (const actor of everybody) headers.set(actor, await actors[actor]());
  const ask = async (query: string, more: Record<string, string>) => {
    const { data, errors } = await region.query(query, {}, more);
    return JSON.stringify({ data, codes: errors?.map(({ extensions }) => extensions?.code) });
  };
  let differed = 0;
  let kept = 0;
  for (const query of QUESTIONS) {
    const publics = await ask(query, PUBLIC_PAST_THE_CACHE);
    const before = new Map<ActorName, string>();
    for (const [actor, more] of headers) if (actor !== 'public') before.set(actor, await ask(query, more));
    // After everybody else has asked the same.
    for (let times = 0; times < 3; times++) expect(await ask(query, {}), query).toBe(publics);
    const { length } = region.statements;
    await ask(query, {});
    if (region.statements.length === length) kept++;
    // And the others after it stands there, to be taken.
    for (const [actor, told] of before) {
      expect(await ask(query, headers.get(actor) ?? {}), `${actor}: ${query}`).toBe(told);
      if (told !== publics) differed++;
    }
  }
  // It could have failed: there was something to mix up, and something to mix it up with.
  expect(differed).toBeGreaterThan(30);
  expect(kept).toBeGreaterThan(5);
}, 240_000);

test('a token that is not believed is not answered from what is kept', async () => {
  const query = '{ municipality(number: "3118") { name } }';
  await region.query(query);
  const response = await fetch(`${region.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer nobody' },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(401);
});
