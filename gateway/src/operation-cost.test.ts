import { readFile } from 'node:fs/promises';
import { buildSchema, getIntrospectionQuery, type OperationDefinitionNode, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { MAX_NODES, possibleNodes } from './operation-cost.js';
import { examples } from './playground/examples.js';
import { ask, startTinyGateway, tinySupergraph } from './tiny-graph.test-support.js';

const schema = buildSchema(`
  type Query { tenders(first: Int, last: Int): Tenders! municipality: Municipality }
  type Tenders { nodes: [Tender!]! edges: [Edge!]! totalCount: Int! }
  type Edge { node: Tender! }
  type Tender { title: String municipality: Municipality lots: [Lot!]! }
  type Lot { title: String }
  type Municipality { tenders(first: Int, last: Int): Tenders! }
`);

function nodesOf(query: string, variables: Record<string, unknown> = {}, of = schema): number {
  const { definitions } = parse(query);
  const operation = definitions.find((each) => each.kind === 'OperationDefinition');
  const fragments = definitions.filter((each) => each.kind === 'FragmentDefinition');
  return possibleNodes(of, operation as OperationDefinitionNode, fragments, variables);
}

describe('the nodes that an operation may give', () => {
  it.each<[string, string, Record<string, unknown>, number]>([
    ['a literal', '{ tenders(first: 7) { nodes { municipality { __typename } } } }', {}, 16],
    ['the end', '{ tenders(last: 7) { nodes { municipality { __typename } } } }', {}, 16],
    ['nothing', '{ tenders { nodes { title } } }', {}, 22],
    ['null', '{ tenders(first: null) { nodes { title } } }', {}, 22],
    ['a variable', 'query ($n: Int) { tenders(first: $n) { nodes { title } } }', { n: 100 }, 106],
    ['a variable left out', 'query ($n: Int) { tenders(first: $n) { nodes { title } } }', {}, 22],
    ['a default', 'query ($n: Int = 100) { tenders(first: $n) { nodes { title } } }', {}, 106],
    ['no default', 'query ($n: Int = 100) { tenders(first: $n) { nodes { title } } }', { n: 0 }, 1],
    ['edges', '{ tenders(first: 5) { edges { node { title } } } }', {}, 12],
    ['a list without pages', '{ tenders(first: 1) { nodes { lots { title } } } }', {}, 13],
    ['a count', '{ tenders(first: 200) { totalCount } }', {}, 2],
    ['less than nothing', '{ tenders(first: -5) { nodes { title } } }', {}, 1],
    ['a fragment', '{ tenders(first: 7) { ...a } } fragment a on Tenders { nodes { title } }', {}, 9],
  ])('follow %s', (_, query, variables, nodes) => {
    expect(nodesOf(query, variables)).toBe(nodes);
  });

  it('are the product of the pages on the way', () => {
    const inside = (levels: number): string =>
      levels ? `tenders(first: 200) { nodes { municipality { ${inside(levels - 1)} } } }` : '__typename';
    expect(nodesOf(`{ ${inside(1)} }`)).toBeLessThan(MAX_NODES);
    expect(nodesOf(`{ ${inside(3)} }`)).toBeGreaterThan(200 ** 3);
  });

  it('tell a fragment in a large page from the same in a small one', () => {
    const fragment = 'fragment a on Tenders { nodes { title } }';
    const query = `{ small: tenders(first: 1) { ...a } large: tenders(first: 200) { ...a } } ${fragment}`;
    expect(nodesOf(query)).toBeGreaterThan(200);
  });

  it('are more when one is asked for a thousand values', () => {
    const values = Array.from({ length: 1000 }, (_, i) => `a${i}: title`).join(' ');
    expect(nodesOf(`{ tenders(first: 200) { nodes { ${values} } } }`)).toBeGreaterThan(200 * 50);
  });

  it('are few in what tools ask about the schema', () => {
    expect(nodesOf(getIntrospectionQuery())).toBeLessThan(MAX_NODES / 2);
  });

  it.each(examples)('are few in the playground’s examples: $query', async ({ query, variables }) => {
    const sdl = await readFile(new URL('../supergraph.graphql', import.meta.url), 'utf8');
    expect(nodesOf(query, variables, buildSchema(sdl))).toBeLessThan(MAX_NODES / 20);
  });
});

describe('through the gateway', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startTinyGateway();
  });
  afterAll(() => gateway.close());

  const nested = (lists: number) =>
    `{ suppliers ${'{ nested { list '.repeat(lists)}{ name }${' } }'.repeat(lists)} }`;

  it('too many are refused in words, and fewer are answered', async () => {
    expect((await ask(gateway, nested(3))).errors).toBeUndefined();
    const { status, errors } = await ask(gateway, nested(5), { headers: { 'accept-language': 'en' } });
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^The query may give [\d,]{9,} nodes, and the limit is 100,000\. /),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('are nobody’s business in a schema without pages, however often it is asked', async () => {
    await using unpaged = await startTinyGateway({ supergraphSdl: tinySupergraph(['suppliers']) });
    for (let i = 0; i < 3; i++) {
      const { status, errors } = await ask(unpaged, nested(5));
      expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    }
  });
});
