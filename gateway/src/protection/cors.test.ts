import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from '../gateway.js';
import { bearer } from '../identity.test-support.js';
import { ask, startTinyGateway } from '../tiny-graph.test-support.js';

const FRONT_END = 'https://anskaffelser.example.no';
const OTHER = 'http://localhost:3000';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway({ protection: { cors: { origins: [FRONT_END, OTHER] } } });
});
afterAll(() => gateway.close());

const preflight = ({ url }: { url: string }, origin: string) =>
  fetch(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  });

describe('a page of an origin that is allowed', () => {
  it.each([FRONT_END, OTHER])('may ask first, and keeps the answer: %s', async (origin) => {
    const { status, headers } = await preflight(gateway, origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-methods')).toBe('GET, POST, HEAD, PATCH, DELETE');
    expect(headers.get('access-control-allow-headers')).toMatch(/authorization, content-type/);
    expect(headers.get('access-control-max-age')).toBe('7200');
    expect(headers.get('vary')).toMatch(/origin/i);
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('may read the answer, and what to report and when to come back', async () => {
    const { headers, data } = await ask(gateway, '{ echo(text: "hei") }', { headers: { origin: FRONT_END } });
    expect(data).toEqual({ echo: 'hei' });
    expect(headers.get('access-control-allow-origin')).toBe(FRONT_END);
    for (const name of ['x-request-id', 'ratelimit-remaining', 'retry-after', 'www-authenticate']) {
      expect(headers.get('access-control-expose-headers')).toContain(name);
    }
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('may read why its token was refused', async () => {
    const { status, headers } = await ask(gateway, '{ whoami }', {
      headers: { origin: FRONT_END, ...bearer('x') },
    });
    expect(status).toBe(401);
    expect(headers.get('access-control-allow-origin')).toBe(FRONT_END);
  });
});

describe('a page of any other origin', () => {
  it.each([
    'https://evil.example',
    'null',
    `${FRONT_END}.evil.example`,
    'http://anskaffelser.example.no',
    `${FRONT_END}:8443`,
  ])('is not let in: %s', async (origin) => {
    const { headers } = await preflight(gateway, origin);
    expect(headers.has('access-control-allow-origin')).toBe(false);
    const answer = await ask(gateway, '{ __typename }', { headers: { origin } });
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('is every page when no origin is configured', async () => {
    await using closed = await startTinyGateway();
    const { headers } = await preflight(closed, FRONT_END);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
