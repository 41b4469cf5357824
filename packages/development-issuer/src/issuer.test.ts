import { createHash, randomBytes } from 'node:crypto';
import { MendableError } from '@samspill/environment';
import { DEVELOPMENT_ISSUER, personas, personIdOf, TokenRefused, tokenVerifier } from '@samspill/identity';
import {
  createRemoteJWKSet,
  decodeJwt,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type DevelopmentIssuer,
  FRONTEND_CLIENT,
  MACHINE_SECRET,
  PLAYGROUND_CLIENT,
  startDevelopmentIssuer,
} from './index.js';

const audience = 'samspill';
const importer = { clientId: 'samspill-import', scope: 'samspill:notices.import' };

let issuer: DevelopmentIssuer;
const failures: unknown[] = [];
const said = (['log', 'info', 'warn', 'error'] as const).map((level) => vi.spyOn(console, level));
beforeAll(async () => {
  const log = { error: (fields: object) => failures.push(fields) };
  issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience, log });
});
afterAll(async () => {
  await issuer?.close();
  expect(failures).toEqual([]);
  for (const level of said) expect(level).not.toHaveBeenCalled();
});

const verified = async (token: string) =>
  (await jwtVerify(token, createRemoteJWKSet(new URL(issuer.jwksUri)), { issuer: issuer.issuer, audience }))
    .payload;

/** A browser's worth of HTTP: keeps cookies, and stops where the front end would take over. */
function browser() {
  const cookies = new Map<string, string>();
  const ask = async (url: string | URL, init: RequestInit = {}) => {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) as unknown as [string, string, string];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return response;
  };
  const follow = async (url: string | URL, init?: RequestInit): Promise<{ response: Response; at: URL }> => {
    let at = new URL(url);
    let response = await ask(at, init);
    for (let hops = 0; hops < 10; hops++) {
      const location = response.headers.get('location');
      if (!location) break;
      at = new URL(location, at);
      if (at.origin !== issuer.issuer) break;
      response = await ask(at);
    }
    return { response, at };
  };
  return { follow };
}

function logInRequest(parameters: Record<string, string> = {}) {
  const verifier = randomBytes(32).toString('base64url');
  const request = new URL(`${issuer.issuer}/auth`);
  const redirectUri = parameters.redirect_uri ?? 'http://localhost:4000/';
  request.search = new URLSearchParams({
    client_id: PLAYGROUND_CLIENT,
    response_type: 'code',
    scope: 'openid',
    state: 'the state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    redirect_uri: redirectUri,
    ...parameters,
  }).toString();
  const exchange = (code: string, origin = new URL(redirectUri).origin) =>
    post({
      grant_type: 'authorization_code',
      client_id: parameters.client_id ?? PLAYGROUND_CLIENT,
      redirect_uri: redirectUri,
      code_verifier: verifier,
      code,
      headers: { origin },
    });
  return { request, exchange };
}

/** Asks the token endpoint. */
async function post({
  headers = {},
  ...form
}: { headers?: Record<string, string> } & Record<string, unknown>) {
  const response = await fetch(`${issuer.issuer}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form as Record<string, string>),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, string>,
  };
}

describe('a person', () => {
  it('is logged in at once when hinted at, by code and PKCE', async () => {
    const { request, exchange } = logInRequest({ login_hint: 'officer', scope: 'openid profile' });
    const { at } = await browser().follow(request);
    expect(at.origin + at.pathname).toBe('http://localhost:4000/');
    expect(at.searchParams.get('state')).toBe('the state');
    expect(at.searchParams.get('iss')).toBe(issuer.issuer);

    const { status, headers, body } = await exchange(at.searchParams.get('code') as string);
    expect(status).toBe(200);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const claims = await verified(body.access_token as string);
    expect(claims).toMatchObject({
      sub: 'officer',
      acr: 'high',
      client_id: PLAYGROUND_CLIENT,
      authorization_details: [
        {
          type: 'ansattporten:altinn:resource',
          authorized_parties: [{ orgno: { authority: 'iso6523-actorid-upis', ID: '0192:920123899' } }],
        },
      ],
    });
    expect((claims.exp as number) - (claims.iat as number)).toBe(3600);
    expect(JSON.stringify(claims)).not.toContain('Ingrid');
    expect(decodeJwt(body.id_token as string)).toMatchObject({
      sub: 'officer',
      aud: PLAYGROUND_CLIENT,
      acr: 'high',
      name: 'Ingrid Innkjøper',
      authorization_details: [{}],
    });
  });

  it('is another one at the next log-in of the same browser', async () => {
    const { follow } = browser();
    for (const persona of ['officer', 'supplier', 'person', 'officer']) {
      const { request, exchange } = logInRequest({ login_hint: persona });
      const { at } = await follow(request);
      const { body } = await exchange(at.searchParams.get('code') as string);
      expect(decodeJwt(body.access_token as string).sub).toBe(persona);
    }
  });

  it('chooses who to be, when nobody or somebody unknown is hinted at', async () => {
    const { follow } = browser();
    const { request, exchange } = logInRequest({ login_hint: '<b>nobody</b>' });
    const { response, at } = await follow(request);
    const page = await response.text();
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('&lt;b&gt;nobody&lt;/b&gt;');
    for (const { id, name } of personas) {
      expect(page).toContain(`value="${id}"`);
      expect(page).toContain(name);
    }
    const chosen = await follow(at, { method: 'POST', body: new URLSearchParams({ persona: 'person' }) });
    const { body } = await exchange(chosen.at.searchParams.get('code') as string);
    const claims = await verified(body.access_token as string);
    expect(claims.sub).toBe('person');
    expect(claims).not.toHaveProperty('authorization_details');
  });

  it('is told when the log-in has taken too long', async () => {
    const response = await fetch(`${issuer.issuer}/interaction/gone`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('logg inn på nytt');
  });

  it.each([
    'http://localhost:5173/back?from=here',
    'http://127.0.0.1:8080/',
    'https://localhost:3000/callback',
  ])('comes back to a front end at %s', async (redirect_uri) => {
    const parameters = { client_id: FRONTEND_CLIENT, login_hint: 'supplier', redirect_uri };
    const { request, exchange } = logInRequest(parameters);
    const { at } = await browser().follow(request);
    expect(at.href.startsWith(redirect_uri)).toBe(true);
    const { status } = await exchange(at.searchParams.get('code') as string);
    expect(status).toBe(200);
  });

  it.each([
    [PLAYGROUND_CLIENT, 'https://evil.example/'],
    [PLAYGROUND_CLIENT, 'http://localhost:4000/elsewhere'],
    [FRONTEND_CLIENT, 'https://evil.example/'],
    [FRONTEND_CLIENT, 'http://localhost.evil.example/'],
    [FRONTEND_CLIENT, 'http://192.168.1.10/'],
    [FRONTEND_CLIENT, 'javascript:alert(1)'],
  ])('is not sent by %s to %s', async (client_id, redirect_uri) => {
    const { request } = logInRequest({ client_id, login_hint: 'officer', redirect_uri });
    const { response, at } = await browser().follow(request);
    expect(response.status).toBe(400);
    expect(at.origin).toBe(issuer.issuer);
    expect(await response.text()).toContain('invalid_redirect_uri');
  });

  it('needs PKCE', async () => {
    const { request } = logInRequest({ login_hint: 'officer' });
    request.searchParams.delete('code_challenge');
    request.searchParams.delete('code_challenge_method');
    const { at } = await browser().follow(request);
    expect(at.searchParams.get('error')).toBe('invalid_request');
    expect(at.searchParams.get('error_description')).toContain('PKCE');
  });

  it('cannot ask for what machines may do', async () => {
    const { request } = logInRequest({ login_hint: 'officer', scope: `openid ${importer.scope}` });
    const { at } = await browser().follow(request);
    expect(at.searchParams.get('error')).toBe('invalid_scope');
  });

  it('uses a code once, and nobody else’s page reads the token', async () => {
    const { request, exchange } = logInRequest({ login_hint: 'officer' });
    const { at } = await browser().follow(request);
    const code = at.searchParams.get('code') as string;
    const foreign = await exchange(code, 'https://evil.example');
    expect(foreign.status).toBe(400);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    expect((await exchange(code)).status).toBe(200);
    expect((await exchange(code)).body.error).toBe('invalid_grant');
  });

  it('is a front end’s even when it asks as it would ask Ansattporten', async () => {
    const { request } = logInRequest({
      client_id: FRONTEND_CLIENT,
      login_hint: 'supplier',
      prompt: 'login',
      acr_values: 'high',
      authorization_details: '[{"type":"ansattporten:altinn:resource","resource":"urn:altinn:resource:x"}]',
    });
    const { at } = await browser().follow(request);
    expect(at.searchParams.has('code')).toBe(true);
  });
});

describe('a machine', () => {
  it('gets a token by its secret', async () => {
    const basic = Buffer.from(`${importer.clientId}:${MACHINE_SECRET}`).toString('base64');
    const { status, body } = await post({
      grant_type: 'client_credentials',
      scope: importer.scope,
      headers: { authorization: `Basic ${basic}` },
    });
    expect(status).toBe(200);
    await expectMachine(body.access_token as string);
  });

  it('gets a token by a grant that it signed, as from Maskinporten', async () => {
    const { status, body } = await grant({});
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: importer.scope });
    await expectMachine(body.access_token as string);
  });

  it.each<[string, JWTPayload, string]>([
    ['for another issuer', { aud: 'https://maskinporten.no/' }, 'invalid_grant'],
    ['of somebody else', { iss: 'another-machine' }, 'invalid_client'],
    ['with too long a life', { exp: Math.floor(Date.now() / 1000) + 600 }, 'invalid_grant'],
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 60 }, 'invalid_grant'],
    ['for more than it may', { scope: `${importer.scope} samspill:everything` }, 'invalid_scope'],
    ['for another resource', { resource: 'https://other.example' }, 'invalid_target'],
  ])('is refused a grant %s', async (_what, claims, error) => {
    expect((await grant(claims)).body.error).toBe(error);
  });

  it('is refused a grant that another key signed', async () => {
    const stranger = await generateKeyPair('RS256');
    const { body } = await grant({}, stranger.privateKey);
    expect(body).toMatchObject({
      error: 'invalid_grant',
      error_description: expect.stringContaining('signature'),
    });
  });

  it('is refused what is no grant at all', async () => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    expect((await post({ grant_type, assertion: 'nonsense' })).status).toBe(400);
    expect((await post({ grant_type })).status).toBe(400);
  });

  async function grant(claims: JWTPayload, key?: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']) {
    const jwk = (await (await fetch(`${issuer.issuer}/machines/${importer.clientId}/key`)).json()) as JWK;
    const now = Math.floor(Date.now() / 1000);
    const assertion = await new SignJWT({
      iss: importer.clientId,
      aud: issuer.issuer,
      scope: importer.scope,
      iat: now,
      exp: now + 100,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: jwk.kid })
      .sign(key ?? (await importJWK(jwk)));
    return post({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  }

  async function expectMachine(token: string) {
    const claims = await verified(token);
    expect(claims).toMatchObject({
      client_id: importer.clientId,
      scope: importer.scope,
      consumer: { authority: 'iso6523-actorid-upis', ID: '0192:920123899' },
    });
    expect(claims).not.toHaveProperty('sub');
    expect(claims).not.toHaveProperty('acr');
  }
});

describe('for scripts', () => {
  it('gives a token for every persona it lists', async () => {
    const list = await (await fetch(`${issuer.issuer}/tokens`)).text();
    const addresses = list
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0] as string);
    expect(addresses).toHaveLength(personas.length);
    const subjects = [];
    for (const address of addresses) {
      const response = await fetch(address);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
      subjects.push((await verified(await response.text())).sub);
    }
    expect(subjects).toEqual(personas.map(({ id }) => id));
  });

  it('says who there is when it does not know a persona', async () => {
    const response = await fetch(`${issuer.issuer}/tokens/nobody`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('officer, evaluator');
    await expect(issuer.tokenFor('nobody')).rejects.toThrow('nobody');
    expect((await fetch(`${issuer.issuer}/machines/nobody/key`)).status).toBe(404);
  });

  it('lists personas for pages of this machine only', async () => {
    const ask = async (origin: string) => fetch(`${issuer.issuer}/personas`, { headers: { origin } });
    const own = await ask('http://localhost:4000');
    expect(own.headers.get('access-control-allow-origin')).toBe('http://localhost:4000');
    expect(await own.json()).toContainEqual({
      id: 'person',
      name: 'Petra Privatperson',
      description: 'Innlogget, men handler ikke for noen',
    });
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers no name but this machine’s own', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      request(`${issuer.issuer}/tokens/officer`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});

describe('the gateway', () => {
  it('takes its tokens for the persons and machines that they are', async () => {
    const verifier = tokenVerifier({ issuers: [issuer.configuration] });
    expect(await verifier.verify(await issuer.tokenFor('supplier'))).toEqual({
      kind: 'PERSON',
      issuer: DEVELOPMENT_ISSUER,
      personId: personIdOf(DEVELOPMENT_ISSUER, 'supplier'),
      organisations: ['310000035'],
      level: 'HIGH',
    });
    expect(await verifier.verify(await issuer.tokenFor('person'))).toMatchObject({ organisations: [] });
    const machine = await issuer.machineToken({ clientId: importer.clientId, scopes: [importer.scope] });
    expect(await verifier.verify(machine)).toEqual({
      kind: 'SERVICE',
      issuer: DEVELOPMENT_ISSUER,
      clientId: importer.clientId,
      organisation: '920123899',
      scopes: [importer.scope],
    });
    expect(
      await verifier.verify(await issuer.machineToken({ clientId: importer.clientId, scopes: [] })),
    ).toMatchObject({ scopes: [] });
  });

  it('does not take what an issuer of the same address gave before', async () => {
    const { hostname: host, port } = new URL(issuer.issuer);
    const other = await startDevelopmentIssuer({ host, port: 0, audience });
    const token = await other.tokenFor('officer');
    const { port: same } = new URL(other.issuer);
    await other.close();
    expect(same).not.toBe(port);
    await using again = await startDevelopmentIssuer({ host, port: Number(same), audience });
    expect(again.issuer).toBe(other.issuer);
    const verifier = tokenVerifier({ issuers: [again.configuration] });
    await expect((async () => verifier.verify(token))()).rejects.toThrow(TokenRefused);
  });

  it('may be an address itself, and clients may name it', async () => {
    const graph = 'https://graph.example';
    await using other = await startDevelopmentIssuer({ host: 'localhost', port: 0, audience: graph });
    const basic = Buffer.from(`${importer.clientId}:${MACHINE_SECRET}`).toString('base64');
    const ask = async (resource: string) =>
      fetch(`${other.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
      });
    const { access_token } = (await (await ask(graph)).json()) as { access_token: string };
    expect(decodeJwt(access_token).aud).toBe(graph);
    expect(await (await ask('https://other.example')).json()).toMatchObject({ error: 'invalid_target' });
  });
});

describe('it refuses', () => {
  it.each(['0.0.0.0', '::', '192.168.1.10', 'samspill.example'])('to listen on %s', async (host) => {
    const started = startDevelopmentIssuer({ host, port: 0, audience });
    await expect(started).rejects.toThrow(MendableError);
    await expect(started).rejects.toThrow('HOST=127.0.0.1');
  });

  it('to start in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    try {
      const started = startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience });
      await expect(started).rejects.toThrow(MendableError);
      await expect(started).rejects.toThrow('NODE_ENV=production');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
