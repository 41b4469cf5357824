import { everybody } from '@samspill/identity';
import {
  GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executeInProcess } from './execute.js';
import { MoneyScalar } from './scalars.js';
import { type ServedService, serveService } from './serve.js';
import { type Headers, type IncomingRequest, publicRequest, type Service } from './service.js';

const size = new GraphQLEnumType({ name: 'Size', values: { SMALL: {} } });
const service = {
  name: 'tenders',
  schema: new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: {
        size: { type: size, resolve: () => 'huge' },
        list: { type: new GraphQLList(GraphQLString), resolve: () => 7 },
        echo: {
          type: GraphQLInt,
          args: { money: { type: new GraphQLNonNull(MoneyScalar) } },
          resolve: () => 1,
        },
        double: {
          type: GraphQLInt,
          args: { number: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
          resolve: (_: unknown, { number }: { number: number }) => 2 * number,
        },
      },
    }),
  }),
  log: pino({ level: 'silent' }),
  context: ({ headers }: IncomingRequest) => ({
    language: headers['accept-language'] ?? 'nb',
    requestId: headers['x-request-id'] ?? 'none',
    recordReads: async () => undefined,
  }),
} as unknown as Service;

let served: ServedService;
beforeAll(async () => {
  served = await serveService(service, {
    host: '127.0.0.1',
    port: 0,
    isReady: async () => true,
    authenticate: () => everybody,
  });
});
afterAll(() => served.close());

type Ask = (query: string, variables?: object, headers?: Headers) => Promise<{ errors?: readonly object[] }>;
const inProcess: Ask = (query, variables, headers = {}) =>
  executeInProcess(
    service,
    { query, variables: variables as Record<string, unknown> },
    publicRequest(headers as Headers),
  );
const overHttp: Ask = async (query, variables, headers = {}) => {
  const response = await fetch(served.url, {
    method: 'POST',
    headers: { ...(headers as Record<string, string>), 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { errors?: object[] };
};

describe.each([
  ['in process', inProcess],
  ['over HTTP', overHttp],
])('%s', (_, ask) => {
  it.each(['{ size }', '{ list }'])('a value that its type cannot hold is our fault: %s', async (query) => {
    const { errors } = await ask(query, {}, { 'x-request-id': 'abc-1', 'accept-language': 'en' });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('Something went wrong on our side'),
      extensions: { code: 'INTERNAL', requestId: 'abc-1' },
    });
  });

  it.each<[string, string, object]>([
    ['an argument', 'query ($number: Int) { double(number: $number) }', { number: null }],
    ['a part of one', 'query ($amount: Int) { echo(money: { amount: $amount }) }', { amount: null }],
    ['a variable', 'query ($number: Int!) { double(number: $number) }', { number: 'two' }],
    ['a field', '{ triple }', {}],
    ['a scalar', '{ echo(money: "much") }', {}],
    ['a scalar in a variable', 'query ($money: Money!) { echo(money: $money) }', { money: 'much' }],
    ['syntax', '{', {}],
  ])('%s that the client got wrong is its own', async (_about, query, variables) => {
    const { errors } = await ask(query, variables);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({
      extensions: { code: expect.stringMatching(/^(BAD_USER_INPUT|GRAPHQL_\w+_FAILED)$/) },
    });
  });
});
