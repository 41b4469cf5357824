import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevelopmentIssuer, startDevelopmentIssuer } from '@samspill/development-issuer';
import { tokenVerifier } from '@samspill/identity';
import { AdjustableClock, systemClock } from '@samspill/values';
import { decodeJwt, exportJWK, generateKeyPair, type JWK } from 'jose';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { maskinporten } from './maskinporten.js';

const audience = 'https://graph.example.no';
let issuer: DevelopmentIssuer;
let directory: string;
let key: JWK;

beforeAll(async () => {
  issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience });
  key = (await (await fetch(`${issuer.issuer}/machines/samspill-import/key`)).json()) as JWK;
  directory = mkdtempSync(join(tmpdir(), 'samspill-maskinporten-'));
});
afterAll(async () => {
  await issuer.close();
  rmSync(directory, { recursive: true });
});

let files = 0;
const fileWith = (content: JWK): string => {
  const file = join(directory, `key-${++files}.jwk`);
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const client = (changes: Partial<Parameters<typeof maskinporten>[0]> = {}) =>
  maskinporten({
    clientId: 'samspill-import',
    keyFile: fileWith(key),
    issuer: `${issuer.issuer}/`,
    resource: audience,
    scope: 'samspill:notices.import',
    ...changes,
  });

it('gets a token for a grant that it signs, and keeps it until it is to be renewed', async () => {
  const clock = new AdjustableClock(systemClock.now());
  const credentials = await client({ clock });
  const token = await credentials.token();
  const verifier = tokenVerifier({ issuers: [issuer.configuration] });
  expect(await verifier.verify(token)).toMatchObject({
    kind: 'SERVICE',
    clientId: 'samspill-import',
    organisation: '920123899',
    scopes: ['samspill:notices.import'],
  });
  expect(await credentials.token()).toBe(token);
  const { iat = 0, exp = 0 } = decodeJwt(token);
  clock.advance((exp - iat) * 1000);
  // By the time of the grant it asks again; that of the issuer is another, so it is refused.
  await expect(credentials.token()).rejects.toThrow(/gives no token \(invalid_grant/);
});

it('says why it gets none', async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const stranger = { ...(await exportJWK(privateKey)), kid: key.kid, alg: 'RS256' };
  const { kid: _kid, ...nameless } = key;
  const server = createServer((_request, response) => void response.writeHead(404).end('<html>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const cases: [Partial<Parameters<typeof maskinporten>[0]>, RegExp][] = [
    [{ keyFile: fileWith(stranger) }, /invalid_grant: .*signature.*MASKINPORTEN_CLIENT_ID.*is registered/],
    [{ scope: 'samspill:everything' }, /invalid_scope: .*has the scope samspill:everything/],
    [{ resource: 'https://other.no' }, /invalid_target/],
    [{ clientId: 'nobody' }, /gives no token \(invalid_/],
    [{ issuer: elsewhere }, /does not answer at .*Check MASKINPORTEN_ISSUER/],
    [{ issuer: 'http://127.0.0.1:9/' }, /does not answer at http:\/\/127/],
    [{ issuer: 'http://maskinporten.invalid/' }, /does not answer at .*HTTPS/],
    [{ keyFile: fileWith(nameless) }, /has no kid/],
    [{ keyFile: fileWith({ ...key, alg: 'ES256' }) }, /does not sign with ES256/],
    [{ keyFile: '/no/such.jwk' }, /MASKINPORTEN_KEY_FILE: the file \/no\/such\.jwk cannot be read/],
  ];
  for (const [changes, why] of cases) {
    const error = await client(changes)
      .then((credentials) => credentials.token())
      .catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: 'MendableError', message: expect.stringMatching(why) });
    expect((error as Error).message).not.toContain(key.d);
  }
});
