import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createSecureServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { certificate, key } from './localhost-certificate.test-support.js';
import { ServiceConnections } from './service-connections.js';

const REQUEST = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}';
const answer = (body: string, headers = '') =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${headers}\r\n${body}`;

/** A service that is told of each request: on which of its connections, and the how manieth of all. */
async function service(
  onRequest: (socket: Socket, connection: number, request: number) => void,
  options: { most?: number; timeout?: number } = {},
) {
  let connections = 0;
  let requests = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const connection = ++connections;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', () => onRequest(socket, connection, ++requests));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const calls = new ServiceConnections({ origin, most: 8, timeout: 2_000, ...options });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await calls[Symbol.asyncDispose]();
  });
  return { calls, sockets, connections: () => connections, requests: () => requests };
}

const query = (calls: ServiceConnections) => calls.ask(REQUEST, true);
const change = (calls: ServiceConnections) => calls.ask(REQUEST, false);

it('a connection is kept, and used for the next call', async () => {
  const { calls, connections } = await service((socket) => socket.write(answer('{}')));
  for (let i = 0; i < 5; i++) expect(await query(calls)).toEqual({ status: 200, body: '{}' });
  expect(connections()).toBe(1);
});

it('calls at the same time have connections of their own, as many as there may be, and the rest wait', async () => {
  const { calls, connections } = await service(
    (socket, _, request) => void delay(20).then(() => socket.write(answer(`${request}`))),
    { most: 3 },
  );
  const answers = await Promise.all(Array.from({ length: 10 }, () => query(calls)));
  expect(answers.map(({ body }) => Number(body)).sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
  expect(connections()).toBe(3);
});

it('a connection that the service wants no more of is not used again', async () => {
  const { calls, connections } = await service((socket) =>
    socket.write(answer('{}', 'connection: close\r\n')),
  );
  await query(calls);
  await query(calls);
  expect(connections()).toBe(2);
});

it('a connection is not used again when the service is about to end it', async () => {
  const { calls, connections } = await service((socket) =>
    socket.write(answer('{}', 'keep-alive: timeout=1\r\n')),
  );
  await query(calls);
  await query(calls);
  expect(connections()).toBe(2);
});

it('one that was ended while nobody used it is not used again, by changes neither', async () => {
  const { calls, sockets, connections } = await service((socket) => socket.write(answer('{}')));
  await query(calls);
  for (const socket of sockets) socket.end();
  await delay(50);
  expect(await change(calls)).toEqual({ status: 200, body: '{}' });
  expect(connections()).toBe(2);
});

/** Answers the first request and hangs up on the second, which comes on the kept connection. */
const staleOnce = (socket: Socket, _connection: number, request: number) =>
  request === 2 ? socket.destroy() : socket.write(answer('{}'));

it('a query is asked once more when its kept connection has just ended', async () => {
  const { calls, requests } = await service(staleOnce);
  await query(calls);
  expect(await query(calls)).toEqual({ status: 200, body: '{}' });
  expect(requests()).toBe(3);
});

it('a change is never asked twice', async () => {
  const { calls, requests } = await service(staleOnce);
  await query(calls);
  await expect(change(calls)).rejects.toThrow();
  expect(requests()).toBe(2);
});

it('a query is not asked twice on new connections, nor a third time', async () => {
  const { calls, requests } = await service((socket, _, request) =>
    request === 1 ? socket.write(answer('{}')) : socket.destroy(),
  );
  await query(calls);
  await expect(query(calls)).rejects.toThrow();
  expect(requests()).toBe(3);
  await expect(query(calls)).rejects.toThrow();
  expect(requests()).toBe(4);
});

it('nothing is asked twice of which a part of an answer has come', async () => {
  const { calls, requests } = await service((socket, _, request) => {
    if (request === 1) socket.write(answer('{}'));
    else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{');
  });
  await query(calls);
  await expect(query(calls)).rejects.toThrow('closed');
  expect(requests()).toBe(2);
});

it('a call that is overdue ends, its connection with it, and those that waited go on', async () => {
  const { calls, connections } = await service(
    (socket, connection) => (connection === 1 ? undefined : socket.write(answer('{}'))),
    { most: 1, timeout: 300 },
  );
  const began = performance.now();
  const overdue = expect(query(calls)).rejects.toThrow('did not answer within 300 ms');
  await delay(150);
  const waiting = query(calls);
  await overdue;
  expect(performance.now() - began).toBeLessThan(1_500);
  expect(await waiting).toEqual({ status: 200, body: '{}' });
  expect(connections()).toBe(2);
});

it('one that still waits for a connection is overdue as well', async () => {
  const { calls, connections } = await service(() => undefined, { most: 0, timeout: 200 });
  await expect(query(calls)).rejects.toThrow('did not answer within 200 ms');
  expect(connections()).toBe(0);
});

it('an answer that drips is overdue as a whole', async () => {
  const { calls } = await service(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
      const dripping = setInterval(() => socket.write('x'), 50);
      socket.on('close', () => clearInterval(dripping));
    },
    { timeout: 300 },
  );
  await expect(query(calls)).rejects.toThrow('did not answer within 300 ms');
});

it('an answer that nobody asked for is never taken for the next one', async () => {
  const { calls, connections } = await service((socket, connection, request) => {
    socket.write(answer(`"${request}"`));
    if (connection === 1) setTimeout(() => socket.write(answer('"forged"')), 20);
  });
  expect(await query(calls)).toEqual({ status: 200, body: '"1"' });
  await delay(60);
  expect(await query(calls)).toEqual({ status: 200, body: '"2"' });
  expect(connections()).toBe(2);
});

it('what is no HTTP is an error', async () => {
  const { calls } = await service((socket) => socket.write('hello\r\n\r\n'));
  await expect(query(calls)).rejects.toThrow('does not begin as one of HTTP/1.1');
});

it('a service that nobody runs is an error at once', async () => {
  await using calls = new ServiceConnections({
    origin: new URL('http://127.0.0.1:9'),
    most: 2,
    timeout: 5_000,
  });
  const began = performance.now();
  await expect(query(calls)).rejects.toThrow('ECONNREFUSED');
  expect(performance.now() - began).toBeLessThan(2_000);
});

it('closing waits for what is asked', async () => {
  const { calls, sockets } = await service(
    (socket) => void delay(100).then(() => socket.write(answer('{}'))),
  );
  const asked = query(calls);
  await calls[Symbol.asyncDispose]();
  expect(await asked).toEqual({ status: 200, body: '{}' });
  await expect
    .poll(() => [...sockets].every((socket) => socket.destroyed || socket.readableEnded))
    .toBe(true);
});

describe('over TLS', () => {
  async function secureService(host: string) {
    let requests = 0;
    const server = createSecureServer({ cert: certificate, key }, (socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => {
        requests++;
        socket.write(answer('{}'));
      });
    }).listen(0, '127.0.0.1');
    server.on('tlsClientError', () => undefined);
    await once(server, 'listening');
    const origin = new URL(`https://${host}:${(server.address() as AddressInfo).port}`);
    const calls = new ServiceConnections({ origin, most: 8, timeout: 2_000 });
    onTestFinished(async () => {
      await calls[Symbol.asyncDispose]();
      server.close();
    });
    return { calls, requests: () => requests };
  }

  function believeIt() {
    const before = getCACertificates();
    setDefaultCACertificates([...before, certificate]);
    onTestFinished(() => setDefaultCACertificates(before));
  }

  it('a service is asked whose certificate somebody vouches for', async () => {
    believeIt();
    const { calls } = await secureService('localhost');
    for (let i = 0; i < 2; i++) expect(await query(calls)).toEqual({ status: 200, body: '{}' });
  });

  it.each([
    ['nobody vouches for', 'localhost', () => undefined, 'self-signed certificate'],
    ['is another’s', '127.0.0.1', believeIt, "does not match certificate's altnames"],
  ])('nothing is sent to one whose certificate %s', async (_, host, prepare, message) => {
    prepare();
    const { calls, requests } = await secureService(host);
    await expect(query(calls)).rejects.toThrow(message);
    expect(requests()).toBe(0);
  });
});
