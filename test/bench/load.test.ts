import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LoadGenerator, type Request, startLoadGenerator } from './load.ts';
import { message, type Running, startProgram } from './processes.ts';
import { ANY_SHOP } from './shop/data.ts';

// The shop's own service stands in for a gateway: it answers right, and quickly.
let shop: Running;
let generator: LoadGenerator;
let url: string;

beforeAll(async () => {
  shop = startProgram('test/bench/shop/server.ts', 'serving');
  url = `${await message<string>(shop)}/products`;
  generator = startLoadGenerator();
});
afterAll(() => {
  generator[Symbol.dispose]();
  shop[Symbol.dispose]();
});

const name = (expected: string): Request => ({
  headers: {},
  body: JSON.stringify({
    query: 'query ($upc: ID!) { product(upc: $upc) { upc name } }',
    variables: { upc: `${ANY_SHOP}-p1` },
  }),
  expected: JSON.stringify({ data: { product: { upc: `${ANY_SHOP}-p1`, name: expected } } }),
});
const load = (request: Request, varying: string | null = null) =>
  generator.run({ url, requests: [request], varying, milliseconds: 200, connections: 4 });

it.each([
  ['the same each time', null],
  ['another each time', ANY_SHOP],
])('counts right answers to requests that are %s', async (_, varying) => {
  const { requests, perSecond, p50, p99 } = await load(name('Kitchen table'), varying);
  expect(requests).toBeGreaterThan(4);
  expect(perSecond).toBeGreaterThan(0);
  expect(p99).toBeGreaterThanOrEqual(p50);
});

it('fails on a wrong answer, however quickly it comes', async () => {
  await expect(load(name('Kitchen chair'))).rejects.toThrow(/Not the answer.*Kitchen table/s);
});

it('varies requests and not only answers', async () => {
  const { body, ...rest } = name('Kitchen table');
  const fixed = { ...rest, body: body.replace(ANY_SHOP, '27182818') };
  await expect(load(fixed, ANY_SHOP)).rejects.toThrow(/Not the answer.*27182818/s);
});
