import { composeServices } from '@apollo/composition';
import { ApolloServer } from '@apollo/server';
import { parse } from 'graphql';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { GatewayOptions } from '../gateway.js';
import { bearer, believing } from '../identity.test-support.js';
import { inProcess } from '../in-process-data-source.js';
import { exchange, type RawAnswer, type RawRequest } from '../raw-http.test-support.js';
import type { ServiceDataSource } from '../service-data-source.js';
import { subgraphDataSource } from '../subgraph-data-source.js';
import { startTinyGateway, suppliers, tenders } from '../tiny-graph.test-support.js';
import { KnownOperations } from './known-operations.js';

const json = (query: string, more: object = {}) => JSON.stringify({ query, ...more });
const NESTED = '{ tenders { id title supplier { organisationNumber name } } }';
const ECHO = 'query ($text: String!) { echo(text: $text) }';
const PAGES =
  'query ($n: Int) { many(first: $n) { nodes { more(first: $n) { nodes { more(first: $n) { nodes { id } } } } } } }';
const TWO = 'query A { echo(text: "a") } query B { echo(text: "b") }';
const ORIGIN = 'https://anskaffelser.example.no';

const onePlace: Partial<GatewayOptions> = {
  identify: believing,
  protection: { cors: { origins: [ORIGIN] }, headers: { hsts: true } },
  // One of the two services is down.
  dataSource: (name) =>
    name === 'tenders' ? inProcess(tenders) : subgraphDataSource({ name, url: 'http://127.0.0.1:9/graphql' }),
};

/** How many requests have gone past the fast lane. */
function usualWay() {
  const spy = vi.spyOn(ApolloServer.prototype, 'executeHTTPGraphQLRequest');
  onTestFinished(() => spy.mockRestore());
  return () => spy.mock.calls.length;
}

afterEach(() => vi.restoreAllMocks());

const UUID = /[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g;
const comparable = ({ status, headers, body }: RawAnswer) =>
  JSON.stringify({ status, headers, body }, null, 1).replace(UUID, 'some id');

const asked = (query: string, more: object = {}, headers: RawRequest['headers'] = {}): RawRequest => ({
  headers,
  body: json(query, more),
});

describe.each<[string, Partial<GatewayOptions>]>([
  ['where everything answers', { identify: believing }],
  ['where browsers come from elsewhere and a service is down', onePlace],
  ['where answers to the public are kept', { identify: believing, caching: { defaultMaxAge: 60 } }],
])('both ways, %s', (_, options) => {
  /** What the fast lane answers itself, once it has seen the like. */
  it.each<[string, RawRequest]>([
    ['a query', asked(NESTED)],
    ['with a variable', asked(ECHO, { variables: { text: 'blåbær «ø» 日本 \u2028 "q" \\' } })],
    ['with a variable too much', asked(ECHO, { variables: { text: 'x', other: [1, { a: null }] } })],
    [
      'a variable that is nested very deep',
      {
        body: `{"query":${JSON.stringify(NESTED)},"variables":{"deep":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`,
      },
    ],
    ['an operation by its name', asked(TWO, { operationName: 'B' })],
    ['names that are null', asked('{ echo(text: "x") }', { operationName: null, variables: null })],
    ['a client that tells its name', asked(NESTED, { extensions: { clientLibrary: { name: 'x' } } })],
    ['asked in English', asked(NESTED, {}, { 'accept-language': 'en-GB,en;q=0.9' })],
    ['with an id', asked(NESTED, {}, { 'x-request-id': 'front-end-7' })],
    ['with an id that no log takes', asked(NESTED, {}, { 'x-request-id': 'a b"c' })],
    ['a fault of ours', asked('{ broken tenders { title } }', {}, { 'x-request-id': 'r-1' })],
    ['a refusal in words', asked('{ refused }', {}, { 'accept-language': 'nn' })],
    ['what wants a login', asked('{ mine echo(text: "x") }')],
    ['a hole', asked('{ hole { supplier { name } title } }')],
    [
      'a value that a service refuses',
      asked('query ($n: StrictNumber!) { strict(number: $n) }', { variables: { n: 1 } }),
    ],
    ['what a service is told', asked('{ headers whoami }', {}, { 'x-secret': 'no', 'x-request-id': 'r-2' })],
    ['a person', asked('{ whoami }', {}, bearer('person-10'))],
    ['a machine', asked('{ whoami }', {}, bearer('importer'))],
    ['a page size that is small', asked(PAGES, { variables: { n: 2 } })],
    ['a change', asked('mutation { publish(id: "1") { id } }')],
    ['a page that is let in', asked(NESTED, {}, { origin: ORIGIN })],
    ['a page that is not let in', asked(NESTED, {}, { origin: 'https://evil.example' })],
    ['anything is accepted', asked(NESTED, {}, { accept: '*/*' })],
    ['GraphQL’s own type is accepted', asked(NESTED, {}, { accept: 'application/graphql-response+json' })],
    ['a type with a charset', asked(NESTED, {}, { 'content-type': 'application/json; charset=utf-8' })],
    ['a key that JSON has twice', { body: '{"query":"{ __typename }","query":"{ echo(text: \\"x\\") }"}' }],
    [
      'bytes that are no UTF-8',
      { body: Buffer.from(json(ECHO, { variables: { text: 'bl\xe5' } }), 'latin1') },
    ],
    ['a typename alone', asked('{ __typename tenders { __typename } }')],
    ['aliases', asked('{ __proto__: echo(text: "a") b: echo(text: "b") a: tenders { t: title } }')],
  ])('say the same, and the fast lane answers: %s', async (_name, request) => {
    await using gateway = await startTinyGateway(options);
    const usual = await exchange(gateway.url, request, true);
    const calls = usualWay();
    const fast = await exchange(gateway.url, request);
    expect(comparable(fast)).toBe(comparable(usual));
    expect(calls()).toBe(0);
  });

  /** What goes the usual way though something like it is known. `first` is what makes it known. */
  it.each<[string, RawRequest, RawRequest?]>([
    [
      'a variable of another type',
      asked(ECHO, { variables: { text: 7 } }),
      asked(ECHO, { variables: { text: 'x' } }),
    ],
    ['a variable that is missing', asked(ECHO), asked(ECHO, { variables: { text: 'x' } })],
    [
      'a variable that is null',
      asked(ECHO, { variables: { text: null } }),
      asked(ECHO, { variables: { text: 'x' } }),
    ],
    [
      'NUL in a variable',
      asked(ECHO, { variables: { text: 'a\u0000b' } }),
      asked(ECHO, { variables: { text: 'x' } }),
    ],
    ['NUL in the query', asked('{ echo(text: "a\\u0000b") }')],
    [
      'a page size that is too dear',
      asked(PAGES, { variables: { n: 200 } }),
      asked(PAGES, { variables: { n: 1 } }),
    ],
    ['a name that no operation has', asked(TWO, { operationName: 'C' }), asked(TWO, { operationName: 'A' })],
    ['no name where there are two', asked(TWO), asked(TWO, { operationName: 'A' })],
    ['an empty name', asked(TWO, { operationName: '' }), asked(TWO, { operationName: 'A' })],
    ['variables that are a list', asked(NESTED, { variables: [] }), asked(NESTED)],
    ['variables that are text', asked(NESTED, { variables: '{}' }), asked(NESTED)],
    ['extensions that are text', asked(NESTED, { extensions: 'x' }), asked(NESTED)],
    [
      'a persisted query',
      asked(NESTED, { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } }),
      asked(NESTED),
    ],
    ['a batch', { body: `[${json(NESTED)}]` }, asked(NESTED)],
    ['no JSON', { body: '{"query":' }],
    ['no body', { body: '' }],
    ['no query', { body: '{}' }],
    ['a prototype', { body: `${json(NESTED).slice(0, -1)},"__proto__":{}}` }, asked(NESTED)],
    ['a query that is no text', { body: '{"query":{"kind":"Document"}}' }],
    ['what is no GraphQL', asked('{ tenders {')],
    ['what the schema has not', asked('{ nothing }')],
    ['what the schema says of itself', asked('{ __schema { queryType { name } } }')],
    ['a token that is not believed', asked(NESTED, {}, bearer('!EXPIRED')), asked(NESTED)],
    ['a token that nobody can check', asked(NESTED, {}, bearer('!ISSUER_UNREACHABLE')), asked(NESTED)],
    ['what is no token', asked(NESTED, {}, { authorization: 'Basic eDp5' }), asked(NESTED)],
    ['a token that is too large', asked(NESTED, {}, bearer('x'.repeat(9_000))), asked(NESTED)],
    ['a form', asked(NESTED, {}, { 'content-type': 'text/plain' }), asked(NESTED)],
    ['no type', asked(NESTED, {}, { 'content-type': undefined }), asked(NESTED)],
    ['a type that nothing is sent as', asked(NESTED, {}, { accept: 'text/csv' }), asked(NESTED)],
    ['another method', { ...asked(NESTED), method: 'PUT' }, asked(NESTED)],
    ['another path', { ...asked(NESTED), path: '/graphql?x=1' }, asked(NESTED)],
    ['a host that is none', asked(NESTED, {}, { host: 'a b' }), asked(NESTED)],
    [
      'a preflight',
      { method: 'OPTIONS', headers: { origin: ORIGIN, 'access-control-request-method': 'POST' } },
    ],
  ])('say the same, and it is the usual one: %s', async (_name, request, first) => {
    await using gateway = await startTinyGateway(options);
    // As known as it may get.
    for (const each of first ? [first, first, request] : [request]) await exchange(gateway.url, each);
    const [fast, usual] = [await exchange(gateway.url, request), await exchange(gateway.url, request, true)];
    expect(comparable(fast)).toBe(comparable(usual));
  });
});

/** Who answers `pet` knows the id of either only: it composes, and no planner finds a way to `{ pet { id } }`. */
function unplannable(): string {
  const subgraph = (name: string, known: string, unknown: string) => ({
    name,
    url: `http://${name}.invalid/graphql`,
    typeDefs: parse(/* GraphQL */ `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external"])
      type Query { pet: Pet @shareable }
      interface Pet { id: ID! }
      type ${known} implements Pet @key(fields: "id") { id: ID!  ${name}: String }
      type ${unknown} implements Pet @key(fields: "id") { id: ID! @external  ${name}: String }
    `),
  });
  const { supergraphSdl } = composeServices([subgraph('dogs', 'Dog', 'Cat'), subgraph('cats', 'Cat', 'Dog')]);
  return supergraphSdl as string;
}

it('an operation that cannot be planned fails each time alike, and nothing else with it', async () => {
  await using gateway = await startTinyGateway({ supergraphSdl: unplannable() });
  const request = asked('{ pet { id } }');
  // From then on the fast lane takes what is sent like this.
  await exchange(gateway.url, asked('{ __typename }'));
  const usual = await exchange(gateway.url, request, true);
  expect(JSON.parse(usual.body).errors[0].extensions.code).toBe('INTERNAL');
  for (let i = 0; i < 3; i++) {
    expect(comparable(await exchange(gateway.url, request))).toBe(comparable(usual));
  }
});

describe('the rate limit', () => {
  const limited = (perMinute: number, trustProxy?: number) =>
    startTinyGateway({ identify: believing, protection: { rateLimit: { perMinute }, trustProxy } });

  it.each<[string, RawRequest[], number?]>([
    ['of the public', Array(6).fill(asked(NESTED))],
    ['of a person', Array(6).fill(asked(NESTED, {}, bearer('person-10')))],
    [
      'with what is not known among it',
      [asked(NESTED), asked(NESTED), asked('{ nothing }'), asked(NESTED), asked(ECHO), asked(NESTED)],
    ],
    [
      'with tokens that are not believed',
      [asked(NESTED), asked(NESTED, {}, bearer('!EXPIRED')), asked(NESTED)],
    ],
    [
      'behind a proxy',
      [
        '203.0.113.1',
        '203.0.113.1',
        '198.51.100.7, 203.0.113.1',
        '203.0.113.2',
        '2001:db8::1',
        '203.0.113.1',
        '203.0.113.1',
      ].map((from) => asked(NESTED, {}, { 'x-forwarded-for': from })),
      1,
    ],
  ])('counts both ways alike, and every request once: %s', async (_, requests, trustProxy) => {
    await using one = await limited(4, trustProxy);
    await using other = await limited(4, trustProxy);
    for (const request of requests) {
      const [fast, usual] = [await exchange(one.url, request), await exchange(other.url, request, true)];
      expect(comparable(fast)).toBe(comparable(usual));
    }
  });
});

describe('equal questions of the public at the same time', () => {
  /** Asks for what takes a while, three times at once; how many answers the service has given. */
  async function answersGiven(options: Partial<GatewayOptions>, requests: readonly RawRequest[]) {
    let given = 0;
    const service = inProcess(tenders);
    const counting: ServiceDataSource = {
      ...service,
      send: (call, scope) => {
        given++;
        return service.send(call, scope);
      },
    };
    await using gateway = await startTinyGateway({
      identify: believing,
      dataSource: () => counting,
      ...options,
    });
    for (const request of requests) await exchange(gateway.url, request);
    given = 0;
    const answers = await Promise.all(requests.map((request) => exchange(gateway.url, request)));
    return { given, answers };
  }
  const slow = (headers = {}) => asked('{ slow(milliseconds: 300) whoami }', {}, headers);

  it('are answered once, and each under its own id', async () => {
    const { given, answers } = await answersGiven({}, [
      slow({ 'x-request-id': 'a' }),
      slow({ 'x-request-id': 'b' }),
    ]);
    expect(given).toBe(1);
    expect(answers.map(({ body }) => body)).toEqual(
      Array(2).fill('{"data":{"slow":"done","whoami":"{\\"kind\\":\\"PUBLIC\\"}"}}\n'),
    );
    expect(answers.map(({ headers }) => headers.find((line) => line.startsWith('x-request-id')))).toEqual([
      'x-request-id: a',
      'x-request-id: b',
    ]);
  });

  it('are each answered where that is wanted', async () => {
    expect((await answersGiven({ shareInFlight: false }, [slow(), slow()])).given).toBe(2);
  });

  it.each([
    ['in another language', [slow(), slow({ 'accept-language': 'en' })]],
    ['by somebody', [slow(), slow(bearer('person-10')), slow(bearer('person-20'))]],
    ['twice by the same person', [slow(bearer('person-10')), slow(bearer('person-10'))]],
    ['that are changes', Array(2).fill(asked('mutation { publish(id: "1") { id } }'))],
  ])('are not equal when asked %s', async (_, requests) => {
    const { given, answers } = await answersGiven({}, requests);
    expect(given).toBe(requests.length);
    expect(new Set(answers.map(({ body }) => body)).size).toBeLessThanOrEqual(requests.length);
  });
});

describe('what is kept of answers', () => {
  const keeping = { identify: believing, caching: { defaultMaxAge: 60 } };
  const lines = ({ headers }: RawAnswer) =>
    headers.filter((line) => /^(cache-control|etag|vary)/.test(line)).map((line) => line.split(': ', 1)[0]);

  /** Asked until it is on the fast lane, and once more. */
  async function asking(options: Partial<GatewayOptions>, request: RawRequest) {
    let given = 0;
    const service = inProcess(tenders);
    const counting: ServiceDataSource = {
      ...service,
      process: (call) => {
        given++;
        return service.process(call);
      },
      send: (call, scope) => {
        given++;
        return service.send(call, scope);
      },
    };
    await using gateway = await startTinyGateway({ ...options, dataSource: () => counting });
    const counts: number[] = [];
    let last: RawAnswer | undefined;
    for (let i = 0; i < 4; i++) {
      given = 0;
      last = await exchange(gateway.url, request);
      counts.push(given);
    }
    return { counts, last: last as RawAnswer };
  }

  it('is given again to the public, and asks no service', async () => {
    const { counts, last } = await asking(keeping, asked('{ whoami }'));
    expect(counts).toEqual([1, 0, 0, 0]);
    expect(last.headers).toContain('cache-control: public, no-cache');
    expect(lines(last).sort()).toEqual(['cache-control', 'etag', 'vary']);
  });

  it('is what was asked for twice, once there is no more room', async () => {
    const caching = { defaultMaxAge: 60, maxBytes: 6_000 };
    await using gateway = await startTinyGateway({
      ...keeping,
      caching,
      dataSource: () => inProcess(tenders),
    });
    const told = async (language: string) => {
      const answer = await exchange(gateway.url, asked('{ whoami }', {}, { 'accept-language': language }));
      expect(answer.headers).toContain('cache-control: public, no-cache');
      return lines(answer).sort();
    };
    for (let i = 0; i < 30; i++) await exchange(gateway.url, asked(`{ whoami } # ${i}`));
    await told('nb');
    await told('nb');
    expect(await told('en')).toEqual(['cache-control', 'vary']);
    expect(await told('en')).toEqual(['cache-control', 'etag', 'vary']);
  });

  it.each<[string, RawRequest]>([
    ['somebody with a token', asked('{ whoami }', {}, bearer('person-10'))],
    ['whoever brings a cookie', asked('{ whoami }', {}, { cookie: 'a=b' })],
    ['what has errors', asked('{ broken }')],
  ])('is nothing of %s', async (_, request) => {
    const { counts, last } = await asking(keeping, request);
    expect(counts).toEqual([1, 1, 1, 1]);
    expect(last.headers).toContain('cache-control: private, no-store');
    expect(lines(last).sort()).toEqual(['cache-control', 'vary']);
  });

  it('are also single entities, that another question of the public is made of, and nobody else’s', async () => {
    const asked: string[] = [];
    const noting = (name: string): ServiceDataSource => {
      const service = inProcess(name === 'tenders' ? tenders : suppliers);
      return {
        ...service,
        send: (call, scope) => {
          asked.push(name);
          return service.send(call, scope);
        },
      };
    };
    await using gateway = await startTinyGateway({ ...keeping, dataSource: noting });
    /** The first time it is judged, and then asked, by the name of another type so that no whole answer is there. */
    const services = async (query: string, headers = {}) => {
      const question = { headers: { ...headers }, body: json(query) };
      const usual = await exchange(gateway.url, question);
      asked.length = 0;
      const fast = await exchange(gateway.url, {
        ...question,
        headers: { ...headers, accept: 'application/json;q=1' },
      });
      expect(fast.body).toBe(usual.body);
      return [...asked];
    };
    await exchange(gateway.url, { headers: { accept: 'application/json;q=1' }, body: json(NESTED) });
    expect(await services(NESTED.replace('id title', 'id'))).toEqual(['tenders', 'suppliers']);
    expect(await services(NESTED.replace('id title', 'title'))).toEqual(['tenders']);
    expect(await services(NESTED.replace('id title', 'title id'), bearer('person-10'))).toEqual([
      'tenders',
      'suppliers',
    ]);
    expect(await services(NESTED.replace('id', 'title t: id'))).toEqual(['tenders']);
  });

  it('is never what somebody was told who had logged in, whichever of the two asked first', async () => {
    await using gateway = await startTinyGateway(keeping);
    const whoami = (headers = {}) => exchange(gateway.url, asked('{ whoami }', {}, headers));
    for (let i = 0; i < 3; i++) {
      expect((await whoami(bearer('person-10'))).body).toContain('person-10');
      expect((await whoami()).body).toContain('PUBLIC');
    }
  });
});

describe('a fault of ours', () => {
  it('in telling who asks is told, and the next request is answered', async () => {
    let isAtFault = false;
    await using gateway = await startTinyGateway({
      identify: (authorization) => {
        if (isAtFault) throw new Error('no keys');
        return believing(authorization);
      },
    });
    const request = asked('{ echo(text: "x") }');
    for (let i = 0; i < 2; i++) await exchange(gateway.url, request);
    isAtFault = true;
    expect((await exchange(gateway.url, request)).status).toBe('HTTP/1.1 500 Internal Server Error');
    isAtFault = false;
    expect((await exchange(gateway.url, request)).status).toBe('HTTP/1.1 200 OK');
  });

  it('in taking a request ends that request alone', async () => {
    await using gateway = await startTinyGateway({});
    const request = asked('{ echo(text: "x") }');
    for (let i = 0; i < 2; i++) await exchange(gateway.url, request);
    const find = vi.spyOn(KnownOperations.prototype, 'find').mockImplementationOnce(() => {
      throw new Error('a fault');
    });
    expect((await exchange(gateway.url, request)).status).toBe('');
    expect(find).toHaveBeenCalledOnce();
    expect((await exchange(gateway.url, request)).status).toBe('HTTP/1.1 200 OK');
  });
});

describe('a gateway that stops', () => {
  it('finishes what is on the fast lane, and says that it leaves', async () => {
    const gateway = await startTinyGateway({ drainDelay: 200 });
    const request = asked('{ slow(milliseconds: 400) }');
    await exchange(gateway.url, request);
    await exchange(gateway.url, request);
    const calls = usualWay();
    const inFlight = exchange(gateway.url, request);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const closed = gateway.close();
    expect((await inFlight).body).toBe('{"data":{"slow":"done"}}\n');
    expect(calls()).toBe(0);
    await closed;
  });
});
