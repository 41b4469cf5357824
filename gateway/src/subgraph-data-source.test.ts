import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OperationTypeNode } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { callOf, questionOf, type ServiceCall } from './execution/service-call.js';
import { subgraphDataSource } from './subgraph-data-source.js';

/** What the service answers next. */
let answer: unknown;
const server = createServer((request, response) => {
  request.resume().on('end', () => response.end(JSON.stringify(answer)));
});
let source: ReturnType<typeof subgraphDataSource>;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  source = subgraphDataSource({ name: 'people', url: `http://127.0.0.1:${port}/graphql` });
});
afterAll(async () => {
  await source[Symbol.asyncDispose]();
  server.close();
});

const question = (operation: string) =>
  questionOf({
    kind: 'Fetch',
    serviceName: 'people',
    operation,
    operationName: undefined,
    operationKind: OperationTypeNode.QUERY,
    variableUsages: ['deep'],
  });

const call = (variables = {}): ServiceCall =>
  callOf(question('query P__people__0($deep:Json){people(like:$deep){name}}'), variables, null);

it('rejects, and throws nothing, for a variable that is nested too deep to be written', async () => {
  let deep: unknown = 'x';
  for (let i = 0; i < 25_000; i++) deep = [deep];
  const asked = source.send(call({ deep }), {});
  await expect(asked).rejects.toThrow();
});

it.each([
  ['no errors', null, undefined],
  ['something else than a list', {}, [{ message: '' }]],
  ['an error that is none', ['no'], [{ message: 'no' }]],
  ['a place that is none', [{ message: 'no', path: { 0: 'a' } }], [{ message: 'no' }]],
  ['a place before the first', [{ message: 'no', path: ['a', -1] }], [{ message: 'no' }]],
  ['a place', [{ message: 'no', path: ['a', 1] }], [{ message: 'no', path: ['a', 1] }]],
])('takes for errors what can be read as such: %s', async (_, errors, told) => {
  answer = { data: { people: [] }, errors };
  const given = await source.send(call(), {});
  expect(given.data).toEqual({ people: [] });
  expect(given.errors).toEqual(told);
});

it('asks the same under another name, and something else with another default', () => {
  const asks = (name: string, preset: number) =>
    question(`query ${name}__people__0($n:Int=${preset}){people(first:$n){name}}`).asks;
  expect(asks('One', 5)).toBe(asks('Other', 5));
  expect(asks('One', 5)).not.toBe(asks('One', 10));
});
