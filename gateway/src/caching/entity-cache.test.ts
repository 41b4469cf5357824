import { RecentlyUsed } from '@samspill/subgraph/protocol';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Data } from '../execution/data.js';
import type { Question, ServiceAnswer, ServiceCall } from '../execution/service-call.js';
import { EntityCache, type EntityCacheOptions } from './entity-cache.js';
import { Generations } from './generations.js';

let time: number;
let generations: Generations;
/** What the service was asked about, call by call. */
let asked: unknown[][];
let answerWith: (ids: unknown[]) => ServiceAnswer;

beforeEach(() => {
  time = 1_000_000;
  generations = new Generations(['suppliers', 'events']);
  generations.heard('suppliers', 's1');
  generations.heard('events', 'e1');
  asked = [];
  answerWith = (ids) => ({ data: { _entities: ids.map((id) => ({ id, name: `name of ${id}` })) } });
});

const caching = (more: Partial<EntityCacheOptions> = {}) =>
  new EntityCache({ generations, maxBytes: 100_000, ageOf: () => 60, now: () => time, ...more });

function call(ids: readonly unknown[], more: Partial<ServiceCall> & { asks?: string } = {}): ServiceCall {
  const { asks = 'suppliers { name }', ...rest } = more;
  const service = asks.split(' ', 1)[0] as string;
  return {
    question: { asks } as Question,
    service,
    kind: 'query',
    query: asks,
    operationName: undefined,
    variables: {},
    representations: ids.map((id) => ({ __typename: 'Supplier', id })),
    ...rest,
  };
}

async function send({ representations }: ServiceCall): Promise<ServiceAnswer> {
  const ids = (representations ?? []).map(({ id }) => id);
  asked.push(ids);
  return answerWith(ids);
}

const noted: [string, number][] = [];
const ask = async (cache: EntityCache, what: ServiceCall, language = 'nb') => {
  noted.length = 0;
  return cache.inFrontOf(send, language, (service, until) => noted.push([service, until]))(what);
};
const entitiesOf = ({ data }: ServiceAnswer) => data?._entities as (Data | null)[];
const names = (answer: ServiceAnswer) => entitiesOf(answer).map((each) => each?.name);

describe('an entity that is known', () => {
  it('is not asked for again, and stands where it was asked for', async () => {
    const cache = caching();
    expect(names(await ask(cache, call(['a', 'b'])))).toEqual(['name of a', 'name of b']);
    expect(noted).toEqual([]);
    expect(names(await ask(cache, call(['c', 'b', 'd', 'a'])))).toEqual(
      ['c', 'b', 'd', 'a'].map((id) => `name of ${id}`),
    );
    expect(names(await ask(cache, call(['d', 'c'])))).toEqual(['name of d', 'name of c']);
    expect(asked).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(noted).toEqual([
      ['suppliers', 1_060_000],
      ['suppliers', 1_060_000],
    ]);
  });

  it('is as it was, whatever became of it in an answer', async () => {
    const cache = caching();
    for (let i = 0; i < 3; i++) {
      const [entity] = entitiesOf(await ask(cache, call(['a']))) as [Data];
      expect(entity).toEqual({ id: 'a', name: 'name of a' });
      entity.name = 'changed';
    }
    expect(asked).toEqual([['a']]);
  });

  it('may be one that is not there', async () => {
    const cache = caching();
    answerWith = () => ({ data: { _entities: [null] } });
    for (let i = 0; i < 2; i++) expect((await ask(cache, call(['a']))).data).toEqual({ _entities: [null] });
    expect(asked).toEqual([['a']]);
  });

  it.each<[string, Partial<ServiceCall> & { asks?: string }, string?]>([
    ['asked something else', { asks: 'suppliers { id }' }],
    ['with another variable', { variables: { first: 2 } }],
    ['in another language', {}, 'en'],
    ['of another type', { representations: [{ __typename: 'Buyer', id: 'a' }] }],
  ])('is another one when it is %s', async (_, more, language) => {
    const cache = caching();
    await ask(cache, call(['a']));
    await ask(cache, call(['a'], more), language);
    expect(asked).toHaveLength(2);
  });
});

describe('what is kept of an entity ends', () => {
  it('with its age, at a second of the clock', async () => {
    const cache = caching({ ageOf: () => 1 });
    time = 1_000_400;
    await ask(cache, call(['a']));
    time = 1_000_999;
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(1);
    time = 1_001_000;
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(2);
  });

  it('with a change in its service, and not with one in another', async () => {
    const cache = caching();
    await ask(cache, call(['a']));
    generations.heard('events', 'e2');
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(1);
    generations.heard('suppliers', 's2');
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(2);
  });

  it('with a change while it was asked for', async () => {
    const cache = caching();
    answerWith = (ids) => {
      generations.changed('suppliers');
      return { data: { _entities: ids.map((id) => ({ id })) } };
    };
    await ask(cache, call(['a']));
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(2);
  });

  it('when the clock is set back', async () => {
    const cache = caching();
    await ask(cache, call(['a']));
    time -= 1;
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(2);
  });
});

describe('nothing is kept', () => {
  it.each<[string, Partial<EntityCacheOptions>, ServiceCall]>([
    ['of what may not be', { ageOf: () => 0 }, call(['a'])],
    ['of a change', {}, call(['a'], { kind: 'mutation' })],
    ['of what is no entity', {}, call([], { representations: null })],
    ['of a service that says nothing', {}, call(['a'], { asks: 'reviews { stars }' })],
  ])('%s', async (_, options, what) => {
    const kept = vi.spyOn(RecentlyUsed.prototype, 'set');
    onTestFinished(() => kept.mockRestore());
    const cache = caching(options);
    for (let i = 0; i < 2; i++) await ask(cache, what);
    expect(asked).toHaveLength(2);
    expect(kept).not.toHaveBeenCalled();
  });

  it('while nobody hears of the service', async () => {
    const cache = caching();
    await ask(cache, call(['a']));
    generations.lost('suppliers');
    await ask(cache, call(['a']));
    await ask(cache, call(['a']));
    expect(asked).toHaveLength(3);
  });

  it('of an answer with an error, whose place is told as it was asked', async () => {
    const cache = caching();
    await ask(cache, call(['b']));
    answerWith = () => ({
      data: { _entities: [{ id: 'a', name: 'name of a' }, null] },
      errors: [{ message: 'no', path: ['_entities', 1, 'name'] }, { message: 'all' }],
    });
    for (let i = 0; i < 2; i++) {
      const answer = await ask(cache, call(['a', 'b', 'c']));
      expect(names(answer)).toEqual(['name of a', 'name of b', undefined]);
      expect(answer.errors).toEqual([{ message: 'no', path: ['_entities', 2, 'name'] }, { message: 'all' }]);
    }
    expect(asked).toEqual([['b'], ['a', 'c'], ['a', 'c']]);
  });

  it('of an answer that is not one, and its errors are told', async () => {
    const cache = caching();
    await ask(cache, call(['b']));
    answerWith = () => ({ data: null, errors: [{ message: 'gone' }] });
    expect(await ask(cache, call(['a', 'b']))).toEqual({ data: null, errors: [{ message: 'gone' }] });
    answerWith = () => ({ data: { _entities: [] } });
    await expect(ask(cache, call(['a', 'b']))).rejects.toThrow('asked for 1 entities');
  });
});

it('a service that never says is believed for as long as the configuration says', async () => {
  const cache = caching({ unannouncedMaxAge: 5 });
  const reviews = () => call(['a'], { asks: 'reviews { stars }' });
  await ask(cache, reviews());
  time += 4_999;
  await ask(cache, reviews());
  expect(asked).toHaveLength(1);
  time += 1;
  await ask(cache, reviews());
  expect(asked).toHaveLength(2);
});
