import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { bearer, believing } from '../identity.test-support.js';
import {
  freePort,
  hasRedis,
  redisProgram,
  silentServer,
  someRedis,
  startRedis,
  withoutRedis,
} from '../redis.test-support.js';
import { ask, keptLog, startTinyGateway } from '../tiny-graph.test-support.js';
import { protectionFrom } from './from-environment.js';

const limited = (perMinute: number, more: object = {}) =>
  startTinyGateway({ identify: believing, protection: { rateLimit: { perMinute }, ...more } });

const status = async (gateway: { url: string }, headers: Record<string, string> = {}) =>
  (await ask(gateway, '{ __typename }', { headers })).status;

const times = async (count: number, work: () => Promise<number>) => {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push(await work());
  return found;
};

describe('the rate limit', () => {
  it('is told with every answer, and refuses in GraphQL’s manner', async () => {
    await using gateway = await limited(2);
    const first = await ask(gateway, '{ __typename }');
    expect(first.headers.get('ratelimit-limit')).toBe('2');
    expect(first.headers.get('ratelimit-remaining')).toBe('1');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    await ask(gateway, '{ __typename }');
    const third = await ask(gateway, '{ __typename }', { headers: { 'accept-language': 'en' } });
    expect(third.status).toBe(429);
    expect(third.errors).toEqual([
      {
        message: expect.stringMatching(
          /^More than 2 requests came in one minute\. Try again in \d+ seconds\.$/,
        ),
        extensions: { code: 'RATE_LIMITED' },
      },
    ]);
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(third.headers.get('ratelimit-remaining')).toBe('0');
    expect(third.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('is each actor’s own: two people at one address do not share', async () => {
    await using gateway = await limited(2);
    for (const actor of ['person-10', 'person-11', 'importer']) {
      expect(await times(3, () => status(gateway, bearer(actor)))).toEqual([200, 200, 429]);
    }
    expect(await times(3, () => status(gateway))).toEqual([200, 200, 429]);
  });

  it('follows the actor, not the token: a renewed one has nothing new', async () => {
    await using gateway = await startTinyGateway({
      identify: (header) => believing(header?.replace(/-renewed$/, '')),
      protection: { rateLimit: { perMinute: 2 } },
    });
    expect(await status(gateway, bearer('person-10'))).toBe(200);
    expect(await status(gateway, bearer('person-10'))).toBe(200);
    expect(await status(gateway, bearer('person-10-renewed'))).toBe(429);
  });

  it('counts a token that is not believed ten times, against its address, and nobody who has logged in', async () => {
    await using gateway = await limited(25);
    const tries = await times(5, () => status(gateway, bearer('!WRONG_SIGNATURE')));
    expect(tries).toEqual([401, 401, 429, 429, 429]);
    expect(await status(gateway)).toBe(429);
    expect(await status(gateway, bearer('person-10'))).toBe(200);
  });

  it('is not what an issuer that is down costs', async () => {
    await using gateway = await limited(5);
    expect(await times(6, () => status(gateway, bearer('!ISSUER_UNREACHABLE')))).toEqual(Array(6).fill(503));
  });

  it('counts what leads nowhere, and no probes', async () => {
    await using gateway = await limited(1);
    const get = async (path: string) => (await fetch(`${gateway.url}${path}`)).status;
    expect(await times(5, () => get('/health/ready'))).toEqual(Array(5).fill(200));
    expect(await times(5, () => get('/health/live'))).toEqual(Array(5).fill(200));
    expect(await get('/nowhere')).toBe(404);
    expect(await get('/nowhere')).toBe(429);
    expect(await get('/health/ready')).toBe(200);
  });

  it('is off unless somebody wants one', async () => {
    await using gateway = await startTinyGateway();
    const { headers } = await ask(gateway, '{ __typename }');
    expect([...headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
  });
});

describe('the environment', () => {
  const perMinute = (HOST: string, RATE_LIMIT_PER_MINUTE?: number) =>
    protectionFrom({ HOST, CORS_ORIGINS: [], RATE_LIMIT_PER_MINUTE }).rateLimit?.perMinute;

  it('limits nobody while only this machine gets in, and everybody otherwise', () => {
    expect(perMinute('127.0.0.1')).toBe(0);
    expect(perMinute('0.0.0.0')).toBe(6_000);
    expect(perMinute('127.0.0.1', 7)).toBe(7);
    expect(perMinute('0.0.0.0', 0)).toBe(0);
  });

  it('asks for HTTPS in production only', () => {
    const hsts = (NODE_ENV?: 'production') =>
      protectionFrom({ HOST: '::', CORS_ORIGINS: [], NODE_ENV }).headers?.hsts;
    expect(hsts('production')).toBe(true);
    expect(hsts()).toBe(false);
  });
});

describe('the address', () => {
  const from = (address: string) => ({ 'x-forwarded-for': address });

  it('is not what a client writes, when no proxy is trusted', async () => {
    await using gateway = await limited(1);
    expect(await status(gateway, from('203.0.113.1'))).toBe(200);
    expect(await status(gateway, from('203.0.113.2'))).toBe(429);
  });

  it.each([
    ['by its address', ['127.0.0.1']],
    ['by its network', ['loopback']],
    ['as one in a row', 1],
  ])('is what a trusted proxy writes: %s', async (_, trustProxy) => {
    await using gateway = await limited(1, { trustProxy });
    expect(await status(gateway, from('203.0.113.1'))).toBe(200);
    expect(await status(gateway, from('203.0.113.2'))).toBe(200);
    expect(await status(gateway, from('203.0.113.1'))).toBe(429);
    // What the client had written itself stands to the left of what the proxy knows.
    expect(await status(gateway, from('198.51.100.7, 203.0.113.2'))).toBe(429);
  });

  it('is not what a proxy writes that is not the trusted one', async () => {
    await using gateway = await limited(1, { trustProxy: ['10.0.0.0/8'] });
    expect(await status(gateway, from('203.0.113.1'))).toBe(200);
    expect(await status(gateway, from('203.0.113.2'))).toBe(429);
  });

  it('is a network in IPv6, where everybody has addresses without end', async () => {
    await using gateway = await limited(1, { trustProxy: 1 });
    expect(await status(gateway, from('2001:db8:1:2::1'))).toBe(200);
    expect(await status(gateway, from('2001:db8:1:2:ffff::2'))).toBe(429);
    expect(await status(gateway, from('2001:db8:1:3::1'))).toBe(200);
  });
});

describe('a Redis that does not answer', () => {
  it.each([
    ['refuses connections', async () => 'redis://127.0.0.1:9'],
    ['never says a word', silentServer],
  ])('lets everybody through, with one warning, when it %s', async (_, address) => {
    const { log, lines } = keptLog('info');
    await using gateway = await startTinyGateway({
      log,
      protection: { rateLimit: { perMinute: 1, redisUrl: await address() } },
    });
    const began = performance.now();
    expect(await times(20, () => status(gateway))).toEqual(Array(20).fill(200));
    expect(performance.now() - began).toBeLessThan(2_000);
    const warnings = lines.filter((line) => line.includes('Redis does not answer'));
    expect(warnings).toHaveLength(1);
  });
});

describe.runIf(hasRedis)(`several gateways with one Redis${withoutRedis}`, () => {
  it('count together', async () => {
    const redisUrl = await someRedis();
    const protection = { rateLimit: { perMinute: 3, redisUrl } };
    await using one = await startTinyGateway({ identify: believing, protection });
    await using two = await startTinyGateway({ identify: believing, protection });
    const actor = bearer(`person-${process.pid}-${Date.now()}0`);
    expect(await status(one, actor)).toBe(200);
    expect(await status(two, actor)).toBe(200);
    expect(await status(one, actor)).toBe(200);
    expect(await status(two, actor)).toBe(429);
    expect(await status(one, actor)).toBe(429);
  });

  it.runIf(redisProgram)('go on without it, and count again when it is back', async () => {
    const port = await freePort();
    const { log, lines } = keptLog('info');
    const first = await startRedis(port);
    await using gateway = await startTinyGateway({
      log,
      protection: { rateLimit: { perMinute: 1, redisUrl: `redis://127.0.0.1:${port}` } },
    });
    expect(await times(2, () => status(gateway))).toEqual([200, 429]);
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await times(3, () => status(gateway))).toEqual([200, 200, 200]);
    await startRedis(port);
    await expect.poll(() => status(gateway), { timeout: 10_000, interval: 200 }).toBe(429);
    const said = lines.map((line) => JSON.parse(line).msg as string);
    expect(said.filter((each) => !each.startsWith('Server listening'))).toEqual([
      'Redis does not answer, so nobody is held to the rate limit',
      'Requests are counted again',
    ]);
  });
});
