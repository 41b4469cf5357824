import { expect, it } from 'vitest';
import { serviceHealth } from './service-health.js';
import { serveTiny, tenders } from './tiny-graph.test-support.js';

it('is ready as soon as one service has answered, and stays so', async () => {
  const urls = new Map([['suppliers', 'http://127.0.0.1:9/graphql']]);
  const health = serviceHealth(urls);
  expect(await health.isReady()).toBe(false);

  const served = await serveTiny(tenders);
  urls.set('tenders', served.url);
  expect(await health.states()).toEqual({ suppliers: 'down', tenders: 'up' });
  expect(await health.isReady()).toBe(true);

  await served.close();
  expect(await health.states()).toEqual({ suppliers: 'down', tenders: 'down' });
  expect(await health.isReady()).toBe(true);
});
