import { buildSchema, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { operationCost, possibleNodes } from '../operation-cost.js';
import { SharedAnswers } from './shared-answers.js';
import { variablesFit } from './variables-fit.js';

const schema = buildSchema(/* GraphQL */ `
  type Query { find(filter: Filter!, first: Int, colour: Colour, ids: [ID!]): Things  any(of: Json): Int }
  type Things { nodes: [Thing!] }
  type Thing { id: ID!  things(first: Int, last: Int): Things }
  input Filter { text: String  size: Int! = 1  within: Filter }
  enum Colour { RED }
  scalar Json
`);
const operationOf = (text: string) => parse(text).definitions[0] as OperationDefinitionNode;

describe('variables', () => {
  const operation = operationOf(
    'query ($f: Filter!, $n: Int = 3, $c: Colour, $i: [ID!], $j: Json, $must: Int! = 1) { any }',
  );
  const fit = variablesFit(schema, operation);

  it.each<Record<string, unknown>>([
    {},
    { f: {} },
    { f: null },
    { f: [] },
    { f: { text: 'x', size: 2, within: { text: null } } },
    { f: { size: null } },
    { f: { unknown: 1 } },
    { f: {}, n: null },
    { f: {}, n: '3' },
    { f: {}, n: 1.5 },
    { f: {}, n: 2 ** 31 },
    { f: {}, c: 'RED' },
    { f: {}, c: 'BLUE' },
    { f: {}, i: 'one' },
    { f: {}, i: ['a', 1] },
    { f: {}, i: ['a', null] },
    { f: {}, j: { any: ['thing'] } },
    { f: {}, must: null },
    { f: {}, more: 'than asked' },
    { f: { within: { within: { size: 'x' } } } },
    // Inherited, and so not given.
    Object.create({ f: {} }),
  ])('fit where graphql-js has no complaint: %j', (variables) => {
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    expect(fit(variables)).toBe(!errors);
  });
});

describe('the cost of a known operation', () => {
  const text = `query ($n: Int = 5, $m: Int) {
    find(filter: {}, first: $n) { nodes { things(last: $m) { nodes { ...more } } } }
  }
  fragment more on Thing { things(first: $m, last: $n) { nodes { id } } }`;
  const document = parse(text);
  const [operation, fragment] = document.definitions as [OperationDefinitionNode, never];
  const cost = operationCost(schema, document, operation);

  it.each<Record<string, unknown>>([
    {},
    { n: 200, m: 200 },
    { n: 1 },
    { n: null, m: 7 },
    { n: '200' },
    { n: -3, m: 10_000 },
    { n: undefined, other: 9 },
  ])('is what it costs anybody else: %j', (variables) => {
    const expected = possibleNodes(schema, operation, [fragment], variables);
    // The first time it is worked out, and then remembered.
    expect([cost(variables), cost(variables)]).toEqual([expected, expected]);
  });
});

describe('answers that are shared', () => {
  it('are those in flight, and none that was asked for before a change', async () => {
    const shared = new SharedAnswers<number>();
    let executed = 0;
    const slowly = () => new Promise<number>((resolve) => setTimeout(resolve, 10, ++executed));
    const before = [shared.answer('a', slowly), shared.answer('a', slowly), shared.answer('b', slowly)];
    shared.forget();
    const after = [shared.answer('a', slowly), shared.answer('a', slowly)];
    expect(await Promise.all(before)).toEqual([1, 1, 2]);
    expect(await Promise.all(after)).toEqual([3, 3]);
    expect(await shared.answer('a', slowly)).toBe(4);
  });

  it('are in flight however many come and go meanwhile', async () => {
    const shared = new SharedAnswers<number>();
    const { promise, resolve } = Promise.withResolvers<number>();
    const first = shared.answer('slow', () => promise);
    for (let i = 0; i < 1_000; i++) await shared.answer(`${i}`, async () => i);
    const second = shared.answer('slow', async () => -1);
    resolve(7);
    expect(await Promise.all([first, second])).toEqual([7, 7]);
    expect(await shared.answer('slow', async () => 8)).toBe(8);
  });

  it('are failures as well, and are not kept', async () => {
    const shared = new SharedAnswers<number>();
    const fail = () => Promise.reject(new Error('no'));
    const both = [shared.answer('a', fail), shared.answer('a', () => Promise.resolve(1))];
    expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.answer('a', () => Promise.resolve(2))).toBe(2);
  });
});
