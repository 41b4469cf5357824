import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inProcess } from './in-process-data-source.js';
import { subgraphDataSource } from './subgraph-data-source.js';
import { ask, serveTiny, startTinyGateway, suppliers, tenders } from './tiny-graph.test-support.js';

const QUERY = '{ tenders { title supplier { organisationNumber name } } }';

/** The tenders service answers in process, the suppliers service over HTTP at `url`. */
const gatewayWithSuppliersAt = (url: string, timeout = 2_000, log = pino({ level: 'silent' })) =>
  startTinyGateway({
    log,
    dataSource: (name) =>
      name === 'tenders' ? inProcess(tenders) : subgraphDataSource({ name, url, timeout }),
  });

async function misbehaving(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

describe('a service that is down', () => {
  it('costs its own part of the answer, and nothing more, until it is back', async () => {
    const first = await serveTiny(suppliers);
    await using gateway = await gatewayWithSuppliersAt(first.url);
    const whole = {
      tenders: [
        { title: 'Tomter skole', supplier: { organisationNumber: '974760673', name: 'Brønn og Sønn' } },
      ],
    };
    expect(await ask(gateway, QUERY)).toMatchObject({ status: 200, data: whole, errors: undefined });

    await first.close();
    const partial = await ask(gateway, QUERY);
    expect(partial.status).toBe(200);
    expect(partial.data).toEqual({
      tenders: [{ title: 'Tomter skole', supplier: { organisationNumber: '974760673', name: null } }],
    });
    expect(partial.errors).toEqual([
      {
        message:
          'Tjenesten «suppliers» svarer ikke akkurat nå, så dens del av svaret mangler. Prøv igjen om litt.',
        path: ['tenders'],
        extensions: { code: 'SERVICE_UNAVAILABLE', service: 'suppliers' },
      },
    ]);
    expect(partial.text).not.toMatch(/127\.0\.0\.1|ECONN|graphql"/);

    const second = await serveTiny(suppliers, first.port);
    onTestFinished(() => second.close());
    expect(await ask(gateway, QUERY)).toMatchObject({ status: 200, data: whole, errors: undefined });
  });

  it('is told of once, however often it was asked, with the place that has all it lacks in it', async () => {
    await using gateway = await gatewayWithSuppliersAt('http://127.0.0.1:9/graphql');
    const answer = await ask(
      gateway,
      '{ tenders { title one: supplier { name } other: supplier { nested { name } } } }',
    );
    expect(answer.data.tenders[0].title).toBe('Tomter skole');
    expect(answer.errors).toMatchObject([{ path: ['tenders'], extensions: { service: 'suppliers' } }]);
    const apart = await ask(gateway, '{ tenders { supplier { name } } suppliers { name } }');
    expect(apart.errors).toHaveLength(1);
    expect(apart.errors?.[0]).not.toHaveProperty('path');
  });

  it('is named in the reader’s language', async () => {
    await using gateway = await gatewayWithSuppliersAt('http://127.0.0.1:9/graphql');
    const { errors } = await ask(gateway, '{ suppliers { name } }', { headers: { 'accept-language': 'en' } });
    expect(errors?.[0].message).toMatch(/^The service "suppliers" does not answer right now/);
  });

  it('leaves a change in doubt, and says so', async () => {
    await using gateway = await startTinyGateway({
      dataSource: (name) => subgraphDataSource({ name, url: 'http://127.0.0.1:9/graphql' }),
    });
    const { errors } = await ask(gateway, 'mutation { publish(id: "1") { id } }');
    expect(errors?.[0].message).toContain('vi vet ikke om endringen ble gjort');
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['answers 500 with a page', (_, response) => response.writeHead(500).end('<html>secret stack</html>')],
    [
      'answers 503 with JSON',
      (_, response) => response.writeHead(503).end('{"errors":[{"message":"secret"}]}'),
    ],
    ['answers something that is not JSON', (_, response) => response.end('secret')],
    ['answers JSON that is not GraphQL', (_, response) => response.end('{"secret": true}')],
    ['hangs up', (request) => request.socket.destroy()],
    [
      'stops in the middle',
      (_, response) => {
        response.writeHead(200, { 'content-length': 1000 }).write('{"data":');
      },
    ],
  ])('counts as down when it %s', async (_, listener) => {
    await using gateway = await gatewayWithSuppliersAt(await misbehaving(listener), 300);
    const answer = await ask(gateway, QUERY);
    expect(answer.data.tenders[0].title).toBe('Tomter skole');
    expect(answer.errors).toMatchObject([
      { extensions: { code: 'SERVICE_UNAVAILABLE', service: 'suppliers' } },
    ]);
    expect(answer.text).not.toContain('secret');
  });

  it('is explained in the log', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
    const url = await misbehaving((_, response) => response.writeHead(502).end('upstream gone'));
    await using gateway = await gatewayWithSuppliersAt(url, 300, log);
    await ask(gateway, QUERY, { headers: { 'x-request-id': 'to-be-found' } });
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { service: 'suppliers', requestId: 'to-be-found', err: { message: 'HTTP 502: upstream gone' } },
    ]);
  });
});

describe('a value that only the service can judge', () => {
  it.each([
    ['in this process', 'as a literal'],
    ['in this process', 'as a variable'],
    ['over HTTP', 'as a literal'],
    ['over HTTP', 'as a variable'],
  ])('is refused in words: %s, %s', async (where, how) => {
    const served = await serveTiny(tenders);
    onTestFinished(() => served.close());
    await using gateway = await startTinyGateway({
      dataSource: (name) =>
        where === 'over HTTP' ? subgraphDataSource({ name, url: served.url }) : inProcess(tenders),
    });
    const answer =
      how === 'as a literal'
        ? await ask(gateway, '{ strict(number: "12") tenders { title } }')
        : await ask(gateway, 'query ($n: StrictNumber!) { strict(number: $n) }', { variables: { n: '12' } });
    expect(answer.errors).toMatchObject([
      { message: 'Nummeret er ikke gyldig.', extensions: { code: 'BAD_USER_INPUT', service: 'tenders' } },
    ]);
  });
});

describe('a service over HTTP', () => {
  it('gets the request’s id and language, and no other header of the client', async () => {
    const served = await serveTiny(tenders);
    onTestFinished(() => served.close());
    await using gateway = await startTinyGateway({
      dataSource: (name) => subgraphDataSource({ name, url: served.url }),
    });
    const { data } = await ask(gateway, '{ headers }', {
      headers: { 'x-request-id': 'r-1', 'accept-language': 'nn', 'x-secret': 'no', cookie: 'no' },
    });
    const headers = JSON.parse(data.headers);
    expect(headers).toMatchObject({ 'x-request-id': 'r-1', 'accept-language': 'nn' });
    expect(headers).not.toHaveProperty('x-secret');
    expect(headers).not.toHaveProperty('cookie');
  });

  it('has its own refusals passed on', async () => {
    const served = await serveTiny(tenders);
    onTestFinished(() => served.close());
    await using gateway = await startTinyGateway({
      dataSource: (name) => subgraphDataSource({ name, url: served.url }),
    });
    const { errors } = await ask(gateway, '{ refused }', { headers: { 'accept-language': 'en' } });
    expect(errors).toMatchObject([{ message: 'The deadline has passed.', extensions: { code: 'CONFLICT' } }]);
  });
});
