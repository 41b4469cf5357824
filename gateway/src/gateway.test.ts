import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { ask, startTinyGateway } from './tiny-graph.test-support.js';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway();
});
afterAll(() => gateway.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}${path}`, { headers });

const firstError = async (response: Response) =>
  ((await response.json()) as { errors: { message: string; extensions: Record<string, unknown> }[] })
    .errors[0];

describe('queries by GET', () => {
  const path = `/graphql?query=${encodeURIComponent('query ($text: String!) { echo(text: $text) }')}&variables=${encodeURIComponent('{"text":"hei"}')}`;

  it('are answered', async () => {
    const response = await get(path, { 'apollo-require-preflight': '1' });
    expect(await response.json()).toEqual({ data: { echo: 'hei' } });
  });

  it('are refused from a page that a browser would let ask without a preflight', async () => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await firstError(response)).toMatchObject({
      message: expect.stringContaining('CSRF'),
      extensions: { code: 'BAD_USER_INPUT', reason: 'BAD_REQUEST' },
    });
  });

  it('cannot change anything', async () => {
    const response = await get(
      `/graphql?query=${encodeURIComponent('mutation { publish(id: "1") { id } }')}`,
      {
        'apollo-require-preflight': '1',
      },
    );
    expect(response.status).toBe(405);
  });
});

describe('CSRF', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded'])('a form’s %s is refused', async (type) => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: '{"query":"{ __typename }"}',
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect((await firstError(response))?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('the request id', () => {
  it('is the client’s own when it has one', async () => {
    const { headers } = await ask(gateway, '{ __typename }', { headers: { 'x-request-id': 'front-end-7' } });
    expect(headers.get('x-request-id')).toBe('front-end-7');
  });

  it('is a new one when the client’s could not stand in a log', async () => {
    const { headers } = await ask(gateway, '{ __typename }', { headers: { 'x-request-id': 'a b"c' } });
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('limits', () => {
  const nested = (depth: number) =>
    `{ suppliers ${'{ nested '.repeat(depth - 2)}{ name }${' }'.repeat(depth - 2)} }`;

  it('20 levels are answered, and 21 are refused in words', async () => {
    expect((await ask(gateway, nested(20))).errors).toBeUndefined();
    const { status, errors } = await ask(gateway, nested(21));
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: 'Spørringen er 21 nivåer dyp, og grensen er 20. Del den i flere.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('depth cannot be hidden in fragments', async () => {
    const query = `{ suppliers { ...a } } fragment a on Supplier { nested { ...b } } fragment b on Supplier ${'{ nested '.repeat(19)}{ name }${' }'.repeat(19)}`;
    expect((await ask(gateway, query)).errors?.[0].message).toContain('nivåer dyp');
  });

  it('fragments that spread themselves are refused, not followed', async () => {
    const { errors } = await ask(
      gateway,
      '{ suppliers { ...a } } fragment a on Supplier { nested { ...a } }',
    );
    expect(errors?.[0].message).toContain('Cannot spread fragment');
  });

  it('fragments that double at every level are refused at once', async () => {
    const levels = Array.from(
      { length: 60 },
      (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`,
    );
    const began = performance.now();
    const { errors } = await ask(
      gateway,
      `{ ...f0 } ${levels.join(' ')} fragment f60 on Query { __typename }`,
    );
    expect(errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('a hundred fields at the root are answered, and more are refused', async () => {
    const wide = (count: number) =>
      `{ ${Array.from({ length: count }, (_, i) => `a${i}: echo(text: "x")`).join(' ')} }`;
    expect((await ask(gateway, wide(100))).errors).toBeUndefined();
    expect((await ask(gateway, wide(101))).errors?.[0].message).toContain('101 felter øverst');
  });

  it('fields are counted as often as their fragment is spread, and more than 5 000 are refused', async () => {
    const doubled = (levels: number) =>
      Array.from(
        { length: levels },
        (_, at) => `fragment f${at} on Query { ${at === 0 ? '__typename' : `...f${at - 1} ...f${at - 1}`} }`,
      ).join('\n');
    const { status, errors } = await ask(gateway, `{ ...f13 } ${doubled(14)}`);
    expect(status).toBe(400);
    expect(errors?.map(({ message }: { message: string }) => message)).toContainEqual(
      expect.stringContaining('8192 felter i alt'),
    );
  });

  it('documents of more than 5 000 tokens are refused', async () => {
    const { status, errors } = await ask(gateway, `{ ${'__typename '.repeat(15_001)} }`);
    expect(status).toBe(400);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('5000 tokens'),
      extensions: { code: 'BAD_USER_INPUT', reason: 'GRAPHQL_PARSE_FAILED' },
    });
  });

  it('the schema itself can still be read', async () => {
    expect((await ask(gateway, getIntrospectionQuery())).errors).toBeUndefined();
  });
});

describe('what is not GraphQL', () => {
  it('a body that is no JSON is refused in GraphQL’s manner', async () => {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":',
    });
    expect(response.status).toBe(400);
    expect((await firstError(response))?.message).toContain('lar seg ikke lese');
  });

  it('an address where nothing is says where GraphQL is', async () => {
    const response = await get('/grafql');
    expect(response.status).toBe(404);
    expect((await firstError(response))?.message).toContain('/graphql');
  });

  it('a page for people is not fetched from anybody else', async () => {
    const response = await get('/graphql', { accept: 'text/html' });
    expect(await response.text()).not.toMatch(/https:\/\//);
  });
});

describe('without introspection', () => {
  it('neither the schema nor its names can be read', async () => {
    await using closed = await startTinyGateway({ introspection: false, playground: true });
    expect((await ask(closed, '{ __schema { types { name } } }')).errors?.[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'GRAPHQL_VALIDATION_FAILED',
    });
    expect((await ask(closed, '{ tender { title } }')).text).not.toContain('tenders');
    expect((await fetch(closed.url)).status).toBe(404);
    expect((await ask(closed, '{ tenders { title } }')).data.tenders).toHaveLength(1);
  });
});

describe('the query plan', () => {
  it('is nobody’s business', async () => {
    const { text } = await ask(gateway, '{ tenders { supplier { name } } }', {
      headers: { 'apollo-query-plan-experimental': '1' },
    });
    expect(text).not.toMatch(/queryplan|Fetch/i);
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('is up while its services are not, and may not speak of their health at all', async () => {
    await using alone = await startTinyGateway({ isReady: async () => false });
    const response = await fetch(`${alone.url}/health`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('is not ready until the host says so, and tells of each service', async () => {
    await using waiting = await startTinyGateway({
      isReady: async () => false,
      services: async () => ({ tenders: 'up', suppliers: 'down' }),
    });
    const response = await fetch(`${waiting.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 'unavailable',
      services: { tenders: 'up', suppliers: 'down' },
    });
    expect((await fetch(`${waiting.url}/health/live`)).status).toBe(200);
  });

  it('is not ready while the gateway stops, and what is in flight is finished', async () => {
    const stopping = await startTinyGateway({ drainDelay: 300 });
    const inFlight = ask(stopping, '{ slow(milliseconds: 800) }');
    await delay(100);
    const closed = stopping.close();
    const response = await fetch(`${stopping.url}/health/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'stopping' });
    expect((await inFlight).data).toEqual({ slow: 'done' });
    const began = performance.now();
    await closed;
    expect(performance.now() - began).toBeLessThan(2_000);
    await expect(fetch(stopping.url)).rejects.toThrow();
  });

  it('closing twice is closing once', async () => {
    const closing = await startTinyGateway();
    await Promise.all([closing.close(), closing.close()]);
  });
});

describe('a caller in the same process', () => {
  it('gets the same answers without HTTP', async () => {
    expect(await gateway.execute({ query: '{ tenders { supplier { name } } }' })).toEqual({
      data: { tenders: [{ supplier: { name: 'Brønn og Sønn' } }] },
    });
    const { errors } = await gateway.execute({ query: '{ refused }' }, { 'accept-language': 'en' });
    expect(errors?.[0]?.message).toBe('The deadline has passed.');
  });
});

describe('telemetry', () => {
  it('is off', () => {
    expect(process.env.APOLLO_TELEMETRY_DISABLED).toBe('1');
  });
});

// The bundle is made by `npm run build`, which a unit test must not need.
describe.runIf(existsSync(new URL('../dist/playground/bundle/index.html', import.meta.url)))(
  'the playground',
  () => {
    it('is a page with a policy that lets nothing in from outside', async () => {
      await using open = await startTinyGateway({ playground: true });
      const response = await fetch(open.url);
      expect(await response.text()).toContain('<title>Samspill</title>');
      expect(response.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; script-src 'self';/,
      );
      expect(response.headers.get('content-security-policy')).not.toMatch(/https?:/);
    });
  },
);
