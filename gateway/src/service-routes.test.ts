import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ASSERTION_HEADER } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { bearer, believing, person } from './identity.test-support.js';
import type { RequestScope } from './request-scope.js';
import { serviceRouteProxy } from './service-route-proxy.js';
import { keptLog, startTinyGateway } from './tiny-graph.test-support.js';

const MEGABYTE = 1024 * 1024;

/** A service's routes, which say what they were asked. */
const calls: { url: string; headers: Record<string, string>; scope: RequestScope; bytes: number }[] = [];
const listening = async (request: Request, scope: RequestScope): Promise<Response> => {
  let bytes = 0;
  for await (const chunk of request.body ?? []) bytes += (chunk as Uint8Array).length;
  calls.push({ url: request.url, headers: Object.fromEntries(request.headers), scope, bytes });
  return new Response('heard', {
    status: 201,
    headers: { 'x-heard': 'yes', 'content-type': 'text/calendar' },
  });
};

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway({ identify: believing, serviceRoutes: { tenders: listening } });
});
afterAll(() => gateway.close());

describe('a route of a service', () => {
  it('is asked below its name, and its answer handed back', async () => {
    const response = await fetch(`${gateway.url}/tenders/calendar/all.ics?a=1`);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/calendar');
    expect(response.headers.get('x-heard')).toBe('yes');
    expect(await response.text()).toBe('heard');
    expect(new URL(calls.at(-1)?.url as string).pathname).toBe('/tenders/calendar/all.ics');
    expect(new URL(calls.at(-1)?.url as string).search).toBe('?a=1');
  });

  it('is told who asks, and never the token', async () => {
    await fetch(`${gateway.url}/tenders/x`, {
      headers: { ...bearer('person-ingrid'), 'x-secret': 's', cookie: 'c=1' },
    });
    const { scope, headers } = calls.at(-1) as (typeof calls)[number];
    expect(scope.identity).toEqual(person('person-ingrid'));
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('x-secret');
    expect(headers).not.toHaveProperty('cookie');
  });

  it('refuses a token that is not believed, before the service hears of it', async () => {
    const before = calls.length;
    const response = await fetch(`${gateway.url}/tenders/x`, { headers: { authorization: 'Bearer x' } });
    expect(response.status).toBe(401);
    expect(calls.length).toBe(before);
  });

  it('gets a body as it comes, larger than what a query may be', async () => {
    const response = await fetch(`${gateway.url}/tenders/upload`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '7' },
      body: new Uint8Array(20 * MEGABYTE),
    });
    expect(response.status).toBe(201);
    expect(calls.at(-1)).toMatchObject({ bytes: 20 * MEGABYTE, headers: { 'upload-offset': '7' } });
  });

  it('is none where the service has no routes', async () => {
    expect((await fetch(`${gateway.url}/suppliers/x`)).status).toBe(404);
  });
});

describe('a service in another process', () => {
  async function through(url: string) {
    const kept = keptLog();
    const sign = (identity: { kind: string }, call: string) => `${identity.kind} ${call}`;
    const proxy = serviceRouteProxy({ name: 'tenders', url, timeout: 2_000, sign, log: kept.log });
    const running = await startTinyGateway({ identify: believing, serviceRoutes: { tenders: proxy } });
    onTestFinished(() => running.close());
    return { running, kept };
  }

  it('is told who asks by our word for this very call', async () => {
    const heard: { url?: string; assertion?: unknown; bytes: number } = { bytes: 0 };
    const server = createServer(async (request, response) => {
      heard.url = request.url;
      heard.assertion = request.headers[ASSERTION_HEADER];
      for await (const chunk of request) heard.bytes += (chunk as Buffer).length;
      response.writeHead(204, { etag: '"1"' }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { running } = await through(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
    const response = await fetch(`${running.url}/tenders/upload?b=2`, {
      method: 'PATCH',
      headers: bearer('person-ingrid'),
      body: new Uint8Array(3 * MEGABYTE),
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(heard).toEqual({
      url: '/tenders/upload?b=2',
      assertion: 'PERSON PATCH /tenders/upload?b=2',
      bytes: 3 * MEGABYTE,
    });
  });

  it('that does not answer is said to be away, and nothing of where it is', async () => {
    const { running, kept } = await through('http://127.0.0.1:1/graphql');
    const response = await fetch(`${running.url}/tenders/calendar/all.ics`);
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text).errors[0].extensions.code).toBe('SERVICE_UNAVAILABLE');
    expect(text).not.toContain('127.0.0.1');
    expect(kept.text()).toContain('did not answer at its routes');
  });
});
