import { expect, it } from 'vitest';
import { batching } from './batching.js';
import type { Question, ServiceAnswer, ServiceCall } from './service-call.js';

let ids = 1_000;

function question(fields: string, more: Partial<Question> = {}, declared = ''): Question {
  return {
    id: ids++,
    service: 'people',
    kind: 'query',
    operationName: 'Page__people__1',
    query: `query Page__people__1($representations: [_Any!]!${declared}) { _entities(representations: $representations) { ... on Person { ${fields} } } }`,
    variableNames: [],
    asks: fields,
    ...more,
  };
}

function callFor(asked: Question, keys: string[], variables = {}): ServiceCall {
  const { service, kind, query, operationName } = asked;
  const representations = keys.map((id) => ({ __typename: 'Person', id }));
  return { question: asked, service, kind, query, operationName, variables, representations };
}

/** A service that gives every entity its representation, under whatever name it was asked for. */
function echo({ variables, representations }: ServiceCall): ServiceAnswer {
  if (representations) return { data: { _entities: representations } };
  const lists = Object.entries(variables).filter(([name]) => name.includes('representations_'));
  return {
    data: Object.fromEntries(lists.map(([name, list]) => [name.replace(/.*representations/, ''), list])),
  };
}

it('asks a service once for all that is wanted of it in one tick', async () => {
  const calls: ServiceCall[] = [];
  const send = batching(async (call) => {
    calls.push(call);
    return echo(call);
  });
  const [names, ages] = [
    question('name'),
    question('age(in: $unit)', { variableNames: ['unit'] }, ', $unit: Unit'),
  ];
  const [one, other, elsewhere] = await Promise.all([
    send(callFor(names, ['a', 'b'])),
    Promise.resolve().then(() => send(callFor(ages, ['c'], { unit: 'DAYS' }))),
    send({ ...callFor(question('town'), ['d']), service: 'places' }),
  ]);
  expect(one.data).toEqual({
    _entities: [
      { __typename: 'Person', id: 'a' },
      { __typename: 'Person', id: 'b' },
    ],
  });
  expect(other.data).toEqual({ _entities: [{ __typename: 'Person', id: 'c' }] });
  expect(elsewhere.data).toEqual({ _entities: [{ __typename: 'Person', id: 'd' }] });
  expect(calls.map(({ service }) => service).sort()).toEqual(['people', 'places']);
  const [together] = calls.filter(({ service }) => service === 'people');
  expect(together?.query.replaceAll(/\s+/g, ' ')).toBe(
    'query Page__people__1($representations_0: [_Any!]!, $representations_1: [_Any!]!, $unit: Unit) { ' +
      '_0: _entities(representations: $representations_0) { ... on Person { name } } ' +
      '_1: _entities(representations: $representations_1) { ... on Person { age(in: $unit) } } }',
  );
  expect(together?.variables).toEqual({
    unit: 'DAYS',
    representations_0: [
      { __typename: 'Person', id: 'a' },
      { __typename: 'Person', id: 'b' },
    ],
    representations_1: [{ __typename: 'Person', id: 'c' }],
  });
  await send(callFor(names, ['e']));
  expect(calls.at(-1)?.query).toBe(names.query);
});

it('tells once what a service says of no part that was asked for', async () => {
  const errors = [{ message: 'no path' }, { message: 'of nobody', path: ['_entities', 0, 'name'] }];
  const send = batching(async (call) => ({ ...echo(call), errors }));
  const [one, other] = await Promise.all([
    send(callFor(question('name'), ['a'])),
    send(callFor(question('age'), ['b'])),
  ]);
  expect(one.errors).toEqual([{ message: 'no path' }, { message: 'of nobody' }]);
  expect(other.errors).toEqual([]);
});

it('fails whoever waits, and nobody else, when an answer cannot be taken apart', async () => {
  const send = batching(async (call) => ({ ...echo(call), errors: {} as never }));
  const asked = [send(callFor(question('name'), ['a'])), send(callFor(question('age'), ['b']))];
  const ends = await Promise.allSettled(asked);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});

it('leaves a variable of the client alone that has the name of ours', async () => {
  const calls: ServiceCall[] = [];
  const send = batching(async (call) => {
    calls.push(call);
    return echo(call);
  });
  const odd = question(
    'age(in: $representations_1)',
    { variableNames: ['representations_1'] },
    ', $representations_1: Unit',
  );
  await Promise.all([
    send(callFor(odd, ['a'], { representations_1: 'DAYS' })),
    send(callFor(question('name'), ['b'])),
  ]);
  expect(calls[0]?.variables).toMatchObject({ representations_1: 'DAYS', _representations_1: [{ id: 'b' }] });
});

it('gives each asker the errors of its own part', async () => {
  const send = batching(async () => ({
    data: { _0: [null], _1: [{ name: null }] },
    errors: [
      { message: 'no such', path: ['_0', 0] },
      { message: 'no name', path: ['_1', 0, 'name'] },
      { message: 'slow' },
    ],
  }));
  const [one, other] = await Promise.all([
    send(callFor(question('age'), ['a'])),
    send(callFor(question('name'), ['b'])),
  ]);
  expect(one.errors).toEqual([{ message: 'no such', path: ['_entities', 0] }, { message: 'slow' }]);
  expect(other.errors).toEqual([{ message: 'no name', path: ['_entities', 0, 'name'] }]);
});

it('lets no part take the others’ answer along when it fails as a whole', async () => {
  const asked: string[] = [];
  const [good, bad] = [question('name'), question('broken')];
  const send = batching(async (call) => {
    asked.push(call.query);
    if (call.query.includes('broken'))
      return { data: null, errors: [{ message: 'all is lost', path: ['_1'] }] };
    return echo(call);
  });
  const [one, other] = await Promise.all([send(callFor(good, ['a'])), send(callFor(bad, ['b']))]);
  expect(one).toEqual({ data: { _entities: [{ __typename: 'Person', id: 'a' }] } });
  expect(other.errors).toHaveLength(1);
  expect(asked.slice(1)).toEqual([good.query, bad.query]);
});

it('fails for all that were asked together when the service does not answer', async () => {
  const send = batching(() => Promise.reject(new Error('down')));
  const results = await Promise.allSettled([
    send(callFor(question('name'), ['a'])),
    send(callFor(question('age'), ['b'])),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
