import { AdjustableClock } from '@samspill/values';
import {
  CompactSign,
  exportJWK,
  exportSPKI,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { IssuerConfiguration } from './issuer-configuration.js';
import { MAX_TOKEN_LENGTH, tokenVerifier } from './token-verifier.js';

const START = new Date('2026-03-02T12:00:00Z');
const NOW = START.getTime() / 1000;

let pair: GenerateKeyPairResult;
let issuer: IssuerConfiguration;
beforeAll(async () => {
  pair = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(pair.publicKey)), kid: 'one', kty: 'RSA' as const };
  issuer = {
    name: 'ansattporten',
    profile: 'ansattporten',
    issuer: 'https://test.ansattporten.no',
    audience: 'https://api.samspill.example',
    jwks: { keys: [key] },
  };
});

const payload = {
  iss: 'https://test.ansattporten.no',
  aud: 'https://api.samspill.example',
  sub: '_8iGmUQ2WbyT3Pqv4R7cLQ',
  acr: 'high',
  client_id: 'samspill',
  iat: NOW,
  exp: NOW + 600,
};

type Key = Parameters<SignJWT['sign']>[0];
const sign = (
  change: JWTPayload = {},
  header: Partial<JWTHeaderParameters> = {},
  key: Key = pair.privateKey,
) =>
  new SignJWT({ ...payload, ...change })
    .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
    .sign(key);

const verifier = (change: Partial<IssuerConfiguration> = {}, clock = new AdjustableClock(START)) =>
  tokenVerifier({ issuers: [{ ...issuer, ...change }], clock: () => clock.now() });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function faultOf(token: string, verify = verifier()): Promise<unknown> {
  try {
    await verify.verify(token);
    return 'BELIEVED';
  } catch (error) {
    return (error as { fault?: string }).fault ?? error;
  }
}

it('believes a token of the issuer, whatever its type is called', async () => {
  const person = { kind: 'PERSON', issuer: 'ansattporten', level: 'HIGH', organisations: [] };
  for (const typ of [undefined, 'JWT', 'at+jwt', 'application/at+jwt', 'AT+JWT']) {
    expect(await verifier().verify(await sign({}, { typ }))).toMatchObject(person);
  }
  expect(await verifier().verify(await sign({ aud: ['https://x.example', payload.aud] }))).toMatchObject(
    person,
  );
});

describe('refuses', () => {
  it.each<[string, JWTPayload]>([
    ['EXPIRED', { exp: NOW - 10 }],
    ['NOT_YET_VALID', { nbf: NOW + 11 }],
    ['NOT_YET_VALID', { iat: NOW + 11 }],
    ['WRONG_ISSUER', { iss: 'https://test.ansattporten.no/' }],
    ['WRONG_ISSUER', { iss: 'https://ansattporten.no' }],
    ['WRONG_ISSUER', { iss: undefined }],
    ['WRONG_ISSUER', { iss: ['https://test.ansattporten.no'] as unknown as string }],
    ['WRONG_AUDIENCE', { aud: 'unspecified' }],
    ['WRONG_AUDIENCE', { aud: 'https://api.samspill.example/' }],
    ['WRONG_AUDIENCE', { aud: undefined }],
    ['CLAIM_MISSING', { exp: undefined }],
    ['CLAIM_MISSING', { exp: String(NOW + 600) as unknown as number }],
    ['CLAIM_MISSING', { iat: String(NOW) as unknown as number }],
    ['CLAIM_MISSING', { acr: 'unheard-of' }],
    ['CLAIM_MISSING', { client_id: undefined }],
    ['CLAIM_MISSING', { nonce: 'n-0S6_WzA2Mj' }],
    ['CLAIM_MISSING', { at_hash: '77QmUPtjPfzWtF2AnpK9RQ' }],
  ])('%s for %j', async (fault, change) => {
    expect(await faultOf(await sign(change))).toBe(fault);
  });

  it('no token a moment off, within the clocks’ difference', async () => {
    expect(await faultOf(await sign({ exp: NOW - 9, nbf: NOW + 10, iat: NOW + 10 }))).toBe('BELIEVED');
    expect(await faultOf(await sign({ exp: NOW }), verifier({ clockSkewSeconds: 0 }))).toBe('EXPIRED');
  });

  it('a token that would never end', async () => {
    const claims = JSON.stringify(payload).replace(`${payload.exp}`, '1e999');
    const token = await new CompactSign(Buffer.from(claims))
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .sign(pair.privateKey);
    expect(await faultOf(token)).toBe('CLAIM_MISSING');
  });

  it('alg none, in any spelling and with any signature', async () => {
    const signature = (await sign()).split('.')[2];
    for (const alg of ['none', 'None', 'NONE', '', undefined, null, ['RS256']]) {
      for (const end of ['', signature]) {
        expect(await faultOf(`${part({ alg, kid: 'one' })}.${part(payload)}.${end}`)).toBe(
          'ALGORITHM_NOT_ALLOWED',
        );
      }
    }
  });

  it('HS256 signed with what everybody may know of the key', async () => {
    const pem = await exportSPKI(pair.publicKey);
    const key = await exportJWK(pair.publicKey);
    const jwk = JSON.stringify(key);
    const modulus = Buffer.from(key.n as string, 'base64url');
    for (const secret of [pem, pem.trim(), jwk, modulus]) {
      expect(await faultOf(await sign({}, { alg: 'HS256' }, Buffer.from(secret)))).toBe(
        'ALGORITHM_NOT_ALLOWED',
      );
    }
  });

  it('algorithms that the issuer is not configured for', async () => {
    const token = await sign();
    expect(await faultOf(token, verifier({ algorithms: ['ES256'] }))).toBe('ALGORITHM_NOT_ALLOWED');
    expect(await faultOf(token, verifier({ algorithms: ['RS256'] }))).toBe('BELIEVED');
  });

  it('keys that the issuer does not have', async () => {
    const other = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(other.publicKey);
    expect(await faultOf(await sign({}, { kid: 'two' }, other.privateKey))).toBe('UNKNOWN_KEY');
    expect(await faultOf(await sign({}, {}, other.privateKey))).toBe('WRONG_SIGNATURE');
    // Keys in the token itself are what the sender says, and are never looked at.
    expect(await faultOf(await sign({}, { jwk }, other.privateKey))).toBe('WRONG_SIGNATURE');
    expect(await faultOf(await sign({}, { kid: 'two', jwk }, other.privateKey))).toBe('UNKNOWN_KEY');
    expect(await faultOf(await sign({}, { jku: 'https://evil.example' }, other.privateKey))).toBe(
      'WRONG_SIGNATURE',
    );
  });

  it('a token without a key id where several keys fit', async () => {
    const second = {
      ...(await exportJWK((await generateKeyPair('RS256')).publicKey)),
      kty: 'RSA' as const,
      kid: 'two',
    };
    const keys = [...(issuer.jwks?.keys ?? []), second];
    const token = await sign({}, { kid: undefined });
    expect(await faultOf(token)).toBe('BELIEVED');
    expect(await faultOf(token, verifier({ jwks: { keys } }))).toBe('UNKNOWN_KEY');
  });

  it('another issuer’s key, however well it is signed', async () => {
    const other = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(other.publicKey)), kid: 'one', kty: 'RSA' as const };
    const second = { ...issuer, name: 'second', issuer: 'https://second.example', jwks: { keys: [jwk] } };
    const verify = tokenVerifier({ issuers: [issuer, second], clock: () => START });
    expect(await faultOf(await sign({}, {}, other.privateKey), verify)).toBe('WRONG_SIGNATURE');
    expect(await faultOf(await sign({ iss: second.issuer }, {}, other.privateKey), verify)).toBe('BELIEVED');
  });

  it('types that were signed for another purpose, and extensions that it does not know', async () => {
    for (const typ of ['logout+jwt', 'dpop+jwt', 'samspill-assertion+jwt', '']) {
      expect(await faultOf(await sign({}, { typ }))).toBe('MALFORMED');
    }
    const [, claims, signature] = (await sign()).split('.');
    const header = part({ alg: 'RS256', kid: 'one', crit: ['b64'], b64: false });
    expect(await faultOf(`${header}.${claims}.${signature}`)).not.toBe('BELIEVED');
  });

  it('what is no token', async () => {
    const token = await sign();
    const [header, claims, signature] = token.split('.') as [string, string, string];
    const malformed = [
      '',
      'abc',
      'a.b.c',
      `${token}.`,
      `${token}.a.b`,
      ` ${token}`,
      `${token}\n`,
      `${token}=`,
      `${header}.${claims}`,
      `${header}.${claims}.`,
      `${header}.${claims}.${signature.slice(0, 9)} ${signature.slice(9)}`,
      `${part([])}.${claims}.${signature}`,
      `${header}.${part('x')}.${signature}`,
      `${header}.${part(null)}.${signature}`,
    ];
    for (const text of malformed) expect([text, await faultOf(text)]).toEqual([text, 'MALFORMED']);
  });

  it('more than fits, without reading it', async () => {
    const token = await sign({ padding: 'x'.repeat(MAX_TOKEN_LENGTH) });
    expect(await faultOf(token)).toBe('TOO_LARGE');
    expect(await faultOf('x'.repeat(MAX_TOKEN_LENGTH + 1))).toBe('TOO_LARGE');
    expect(await faultOf('x'.repeat(MAX_TOKEN_LENGTH))).toBe('MALFORMED');
  });

  it('every token that is damaged in one character', async () => {
    const token = await sign();
    const verify = verifier();
    await verify.verify(token);
    const believed: string[] = [];
    for (let at = 0; at < token.length; at++) {
      const [before, character, after] = [token.slice(0, at), token.charAt(at), token.slice(at + 1)];
      // The neighbour in the alphabet differs in the last bit, which jose alone would overlook at the very end.
      const neighbour = character === '-' ? '+' : String.fromCharCode(character.charCodeAt(0) ^ 1);
      const damaged = [
        ...[neighbour, 'A', '_', '.', '=', ' ', '\u0000', 'é'].map((other) => before + other + after),
        before + after,
        before + character + character + after,
      ];
      for (const text of damaged) {
        if (text !== token && (await faultOf(text, verify)) === 'BELIEVED') believed.push(text);
      }
    }
    // All the last characters of a signature that decode to the same bytes.
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
      const text = token.slice(0, -1) + last;
      if (text !== token && (await faultOf(text, verify)) === 'BELIEVED') believed.push(text);
    }
    expect(believed).toEqual([]);
  });

  it('without saying anything of the token', async () => {
    const told: string[] = [];
    for (const change of [
      { acr: 'secret' },
      { aud: 'secret' },
      { iss: 'secret' },
      { exp: 1 },
      { nbf: NOW + 99 },
    ]) {
      const refusal = await Promise.resolve(verifier().verify(await sign(change))).catch(
        (error: Error) => error,
      );
      told.push(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal)));
    }
    expect(told.join()).not.toMatch(/secret|_8iGm|eyJ/);
  });
});

describe('remembers what it believed', () => {
  it('and answers at once, with the same identity', async () => {
    const verify = verifier();
    const token = await sign();
    const first = await verify.verify(token);
    expect(verify.verify(token)).toBe(first);
  });

  it('no longer than it was told', async () => {
    const clock = new AdjustableClock(START);
    const verify = verifier({}, clock);
    const token = await sign();
    await verify.verify(token);
    clock.advance(59_999);
    expect(verify.verify(token)).not.toBeInstanceOf(Promise);
    clock.advance(1);
    expect(verify.verify(token)).toBeInstanceOf(Promise);
  });

  it('never beyond the token’s end', async () => {
    const clock = new AdjustableClock(START);
    const verify = verifier({ clockSkewSeconds: 0 }, clock);
    const token = await sign({ exp: NOW + 20 });
    await verify.verify(token);
    clock.advance(19_999);
    expect(verify.verify(token)).not.toBeInstanceOf(Promise);
    clock.advance(1);
    expect(await faultOf(token, verify)).toBe('EXPIRED');
  });

  it('not when the clock is put back', async () => {
    const clock = new AdjustableClock(START);
    const verify = verifier({}, clock);
    const token = await sign({ nbf: NOW });
    await verify.verify(token);
    clock.advance(-3_600_000);
    expect(await faultOf(token, verify)).toBe('NOT_YET_VALID');
  });

  it('no more than fits', async () => {
    const verify = tokenVerifier({ issuers: [issuer], clock: () => START, cacheSize: 2 });
    const tokens = await Promise.all(['a', 'b', 'c'].map((sub) => sign({ sub })));
    for (const token of tokens) await verify.verify(token);
    expect(tokens.map((token) => verify.verify(token) instanceof Promise)).toEqual([true, false, false]);
  });
});
