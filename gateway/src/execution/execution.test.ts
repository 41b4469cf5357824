import { composeServices } from '@apollo/composition';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildSchema,
  execute,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { OperationCompiler } from './compile-operation.js';
import type { ServiceCall } from './service-call.js';

const FEDERATION =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])';

const LIBRARY = parse(/* GraphQL */ `
  ${FEDERATION}
  type Query {
    works: [Work!]!
    work(id: ID!): Work
    any: [Any]
    media: [Media!]!
    broken: [Book!]
    hole: Book
    deepHole: [Book!]
    grid: [[Book!]]
    count: Int!
  }
  interface Work { id: ID!  title(shout: Boolean): String!  sequel: Work }
  type Book implements Work @key(fields: "id") {
    id: ID!
    title(shout: Boolean): String!
    pages: Int
    author: Author
    sequel: Book
    kind: Kind
  }
  type Film implements Work @key(fields: "id") {
    id: ID!
    title(shout: Boolean): String!
    minutes: Int!
    author: Author
    sequel: Film
  }
  enum Kind { NOVEL  SECRET @inaccessible }
  union Any = Book | Film | Author
  type Author @key(fields: "id") { id: ID! }
  interface Media @key(fields: "id") { id: ID!  label: String }
  type Song implements Media @key(fields: "id") { id: ID!  label: String  beats: Int }
  type Poem implements Media @key(fields: "id") { id: ID!  label: String  lines: Int }
`);

const PEOPLE = parse(/* GraphQL */ `
  ${FEDERATION}
  type Query { authors: [Author!]! }
  type Author @key(fields: "id") { id: ID!  name: String!  friends: [Author!]  grumpy: String }
  type Book @key(fields: "id") {
    id: ID!
    pages: Int @external
    weight(unit: String): Int @requires(fields: "pages")
    reviews: [Review!]!
  }
  type Review { stars: Int!  by: Author! }
  type Media @interfaceObject @key(fields: "id") { id: ID!  likes: Int! }
`);

const author = (id: string) => ({ __typename: 'Author', id });
const book = (id: string, more = {}) => ({
  __typename: 'Book',
  id,
  title: `Bok ${id}`,
  pages: Number(id) * 100,
  author: author(`a${Number(id) % 2}`),
  kind: 'NOVEL',
  ...more,
});
const film = { __typename: 'Film', id: 'f1', title: 'Film', minutes: 90, author: author('a1') };
const titled = {
  title: (work: { title: string }, { shout }: { shout?: boolean }) =>
    shout ? work.title?.toUpperCase() : work.title,
};

const library = buildSubgraphSchema([
  {
    typeDefs: LIBRARY,
    resolvers: {
      Query: {
        works: () => [
          book('1', { sequel: book('2') }),
          film,
          book('2'),
          book('3', { author: null, kind: 'SECRET' }),
        ],
        work: (_: unknown, { id }: { id: string }) => (id === 'f1' ? film : id === '0' ? null : book(id)),
        any: () => [book('1'), null, film, author('a0')],
        media: () => [
          { __typename: 'Song', id: 's1', label: 'Sang', beats: 4 },
          { __typename: 'Poem', id: 'p1', label: null, lines: 7 },
        ],
        broken: () => {
          throw new Error('no');
        },
        hole: () => book('1', { title: null }),
        deepHole: () => [book('1'), book('2', { title: null })],
        grid: () => [[book('1'), book('2')], null, []],
        count: () => 3,
      },
      Book: titled as never,
      Film: titled as never,
    },
  },
]);
const people = buildSubgraphSchema([
  {
    typeDefs: PEOPLE,
    resolvers: {
      Query: { authors: () => [author('a0'), author('a1')] },
      Author: {
        __resolveReference: ({ id }: { id: string }) => (id === 'a9' ? null : author(id)),
        name: ({ id }: { id: string }) => `Navn ${id}`,
        friends: ({ id }: { id: string }) => (id === 'a0' ? [author('a1')] : null),
        grumpy: ({ id }: { id: string }) => {
          if (id === 'a1') throw new Error('grumpy');
          return 'fine';
        },
      },
      Book: {
        __resolveReference: (reference: object) => reference,
        weight: ({ pages }: { pages: number }, { unit }: { unit?: string }) =>
          pages === 200 ? null : unit === 'kg' ? pages / 100 : pages,
        reviews: ({ id }: { id: string }) =>
          id === '3'
            ? []
            : [
                { stars: 5, by: author('a0') },
                { stars: 1, by: author('a9') },
              ],
      },
      Media: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: id.length }) },
    } as never,
  },
]);

const subgraphs: Record<string, GraphQLSchema> = { library, people };
let supergraphSdl: string;
let stock: ApolloGateway;
let schema: GraphQLSchema;
let compiler: OperationCompiler;

beforeAll(async () => {
  const composed = composeServices([
    { name: 'library', url: 'http://library.invalid', typeDefs: LIBRARY },
    { name: 'people', url: 'http://people.invalid', typeDefs: PEOPLE },
  ]);
  supergraphSdl = composed.supergraphSdl as string;
  expect(composed.errors).toBeUndefined();
  stock = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name }) => new LocalGraphQLDataSource(subgraphs[name] as GraphQLSchema),
  });
  const seen = new Promise<GraphQLSchema>((resolve) =>
    stock.onSchemaLoadOrUpdate(({ apiSchema }) => resolve(apiSchema)),
  );
  await stock.load();
  schema = await seen;
  compiler = new OperationCompiler(supergraphSdl, schema);
});

const calls: ServiceCall[] = [];

async function compiled(query: string, variables: Record<string, unknown>) {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  calls.length = 0;
  const answer = await compiler.compile(document, operation)?.execute(variables, async (call) => {
    calls.push(call);
    const variableValues = {
      ...call.variables,
      ...(call.representations && { representations: call.representations }),
    };
    const result = await execute({
      schema: subgraphs[call.service] as GraphQLSchema,
      document: parse(call.query),
      variableValues,
    });
    return JSON.parse(JSON.stringify(result));
  });
  if (!answer) throw new Error('not compiled');
  const { data, errors, holes } = answer;
  return JSON.parse(JSON.stringify({ data, errors: sorted(errors), holes: errors.length ? [] : holes }));
}

async function byStock(query: string, variables: Record<string, unknown>) {
  const document = parse(query);
  const result = await stock.executor({
    request: { query, variables },
    document,
    queryHash: query,
    context: {},
    metrics: {},
    logger: console,
    cache: {} as never,
    schema,
    operationName: null,
    source: query,
  } as never);
  const holes =
    (result as { extensions?: { valueCompletion?: unknown[] } }).extensions?.valueCompletion ?? [];
  return JSON.parse(JSON.stringify({ data: result.data, errors: sorted(result.errors ?? []), holes }));
}

/** In which order parallel fetches fail is nobody's promise. */
const sorted = (errors: readonly unknown[]) =>
  errors
    .map((error) => {
      const { message, path, extensions } = JSON.parse(JSON.stringify(error));
      return { message, path, code: extensions?.code, service: extensions?.serviceName };
    })
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

const cases: Record<string, [query: string, variables?: Record<string, unknown>]> = {
  'lists of interfaces': [
    '{ works { __typename id title ... on Book { pages author { name } } ... on Film { minutes } } }',
  ],
  'two levels of entities': [
    '{ works { ... on Book { author { id name friends { name } } sequel { title author { name } } } } }',
  ],
  'what is required of another': ['{ works { id ... on Book { weight(unit: "kg") reviews { stars } } } }'],
  'nulls of another that bubble': ['{ works { ... on Book { id reviews { stars by { name } } } } }'],
  unions: ['{ any { __typename ... on Book { title author { name } } ... on Author { name } } }'],
  'interface objects': ['{ media { id likes label ... on Song { beats } } }'],
  'aliases of the same field with other arguments': [
    '{ works { loud: title(shout: true) title kind: __typename ... on Book { weight kilos: weight(unit: "kg") } } }',
  ],
  'errors of a whole field': ['{ broken { id } count }'],
  'errors at some entities': ['{ works { ... on Book { author { grumpy name } } } }'],
  'a hole': ['{ hole { id title } count }'],
  'a hole in a list': ['{ deepHole { id title } count }'],
  'lists of lists': ['{ grid { id author { name } } }'],
  'an enum value that is hidden': ['{ works { ... on Book { id kind } } }'],
  'no object': ['{ work(id: "0") { id } }'],
  fragments: [
    'query { works { ...Part } } fragment Part on Work { id ...Mine ... on Film { minutes } } fragment Mine on Book { pages author { ...Name } } fragment Name on Author { name }',
  ],
  'fields that are asked for twice': [
    '{ works { id ... on Book { author { id } author { name } } ... on Work { title } } }',
  ],
  'a field of an interface that a type narrows': [
    '{ works { sequel { __typename ... on Book { id } } ... on Book { sequel { pages author { name } } } } }',
  ],
  'a field that a type narrows, before that of the interface': [
    '{ works { ... on Book { sequel { pages } } sequel { id ... on Work { title } ... on Book { author { name } } } } }',
  ],
  '@include and @skip, on': [
    'query ($a: Boolean!, $b: Boolean = true) { works { id ... on Book @include(if: $a) { author { name } } title @skip(if: $b) } }',
    { a: true },
  ],
  '@include and @skip, off': [
    'query ($a: Boolean!, $b: Boolean = true) { works { id ... on Book @include(if: $a) { author { name } } title @skip(if: $b) } }',
    { a: false, b: false },
  ],
  variables: [
    'query ($id: ID!, $shout: Boolean) { work(id: $id) { title(shout: $shout) ... on Book { weight } } }',
    { id: '3', shout: true },
  ],
  'typenames under other names': [
    '{ works { what: __typename ... on Book { author { kind: __typename name } } } }',
  ],
  'an alias that is a prototype': ['{ __proto__: works { id constructor: title } count }'],
};

describe('the compiled execution gives what the stock one gives', () => {
  it.each(Object.entries(cases))('for %s', async (_name, [query, variables = {}]) => {
    expect(await compiled(query, variables)).toEqual(await byStock(query, variables));
  });
});

it('asks about each entity once', async () => {
  await compiled('{ works { ... on Book { author { name } } ... on Film { author { name } } } }', {});
  expect(calls.map(({ service, representations }) => [service, representations?.length ?? null])).toEqual([
    ['library', null],
    ['people', 2],
  ]);
});

it('leaves questions about the schema to others', () => {
  const document = parse('{ __schema { types { name } } }');
  expect(compiler.compile(document, document.definitions[0] as OperationDefinitionNode)).toBeNull();
  void buildSchema;
});
