import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { z } from 'zod';
import { type Issuer, isProtected, metadataAddress } from './issuer-configuration.js';
import { TokenRefused } from './refusal.js';

const SECOND = 1000;
const TIMEOUT = 5 * SECOND;
/** How long a removed key is still believed when no token with a new one makes us look sooner. */
const KEYS_MAX_AGE = 10 * 60 * SECOND;
/** Unknown key ids make us look again, but not more often than this: anybody can invent key ids. */
const KEYS_COOL_DOWN = 30 * SECOND;
const METADATA_MAX_AGE = 60 * 60 * SECOND;
/** After a failure the issuer is left in peace for a while, or every request would wait for the time limit. */
const REST = 5 * SECOND;

/**
 * The keys of an issuer, as jose asks for them: inline, at a known address, or at the one that the issuer's metadata
 * tells. jose caches the set, and fetches it anew when a token names a key that it does not have.
 * @throws TokenRefused ISSUER_UNREACHABLE when the keys cannot be had.
 */
export function issuerKeys(issuer: Issuer, now: () => number): JWTVerifyGetKey {
  if (issuer.jwks) return createLocalJWKSet(issuer.jwks);
  const fetchGently = resting(now);
  const keySet = (url: string) =>
    createRemoteJWKSet(new URL(url), {
      timeoutDuration: TIMEOUT,
      cacheMaxAge: KEYS_MAX_AGE,
      cooldownDuration: KEYS_COOL_DOWN,
      [customFetch]: fetchGently,
    });
  const known = issuer.jwksUri ? keySet(issuer.jwksUri) : null;
  const find = known ? async () => known : discovered(issuer, keySet, fetchGently, now);
  return async (header, token) => {
    try {
      return await (await find())(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey) throw error;
      if (error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new TokenRefused('ISSUER_UNREACHABLE', `the keys of ${issuer.name} cannot be fetched`);
    }
  };
}

/** Fails at once for a while after a failure. Keys that are still fresh are not touched by it. */
function resting(now: () => number): FetchImplementation {
  let restsUntil = 0;
  return async (url, options) => {
    if (now() < restsUntil) throw new Error('resting after a failure');
    try {
      const response = await fetch(url, options);
      if (!response.ok) throw new Error(`status ${response.status}`);
      return response;
    } catch (error) {
      restsUntil = now() + REST;
      throw error;
    }
  };
}

/** Reads the metadata at the first token, and again now and then; the old address serves while that fails. */
function discovered<Keys>(
  issuer: Issuer,
  keySet: (url: string) => Keys,
  fetchGently: FetchImplementation,
  now: () => number,
): () => Promise<Keys> {
  // OpenID Connect Discovery §4.3: metadata that speaks of another issuer are somebody else's keys.
  const metadata = z.object({
    issuer: z.literal(issuer.issuer),
    jwks_uri: z.url().refine((url) => isProtected(url) || !isProtected(issuer.issuer)),
  });
  let current: { url: string; keys: Keys; until: number } | undefined;
  let pending: Promise<void> | undefined;
  const read = async () => {
    const response = await fetchGently(metadataAddress(issuer), {
      method: 'GET',
      headers: new Headers({ accept: 'application/json' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    const { jwks_uri: url } = metadata.parse(await response.json());
    // The same address keeps the same set, and with it what jose has cached.
    current = {
      url,
      keys: current?.url === url ? current.keys : keySet(url),
      until: now() + METADATA_MAX_AGE,
    };
  };
  return async () => {
    if (!current || now() >= current.until) {
      pending ??= read().finally(() => {
        pending = undefined;
      });
      await pending.catch((error) => {
        if (!current) throw error;
      });
    }
    return (current as NonNullable<typeof current>).keys;
  };
}
