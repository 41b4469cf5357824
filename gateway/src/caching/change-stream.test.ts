import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { everybody, type Identity, scopes } from '@samspill/identity';
import type { Service } from '@samspill/subgraph';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keptLog, serveTiny, tenders } from '../tiny-graph.test-support.js';
import { changeStream } from './change-stream.js';

type GenerationListener = Parameters<Service['followChanges']>[0];

const gateway: Identity = {
  kind: 'SERVICE',
  issuer: 'samspill',
  clientId: 'gateway',
  organisation: null,
  scopes: [scopes.followChanges],
};

/** A service whose changes a test makes up. */
function changingService() {
  const listeners = new Set<GenerationListener>();
  let generation: string | null = '1';
  return {
    service: {
      ...tenders,
      followChanges: (listener: GenerationListener) => {
        listeners.add(listener);
        listener(generation);
        return () => void listeners.delete(listener);
      },
    },
    listeners,
    is(now: string | null) {
      generation = now;
      for (const listener of listeners) listener(now);
    },
  };
}

/** What a gateway hears of what answers at this address, in order: generations, and null for nobody. */
function hearing(port: number) {
  const heard: (string | null)[] = [];
  const { log, text } = keptLog();
  const signed: [Identity, string][] = [];
  const stop = changeStream({
    name: 'tenders',
    url: `http://127.0.0.1:${port}/graphql`,
    sign: (identity, call) => {
      signed.push([identity, call]);
      return 'signed';
    },
    log,
  })({ heard: (each) => heard.push(each), lost: () => heard.push(null) });
  onTestFinished(async () => void (await stop()));
  const last = (expected: string | null, timeout = 1_000) =>
    vi.waitFor(() => expect(heard.at(-1)).toBe(expected), { timeout, interval: 5 });
  return { heard, last, log: text, signed, stop };
}

async function fake(answer: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, port: (server.address() as AddressInfo).port };
}

it('hears at once what the service is at, and whenever that changes', async () => {
  const { service, is, listeners } = changingService();
  const served = await serveTiny(service, 0, () => gateway);
  onTestFinished(() => served.close());
  const { last, signed, stop } = hearing(served.port);
  await last('1');
  is('2');
  await last('2');
  is(null);
  await last(null);
  is('3');
  await last('3');
  expect(signed[0]).toEqual([gateway, 'GET /changes']);
  await stop();
  await vi.waitFor(() => expect(listeners.size, 'the service forgets who has left').toBe(0));
});

it('knows nothing while the service is away, and hears of it again when it is back', async () => {
  const { service } = changingService();
  const first = await serveTiny(service, 0, () => gateway);
  const { heard, last, log } = hearing(first.port);
  await last('1');
  await first.close();
  await last(null);
  expect(log()).toContain('Nobody says what changes');
  const second = await serveTiny(service, first.port, () => gateway);
  onTestFinished(() => second.close());
  await last('1', 10_000);
  expect(heard.filter((each) => each === null).length).toBeGreaterThan(0);
});

it('knows nothing when a service falls silent without hanging up', async () => {
  const { port } = await fake((_request, response) => {
    response.writeHead(200).write('{"generation":"1"}\n');
  });
  const { last } = hearing(port);
  await last('1');
  await last(null, 6_000);
});

it.each([
  ['what is no line of changes', 200, 'hello\n'],
  ['a line without end', 200, 'x'.repeat(100_000)],
  ['a refusal', 401, '{"generation":"1"}\n'],
  ['nothing', 200, ''],
])('knows nothing from %s', async (_, status, text) => {
  let asked = 0;
  const { port } = await fake((_request, response) => {
    asked++;
    response.writeHead(status).end(text);
  });
  const { heard } = hearing(port);
  await vi.waitFor(() => expect(asked).toBeGreaterThan(2), { timeout: 3_000 });
  expect(heard.filter((each) => each !== null)).toEqual([]);
});

it.each([
  ['the public', everybody],
  ['a machine without the scope', { ...gateway, scopes: [scopes.importNotices] }],
] as const)('is told nothing: %s', async (_, identity) => {
  const { service, listeners } = changingService();
  const served = await serveTiny(service, 0, () => identity as Identity);
  onTestFinished(() => served.close());
  const response = await fetch(`http://127.0.0.1:${served.port}/changes`);
  expect(response.status).toBe(403);
  expect(listeners.size).toBe(0);
});
