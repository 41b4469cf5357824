import { hash } from 'node:crypto';
import { systemClock } from '@samspill/values';
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type ClaimMapping, type Claims, identityOf } from './claim-mapping.js';
import type { Identity } from './identity.js';
import {
  type Issuer,
  type IssuerConfiguration,
  issuersConfiguration,
  mappingOf,
} from './issuer-configuration.js';
import { issuerKeys } from './issuer-keys.js';
import { TokenRefused } from './refusal.js';

/** Longer tokens are not even looked at. Headers of a request share 16 kB in Node. */
export const MAX_TOKEN_LENGTH = 8192;

export interface TokenVerifierOptions {
  readonly issuers: readonly IssuerConfiguration[];
  /** The machine's own clock, not one that demos move: issuers do not move with it. */
  readonly clock?: () => Date;
  /** How many believed tokens are remembered. @default 10000 */
  readonly cacheSize?: number;
  /** For how long, and so for how long a key that was withdrawn may live on here. @default 60 */
  readonly cacheSeconds?: number;
}

export interface TokenVerifier {
  /**
   * Who a token says is asking. At once for a token that was believed a moment ago, otherwise as a promise.
   * @throws TokenRefused, always as a rejected promise: await the answer.
   */
  verify(token: string): Identity | Promise<Identity>;
}

/** @throws ZodError when the configuration does not fit. Whether issuers answer is found out at their first token. */
export function tokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { clock = () => systemClock.now(), cacheSize = 10_000, cacheSeconds = 60 } = options;
  const now = () => clock().getTime();
  const issuers = new Map<unknown, Trusted>(
    issuersConfiguration
      .parse(options.issuers)
      .map((issuer) => [
        issuer.issuer,
        { issuer, mapping: mappingOf(issuer), keys: issuerKeys(issuer, now) },
      ]),
  );
  const believed = new BelievedTokens(cacheSize);

  const believe = async (token: string, digest: string): Promise<Identity> => {
    const { identity, expires } = await examine(token, issuers, clock);
    const since = now();
    believed.add(digest, { identity, since, until: Math.min(expires, since + cacheSeconds * 1000) });
    return identity;
  };

  return {
    verify(token) {
      if (token.length > MAX_TOKEN_LENGTH) return Promise.reject(new TokenRefused('TOO_LARGE'));
      // By digest, so that the memory holds no tokens that anybody could use.
      const digest = hash('sha256', token, 'base64url');
      return believed.find(digest, now()) ?? believe(token, digest);
    },
  };
}

interface Trusted {
  readonly issuer: Issuer;
  readonly mapping: ClaimMapping;
  readonly keys: JWTVerifyGetKey;
}

interface Believed {
  readonly identity: Identity;
  readonly since: number;
  readonly until: number;
}

/** Only what was believed gets in, so strangers cannot fill it; the oldest leaves first, as all live equally long. */
class BelievedTokens {
  readonly #entries = new Map<string, Believed>();

  constructor(readonly size: number) {}

  find(digest: string, now: number): Identity | undefined {
    const entry = this.#entries.get(digest);
    // A clock that was put back makes a token unbelieved rather than immortal.
    if (entry && entry.since <= now && now < entry.until) return entry.identity;
    if (entry) this.#entries.delete(digest);
    return undefined;
  }

  add(digest: string, entry: Believed): void {
    this.#entries.delete(digest);
    this.#entries.set(digest, entry);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.size) break;
      this.#entries.delete(oldest);
    }
  }
}

/** What ID tokens have and access tokens have not: OpenID Connect Core §2 and §3.3.2.11. */
const ONLY_IN_ID_TOKENS = ['nonce', 'at_hash', 'c_hash'];

/** RFC 9068 §2.1, and what issuers wrote before it. Anything else was signed for another purpose (RFC 8725 §3.11). */
const ACCESS_TOKEN_TYPES = ['at+jwt', 'application/at+jwt', 'jwt', 'application/jwt'];

async function examine(
  token: string,
  issuers: ReadonlyMap<unknown, Trusted>,
  clock: () => Date,
): Promise<{ identity: Identity; expires: number }> {
  const { header, claims, signature } = dissect(token);
  // Not believed yet; it only chooses whose keys and rules apply, and is then verified by them.
  const trusted = issuers.get(claims.iss);
  if (!trusted) throw new TokenRefused('WRONG_ISSUER', 'not configured');
  const { issuer, mapping, keys } = trusted;
  if (!(issuer.algorithms as readonly unknown[]).includes(header.alg))
    throw new TokenRefused('ALGORITHM_NOT_ALLOWED');
  // jose decodes leniently: it takes any last character whose unused bits differ, and blanks. A token must have one
  // spelling only, or the same one could come back as another.
  if (Buffer.from(signature, 'base64url').toString('base64url') !== signature || signature === '') {
    throw new TokenRefused('MALFORMED', 'the signature is not base64url');
  }
  if (header.typ !== undefined && !ACCESS_TOKEN_TYPES.includes(String(header.typ).toLowerCase())) {
    throw new TokenRefused('MALFORMED', 'typ is not that of an access token');
  }
  const currentDate = clock();
  const { payload } = await jwtVerify(token, keys, {
    issuer: issuer.issuer,
    audience: issuer.audience,
    algorithms: issuer.algorithms,
    clockTolerance: issuer.clockSkewSeconds,
    requiredClaims: ['exp'],
    currentDate,
  }).catch((error: unknown) => {
    throw refusalOf(error);
  });
  const expires = (payload.exp as number) * 1000;
  // JSON has no Infinity, but 1e999 is read as one: a token that never ends.
  if (!Number.isFinite(expires)) throw new TokenRefused('CLAIM_MISSING', 'exp');
  // jose looks at iat only when it limits the age of tokens.
  if (
    payload.iat !== undefined &&
    payload.iat * 1000 > currentDate.getTime() + issuer.clockSkewSeconds * 1000
  ) {
    throw new TokenRefused('NOT_YET_VALID', 'iat');
  }
  const foreign = ONLY_IN_ID_TOKENS.find((claim) => Object.hasOwn(payload, claim));
  if (foreign)
    throw new TokenRefused('CLAIM_MISSING', `an ID token (${foreign}) where an access token is needed`);
  return { identity: identityOf(issuer.name, payload, mapping), expires };
}

const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/;

function dissect(token: string): { header: Claims; claims: Claims; signature: string } {
  const [, header, claims, signature] = COMPACT.exec(token) ?? [];
  if (header === undefined || claims === undefined || signature === undefined) {
    throw new TokenRefused('MALFORMED', 'not a signed JWT');
  }
  return { header: objectIn(header), claims: objectIn(claims), signature };
}

function objectIn(part: string): Claims {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    // The parser's own message quotes what it read, which is for nobody's log.
    throw new TokenRefused('MALFORMED', 'not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenRefused('MALFORMED', 'not an object');
  }
  return value as Claims;
}

/** jose's codes are stable; its messages name claims, never their values. */
function refusalOf(error: unknown): TokenRefused {
  if (error instanceof TokenRefused) return error;
  if (error instanceof errors.JWTExpired) return new TokenRefused('EXPIRED');
  if (error instanceof errors.JWTClaimValidationFailed) return refusalOfClaim(error);
  if (error instanceof errors.JOSEAlgNotAllowed) return new TokenRefused('ALGORITHM_NOT_ALLOWED');
  if (error instanceof errors.JWKSNoMatchingKey) return new TokenRefused('UNKNOWN_KEY');
  if (error instanceof errors.JWKSMultipleMatchingKeys)
    return new TokenRefused('UNKNOWN_KEY', 'several keys fit');
  if (error instanceof errors.JWSSignatureVerificationFailed) return new TokenRefused('WRONG_SIGNATURE');
  if (error instanceof errors.JOSEError) return new TokenRefused('MALFORMED', error.code);
  // What is left are keys that the algorithm cannot use, such as an RSA key that is too short.
  return new TokenRefused('UNKNOWN_KEY', 'the key cannot be used');
}

function refusalOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): TokenRefused {
  // Maskinporten leaves aud out when the client forgot to ask for it; "wrong audience" tells what to do about it.
  if (claim === 'aud') return new TokenRefused('WRONG_AUDIENCE', reason);
  if (claim === 'iss') return new TokenRefused('WRONG_ISSUER', reason);
  if (reason === 'check_failed' && (claim === 'nbf' || claim === 'iat'))
    return new TokenRefused('NOT_YET_VALID', claim);
  return new TokenRefused('CLAIM_MISSING', claim);
}
