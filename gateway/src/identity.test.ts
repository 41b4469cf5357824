import { connect } from 'node:net';
import { identifyBy, type TokenFault } from '@samspill/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { bearer, believing, importer, person, toolIssuer } from './identity.test-support.js';
import { ask, keptLog, startTinyGateway } from './tiny-graph.test-support.js';

let gateway: RunningGateway;
const kept = keptLog();
beforeAll(async () => {
  gateway = await startTinyGateway({ identify: believing, log: kept.log });
});
afterAll(() => gateway.close());

const WHOAMI = '{ whoami }';
const who = async (headers: Record<string, string> = {}) =>
  JSON.parse((await ask(gateway, WHOAMI, { headers })).data.whoami);

describe('who asks', () => {
  it('is everybody without a token, and whoever the token names with one', async () => {
    expect(await who()).toEqual({ kind: 'PUBLIC' });
    expect(await who(bearer('person-10'))).toEqual(person('person-10'));
    expect(await who(bearer('importer'))).toEqual(importer);
  });

  it('is not what a client says in headers of ours', async () => {
    const { data } = await ask(gateway, '{ whoami headers }', {
      headers: { 'samspill-assertion': 'forged', 'x-actor': 'person-1', cookie: 'person-1' },
    });
    expect(JSON.parse(data.whoami)).toEqual({ kind: 'PUBLIC' });
    expect(data.headers).not.toMatch(/forged|person-1/);
  });

  it('is known to the services, and the token is not', async () => {
    const { data } = await ask(gateway, '{ headers }', { headers: bearer('person-10') });
    expect(data.headers).not.toContain('person-10');
  });

  it('matters to GraphQL alone: a probe with a broken token is answered', async () => {
    const response = await fetch(`${gateway.url}/health/live`, { headers: bearer('!EXPIRED') });
    expect(response.status).toBe(200);
  });

  it('matters to queries by GET as well', async () => {
    const url = `${gateway.url}/graphql?query=${encodeURIComponent(WHOAMI)}`;
    const headers = { 'apollo-require-preflight': '1' };
    const response = await fetch(url, { headers: { ...headers, ...bearer('!EXPIRED') } });
    expect(response.status).toBe(401);
    const believed = await fetch(url, { headers: { ...headers, ...bearer('person-10') } });
    expect(await believed.json()).toEqual({ data: { whoami: JSON.stringify(person('person-10')) } });
  });

  it('is told by a caller in the same process', async () => {
    const { data } = await gateway.execute({ query: WHOAMI }, {}, person('inside'));
    expect(JSON.parse(data?.whoami as string)).toEqual(person('inside'));
    expect((await gateway.execute({ query: WHOAMI })).data).toEqual({ whoami: '{"kind":"PUBLIC"}' });
  });

  it('never reaches another’s request, however many run at once', async () => {
    const asked = Array.from({ length: 200 }, (_, i) =>
      i % 5 === 0 ? null : i % 7 === 0 ? '!EXPIRED' : i % 11 === 0 ? 'importer' : `person-${i}`,
    );
    const answers = await Promise.all(
      asked.map((token, i) =>
        ask(gateway, `{ a: whoami(milliseconds: ${(i * 7) % 40}) b: whoami }`, {
          headers: token === null ? {} : bearer(token),
        }),
      ),
    );
    const expected = (token: string | null) =>
      token === null ? { kind: 'PUBLIC' } : token === 'importer' ? importer : person(token);
    answers.forEach(({ status, data }, i) => {
      const token = asked[i] as string | null;
      expect(status).toBe(token?.startsWith('!') ? 401 : 200);
      if (status === 401) return;
      expect(JSON.parse(data.a)).toEqual(expected(token));
      expect(data.b).toBe(data.a);
    });
  });
});

describe('a token that is not believed', () => {
  const faults: [TokenFault, string][] = [
    ['MALFORMED', 'must be Bearer'],
    ['TOO_LARGE', 'limit is 8192'],
    ['ALGORITHM_NOT_ALLOWED', 'Log in again'],
    ['UNKNOWN_KEY', 'Log in again'],
    ['WRONG_SIGNATURE', 'Log in again'],
    ['WRONG_ISSUER', 'does not accept'],
    ['WRONG_AUDIENCE', 'another recipient'],
    ['EXPIRED', 'Log in again, or renew'],
    ['NOT_YET_VALID', 'not valid yet'],
    ['CLAIM_MISSING', 'choose whom you act for'],
  ];

  it.each(faults)('%s: 401, and what to do', async (fault, words) => {
    const headers = { ...bearer(`!${fault}`), 'accept-language': 'en', 'x-request-id': `r-${fault}` };
    const { status, errors, data, headers: answered } = await ask(gateway, WHOAMI, { headers });
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      { message: expect.stringContaining(words), extensions: { code: 'UNAUTHENTICATED', reason: fault } },
    ]);
    const [error] = errors as [{ message: string }];
    expect(answered.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", error_description="${error.message}"`,
    );
    // RFC 6750 §3
    expect(error.message).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(kept.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 40, requestId: `r-${fault}`, fault, detail: 'as the test wanted' }),
    );
  });

  it('is refused in the reader’s language', async () => {
    const message = async (language: string) =>
      (await ask(gateway, WHOAMI, { headers: { ...bearer('!EXPIRED'), 'accept-language': language } }))
        .errors?.[0].message;
    expect(await message('nb')).toBe('Innloggingen er utløpt. Logg inn igjen, eller forny tokenet.');
    expect(await message('nn')).toBe('Innlogginga er gått ut. Logg inn igjen, eller forny tokenet.');
  });

  it('is refused in the content type that was asked for', async () => {
    const typeFor = async (accept: string) => {
      const headers = { ...bearer('!EXPIRED'), accept };
      return (await ask(gateway, WHOAMI, { headers })).headers.get('content-type');
    };
    expect(await typeFor('application/graphql-response+json')).toBe(
      'application/graphql-response+json; charset=utf-8',
    );
    expect(await typeFor('application/json')).toBe('application/json; charset=utf-8');
  });

  it('is our fault when its issuer does not answer', async () => {
    const { status, errors, headers } = await ask(gateway, WHOAMI, {
      headers: bearer('!ISSUER_UNREACHABLE'),
    });
    expect(status).toBe(503);
    expect(errors?.[0].extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', reason: 'ISSUER_UNREACHABLE' });
    expect(headers.get('retry-after')).toBe('5');
    expect(headers.has('www-authenticate')).toBe(false);
  });

  it('is refused before the body is read', async () => {
    // The body is announced and never sent.
    const answer = await raw(
      gateway,
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\nAuthorization: Bearer !EXPIRED\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    const broken = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer('!EXPIRED') },
      body: '{"query":',
    });
    expect(broken.status).toBe(401);
  });

  it('is one that was sent twice', async () => {
    const answer = await raw(
      gateway,
      'GET /graphql?query={whoami} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer person-10\r\nAuthorization: Bearer person-20\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 401 .*"reason":"MALFORMED"/s);
  });

  it('is one that is too large, whoever would have believed it', async () => {
    const { status, errors } = await ask(gateway, WHOAMI, { headers: bearer(`person-${'x'.repeat(8_186)}`) });
    expect(status).toBe(401);
    expect(errors?.[0].extensions.reason).toBe('TOO_LARGE');
    expect((await ask(gateway, WHOAMI, { headers: bearer(`person-${'x'.repeat(8_185)}`) })).status).toBe(200);
  });

  it('is every token where no issuer is configured', async () => {
    await using closed = await startTinyGateway();
    const { status, errors } = await ask(closed, WHOAMI, { headers: bearer('person-10') });
    expect(status).toBe(401);
    expect(errors?.[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'WRONG_ISSUER' });
    expect((await ask(closed, WHOAMI)).status).toBe(200);
  });

  it('does not become the public when whoever checks it breaks', async () => {
    const { log, text } = keptLog();
    await using broken = await startTinyGateway({
      log,
      identify: () => Promise.reject(new TypeError('out of order')),
    });
    const answer = await ask(broken, WHOAMI);
    expect(answer.status).toBe(500);
    expect(answer.errors?.[0].extensions.code).toBe('INTERNAL');
    expect(answer.text).not.toContain('out of order');
    expect(text()).toContain('out of order');
  });
});

describe('headers that are too large for HTTP', () => {
  it('are refused in GraphQL’s manner', async () => {
    const { status, errors } = await ask(gateway, WHOAMI, { headers: bearer('x'.repeat(17_000)) });
    expect(status).toBe(431);
    expect(errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('a real token', () => {
  it('is believed by the key of its issuer', async () => {
    const { issuer, token } = await toolIssuer();
    await using real = await startTinyGateway({ identify: identifyBy([issuer]) });
    const good = await token();
    const answer = await ask(real, WHOAMI, { headers: bearer(good) });
    expect(JSON.parse(answer.data.whoami)).toMatchObject({ kind: 'SERVICE', clientId: 'importer' });
    const expired = await ask(real, WHOAMI, { headers: bearer(await token(-60)) });
    expect(expired.errors?.[0].extensions.reason).toBe('EXPIRED');
    const stranger = await (await toolIssuer()).token();
    const forged = await ask(real, WHOAMI, { headers: bearer(stranger) });
    expect(forged.status).toBe(401);
    expect(
      (await ask(real, WHOAMI, { headers: { authorization: 'Basic eDp5' } })).errors?.[0].extensions.reason,
    ).toBe('MALFORMED');
  });
});

/** Sends bytes, and gives what comes back first. */
function raw({ url }: { url: string }, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
