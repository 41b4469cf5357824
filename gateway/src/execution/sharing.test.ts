import { expect, it } from 'vitest';
import type { ServiceCall } from './service-call.js';
import { sharing } from './sharing.js';

function callFor(body: string, ids: string[] | null, kind: 'query' | 'mutation' = 'query'): ServiceCall {
  const question = {
    id: 1,
    service: 'people',
    kind,
    query: `query A ${body}`,
    operationName: 'A',
    variableNames: [],
    asks: body,
  };
  const representations = ids?.map((id) => ({ __typename: 'Person', id })) ?? null;
  return {
    question,
    service: 'people',
    kind,
    query: question.query,
    operationName: 'A',
    variables: {},
    representations,
  };
}

/** Counts what reaches the service. */
function counted() {
  const bodies: string[] = [];
  const send = sharing(async ({ question, representations }) => {
    bodies.push(question.asks);
    return { data: { _entities: representations?.map((each) => ({ ...each, friends: [] })) } };
  });
  return { bodies, send };
}

it('asks the same once, and gives each asker an answer of its own', async () => {
  const { bodies, send } = counted();
  const [one, other] = await Promise.all([send(callFor('{ a }', ['1'])), send(callFor('{ a }', ['1']))]);
  expect(bodies).toEqual(['{ a }']);
  expect(other).toEqual(one);
  const { _entities: mine } = one.data as { _entities: { friends: string[] }[] };
  mine[0]?.friends.push('new');
  expect(other.data?._entities).toEqual([{ __typename: 'Person', id: '1', friends: [] }]);
});

it('asks again about others, for other fields, and for every change', async () => {
  const { bodies, send } = counted();
  await Promise.all([
    send(callFor('{ a }', ['1'])),
    send(callFor('{ a }', ['2'])),
    send(callFor('{ b }', ['1'])),
    send(callFor('{ c }', null, 'mutation')),
    send(callFor('{ c }', null, 'mutation')),
  ]);
  expect(bodies).toEqual(['{ a }', '{ a }', '{ b }', '{ c }', '{ c }']);
});

it('tells every asker of a failure', async () => {
  const send = sharing(() => Promise.reject(new Error('down')));
  const results = await Promise.allSettled([send(callFor('{ a }', ['1'])), send(callFor('{ a }', ['1']))]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
