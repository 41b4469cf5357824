import { expect, it } from 'vitest';
import { inProcess } from '../in-process-data-source.js';
import { ask, startTinyGateway, suppliers, tenders } from '../tiny-graph.test-support.js';
import type { ChangeListener } from './follow-changes.js';
import type { CachingOptions } from './use-caching.js';

/** A gateway that counts how often services are called. The tiny graph says nothing of ages. */
async function counting(caching: CachingOptions, more: Parameters<typeof startTinyGateway>[0] = {}) {
  let calls = 0;
  const gateway = await startTinyGateway({
    caching,
    dataSource: (name) => {
      const source = inProcess(name === 'tenders' ? tenders : suppliers);
      return {
        process: (call) => {
          calls++;
          return source.process(call);
        },
      };
    },
    ...more,
  });
  return Object.assign(gateway, { calls: () => calls });
}

const TENDERS = '{ tenders { title supplier { name } } }';

it('keeps nothing of services that announce nothing, unless somebody says how old it may be', async () => {
  await using strict = await counting({});
  await using lenient = await counting({ defaultMaxAge: 600 });
  for (const gateway of [strict, lenient]) for (let n = 0; n < 3; n++) await ask(gateway, TENDERS);
  expect(strict.calls()).toBe(6);
  expect(lenient.calls()).toBe(2);
});

it('keeps no errors, and no mutations', async () => {
  await using gateway = await counting({ defaultMaxAge: 600 });
  for (let n = 0; n < 2; n++) {
    expect((await ask(gateway, '{ refused }')).errors).toHaveLength(1);
    await ask(gateway, 'mutation { publish(id: "1") { id } }');
  }
  expect(gateway.calls()).toBe(4);
});

it('ends what is made of a service with a mutation in it, before the news has come', async () => {
  const listeners = new Map<string, ChangeListener>();
  const follow = (name: string) => (listener: ChangeListener) => {
    listeners.set(name, listener);
    return () => undefined;
  };
  const changes = { tenders: follow('tenders'), suppliers: follow('suppliers') };
  await using gateway = await counting({ defaultMaxAge: 600, changes });
  const calls = async (query: string) => {
    const before = gateway.calls();
    await ask(gateway, query);
    return gateway.calls() - before;
  };
  const SUPPLIERS = '{ suppliers { name } }';
  await calls(TENDERS);
  expect(await calls(TENDERS), 'nobody is heard').toBe(2);
  for (const listener of listeners.values()) listener.heard('1');
  await calls(TENDERS);
  await calls(SUPPLIERS);
  expect([await calls(TENDERS), await calls(SUPPLIERS)]).toEqual([0, 0]);
  await calls('mutation { publish(id: "1") { id } }');
  expect([await calls(TENDERS), await calls(SUPPLIERS)]).toEqual([2, 0]);
  expect(await calls(TENDERS)).toBe(0);
  listeners.get('suppliers')?.lost();
  expect([await calls(TENDERS), await calls('{ tenders { title } }')]).toEqual([2, 1]);
  expect(await calls('{ tenders { title } }')).toBe(0);
});

it('leaves standing that an answer follows the page that asks', async () => {
  const protection = { cors: { origins: ['https://a.example'] } };
  await using gateway = await counting({ defaultMaxAge: 600 }, { protection });
  for (let n = 0; n < 2; n++) {
    const { headers } = await ask(gateway, TENDERS, { headers: { origin: 'https://a.example' } });
    expect(headers.get('access-control-allow-origin')).toBe('https://a.example');
    expect(headers.get('vary')).toMatch(/Accept-Language.*Origin/);
  }
});
