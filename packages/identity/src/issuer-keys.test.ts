import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { IssuerConfiguration } from './issuer-configuration.js';
import { tokenVerifier } from './token-verifier.js';

// jose asks the machine for the time when it decides to fetch keys again, so here the machine's time is moved.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-02T12:00:00Z') }));
afterEach(() => void vi.useRealTimers());
const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** An issuer that publishes keys over HTTP and signs tokens. */
class LocalIssuer {
  static async start() {
    const issuer = new LocalIssuer();
    issuer.#server.listen(0, '127.0.0.1');
    await once(issuer.#server, 'listening');
    issuer.url = `http://127.0.0.1:${(issuer.#server.address() as AddressInfo).port}`;
    issuer.metadata = { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` };
    return issuer;
  }

  url = '';
  metadata: Record<string, unknown> = {};
  published: JWK[] = [];
  works = true;
  asked: string[] = [];
  readonly #pairs = new Map<string, GenerateKeyPairResult>();
  readonly #server = createServer((request, response) => {
    this.asked.push(request.url ?? '');
    response.statusCode = this.works ? 200 : 503;
    response.end(JSON.stringify(request.url === '/jwks' ? { keys: this.published } : this.metadata));
  });

  async createKey(kid: string): Promise<JWK> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    this.#pairs.set(kid, pair);
    return { ...(await exportJWK(pair.publicKey)), kid };
  }

  sign(kid: string, sub = 'somebody'): Promise<string> {
    const pair = this.#pairs.get(kid);
    if (!pair) throw new Error(`No key ${kid}`);
    return new SignJWT({ acr: 'high', client_id: 'samspill' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(this.url)
      .setAudience('samspill')
      .setSubject(sub)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(pair.privateKey);
  }

  verifier(change: Partial<IssuerConfiguration> = {}) {
    const issuer = {
      name: 'local',
      profile: 'ansattporten',
      issuer: this.url,
      audience: 'samspill',
    } as const;
    const { verify } = tokenVerifier({ issuers: [{ ...issuer, ...change }] });
    return async (token: string) => {
      try {
        return (await verify(token)).kind;
      } catch (error) {
        return (error as { fault?: string }).fault ?? error;
      }
    };
  }

  async [Symbol.asyncDispose]() {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

it('finds the keys by the issuer’s metadata, and asks once', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  const verify = issuer.verifier();
  const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => issuer.sign('one', sub)));
  expect(await Promise.all(tokens.map(verify))).toEqual(['PERSON', 'PERSON', 'PERSON']);
  expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
});

it('follows a change of keys without a restart', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('old')];
  const verify = issuer.verifier({ jwksUri: `${issuer.url}/jwks` });
  const remembered = await issuer.sign('old', 'remembered');
  expect(await verify(remembered)).toBe('PERSON');

  issuer.published = [await issuer.createKey('new')];
  pass(31);
  expect(await verify(await issuer.sign('new'))).toBe('PERSON');
  expect(await verify(await issuer.sign('old', 'somebody else'))).toBe('UNKNOWN_KEY');

  // What was believed before lives on for as long as it is remembered, and no longer.
  expect(await verify(remembered)).toBe('PERSON');
  pass(28);
  expect(await verify(remembered)).toBe('PERSON');
  pass(1);
  expect(await verify(remembered)).toBe('UNKNOWN_KEY');
});

it('notices within ten minutes that a key was withdrawn, also when no new one is used', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('leaked'), await issuer.createKey('kept')];
  const verify = issuer.verifier();
  expect(await verify(await issuer.sign('leaked'))).toBe('PERSON');
  issuer.published = issuer.published.slice(1);
  pass(600);
  expect(await verify(await issuer.sign('leaked', 'another'))).toBe('UNKNOWN_KEY');
  expect(await verify(await issuer.sign('kept'))).toBe('PERSON');
});

it('is not made to ask for keys by key ids that somebody invents', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  const verify = issuer.verifier();
  await issuer.createKey('invented');
  expect(await verify(await issuer.sign('one'))).toBe('PERSON');
  for (let i = 0; i < 20; i++)
    expect(await verify(await issuer.sign('invented', `${i}`))).toBe('UNKNOWN_KEY');
  expect(issuer.asked).toHaveLength(2);
});

it('says that the issuer cannot be reached, leaves it in peace, and tries again', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  const verify = issuer.verifier();
  const token = await issuer.sign('one');
  issuer.works = false;
  expect(await verify(token)).toBe('ISSUER_UNREACHABLE');
  expect(await verify(token)).toBe('ISSUER_UNREACHABLE');
  expect(issuer.asked).toHaveLength(1);
  issuer.works = true;
  pass(5);
  expect(await verify(token)).toBe('PERSON');
});

it('goes on with the keys that it has while the issuer is away', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  const verify = issuer.verifier();
  await issuer.createKey('unknown');
  expect(await verify(await issuer.sign('one'))).toBe('PERSON');
  issuer.works = false;
  pass(60);
  // Somebody's unknown key makes it ask in vain; that must shut nobody else out.
  expect(await verify(await issuer.sign('unknown'))).toBe('ISSUER_UNREACHABLE');
  expect(await verify(await issuer.sign('one', 'another'))).toBe('PERSON');
});

it('believes no metadata that speak of another issuer, or of keys that are no address', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  const token = await issuer.sign('one');
  const right = issuer.metadata;
  for (const wrong of [
    { issuer: `${issuer.url}/` },
    { jwks_uri: undefined },
    { jwks_uri: 'http://evil.example/jwks' },
  ]) {
    issuer.metadata = { ...right, ...wrong };
    expect(await issuer.verifier()(token)).toBe('ISSUER_UNREACHABLE');
  }
  issuer.metadata = right;
  expect(await issuer.verifier()(token)).toBe('PERSON');
});

it('reads Maskinporten’s metadata where Maskinporten has them', async () => {
  await using issuer = await LocalIssuer.start();
  issuer.published = [await issuer.createKey('one')];
  // The token is a person's and so refused, but with the issuer's own keys.
  expect(await issuer.verifier({ profile: 'maskinporten' })(await issuer.sign('one'))).toBe('CLAIM_MISSING');
  expect(issuer.asked[0]).toBe('/.well-known/oauth-authorization-server');
});
