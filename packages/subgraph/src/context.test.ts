import { everybody } from '@samspill/identity';
import { systemClock } from '@samspill/values';
import { expect, test } from 'vitest';
import { Actor } from './access/actor.js';
import { RequestContext } from './context.js';
import type { ServiceStore } from './service.js';

const store = { host: { clock: systemClock }, fork: () => ({}) } as unknown as ServiceStore;

test('gathers the keys of one tick, also in a copy, which is what Apollo Server gives to resolvers', async () => {
  const context = new RequestContext(store, 'nb', '1', new Actor(everybody));
  const copy: RequestContext = Object.assign(Object.create(Object.getPrototypeOf(context)), context);
  const loaded: string[][] = [];
  const load = async (keys: readonly string[]) => {
    loaded.push([...keys]);
    return new Map(keys.map((key) => [key, key.toUpperCase()]));
  };
  const answers = [context, copy].map((each, at) => each.batched('letters', 'ab'[at] as string, load));
  expect(await Promise.all(answers)).toEqual(['A', 'B']);
  expect(loaded).toEqual([['a', 'b']]);
  expect(copy.clock).toBe(systemClock);
});
