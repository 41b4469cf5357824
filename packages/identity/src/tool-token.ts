import { randomUUID } from 'node:crypto';
import { systemClock } from '@samspill/values';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

/** A pair for a tool of our own: it keeps the private key, the configuration gets the public one (`jwks`). */
export async function createToolKey(): Promise<{ privateKey: JWK; publicKey: JWK }> {
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const publicKey = await exportJWK(pair.publicKey);
  const common = { kid: await calculateJwkThumbprint(publicKey), alg: 'EdDSA', use: 'sig' };
  return {
    privateKey: { ...(await exportJWK(pair.privateKey)), ...common },
    publicKey: { ...publicKey, ...common },
  };
}

/** A token that a tool gives itself, believed through an issuer of the profile `own-key` with the public key inline. */
export async function signToolToken(options: {
  /** Private, Ed25519. */
  key: JWK;
  issuer: string;
  audience: string;
  clientId: string;
  scopes: readonly string[];
  lifetimeSeconds: number;
  now?: () => Date;
}): Promise<string> {
  const { key, now = () => systemClock.now() } = options;
  if (key.kty !== 'OKP' || key.crv !== 'Ed25519' || key.d === undefined) {
    throw new TypeError('A tool signs with a private key of Ed25519');
  }
  const issuedAt = Math.floor(now().getTime() / 1000);
  return new SignJWT({ client_id: options.clientId, scope: options.scopes.join(' ') })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...(key.kid === undefined ? {} : { kid: key.kid }) })
    .setIssuer(options.issuer)
    .setSubject(options.clientId)
    .setAudience(options.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + options.lifetimeSeconds)
    .setJti(randomUUID())
    .sign(await importJWK(key, 'EdDSA'));
}
