import { createHmac, createSecretKey, hash, type KeyObject, randomUUID, timingSafeEqual } from 'node:crypto';
import { systemClock } from '@samspill/values';
import { z } from 'zod';
import { everybody, type Identity } from './identity.js';
import { TokenRefused } from './refusal.js';
import type { SeenOnce } from './seen-once.js';
import { serviceKey, strong } from './service-key.js';

/** The header that the gateway sends it in. */
export const ASSERTION_HEADER = 'samspill-assertion';

const LIFETIME = 30;
/** The public's is used again until so little of its lifetime is left that it might end on the way. */
const LEFT_AT_LEAST = 10;
/** How far apart the clocks of gateway and service may be. */
const SKEW = 5;
const MAX_LENGTH = 16_384;

/**
 * The only header there is. It is compared as text and never read: whoever may choose the algorithm in a header can
 * choose `none`.
 */
const HEADER = base64url(JSON.stringify({ alg: 'HS256', typ: 'samspill-assertion+jwt' }));

export interface AssertionSigner {
  /** `body` is exactly what is sent; the assertion fits no other. */
  sign(call: { service: string; identity: Identity; body: string | Uint8Array }): string;
}

/**
 * The gateway's word to a service about who asks: short-lived, for one service and one request.
 * `key` is the master key, of which the services' keys are made: see {@link serviceKey}.
 */
export function assertionSigner(options: { key: Uint8Array; now?: () => Date }): AssertionSigner {
  const { key: masterKey, now = () => systemClock.now() } = options;
  strong(masterKey);
  const keys = new Map<string, KeyObject>();
  const ofPublic = new Map<string, { assertion: string; iat: number }>();

  const signed = (service: string, claims: object): string => {
    let key = keys.get(service);
    if (!key) {
      key = createSecretKey(serviceKey(masterKey, service));
      keys.set(service, key);
    }
    const input = `${HEADER}.${base64url(JSON.stringify(claims))}`;
    return `${input}.${mac(key, input).toString('base64url')}`;
  };

  return {
    sign({ service, identity, body }) {
      const iat = seconds(now());
      const claims = { aud: service, iat, exp: iat + LIFETIME, identity };
      if (identity.kind !== 'PUBLIC') {
        return signed(service, { ...claims, jti: randomUUID(), body: digest(body) });
      }
      // Everybody is the public, so there is nothing to win by sending its assertion again or with another body;
      // and public reads, which are most, do not pay for one each.
      const known = ofPublic.get(service);
      if (known && known.iat <= iat && iat <= known.iat + LIFETIME - LEFT_AT_LEAST) return known.assertion;
      const assertion = signed(service, claims);
      ofPublic.set(service, { assertion, iat });
      return assertion;
    },
  };
}

export interface AssertionVerifier {
  /** @throws TokenRefused; whatever `seen` throws when it cannot answer. */
  verify(assertion: string | undefined, body: string | Uint8Array): Promise<Identity>;
}

/** `keys` are the service's own, several while they are being changed. */
export function assertionVerifier(options: {
  service: string;
  keys: readonly Uint8Array[];
  seen: SeenOnce;
  now?: () => Date;
}): AssertionVerifier {
  const { service, seen, now = () => systemClock.now() } = options;
  const keys = options.keys.map((key) => createSecretKey(strong(key)));
  if (keys.length === 0) throw new RangeError('A service that verifies assertions has a key');

  return {
    async verify(assertion, body) {
      const { jti, body: bodyDigest, ...claims } = claimsOf(assertion, keys);
      if (claims.aud !== service) throw new TokenRefused('WRONG_AUDIENCE');
      const time = seconds(now());
      if (claims.exp + SKEW <= time) throw new TokenRefused('EXPIRED');
      if (claims.iat - SKEW > time) throw new TokenRefused('NOT_YET_VALID');
      if (claims.identity.kind === 'PUBLIC') return everybody;
      if (jti === undefined || bodyDigest === undefined) throw new TokenRefused('MALFORMED', 'jti and body');
      if (bodyDigest !== digest(body)) throw new TokenRefused('WRONG_BODY');
      // Last, so that nothing that was refused for another reason uses an id up.
      if (!(await seen.firstTime(jti, claims.exp + SKEW - time))) throw new TokenRefused('REPLAYED');
      return claims.identity;
    },
  };
}

const organisation = z.string();
const claimsSchema = z
  .object({
    aud: z.string(),
    iat: z.int(),
    exp: z.int(),
    jti: z.string().min(1).optional(),
    body: z.string().min(1).optional(),
    identity: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('PUBLIC') }),
      z.strictObject({
        kind: z.literal('PERSON'),
        issuer: z.string(),
        personId: z.string(),
        organisations: z.array(organisation),
        level: z.enum(['LOW', 'SUBSTANTIAL', 'HIGH']),
      }),
      z.strictObject({
        kind: z.literal('SERVICE'),
        issuer: z.string(),
        clientId: z.string(),
        organisation: organisation.nullable(),
        scopes: z.array(z.string()),
      }),
    ]),
  })
  .refine(({ iat, exp }) => exp > iat && exp - iat <= LIFETIME);

function claimsOf(assertion: string | undefined, keys: readonly KeyObject[]): z.infer<typeof claimsSchema> {
  if (assertion === undefined || assertion === '') throw new TokenRefused('MISSING');
  if (assertion.length > MAX_LENGTH) throw new TokenRefused('TOO_LARGE');
  const [header, payload, signature, ...rest] = assertion.split('.');
  if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) {
    throw new TokenRefused('MALFORMED', 'not an assertion');
  }
  const input = `${header}.${payload}`;
  if (!keys.some((key) => sameText(mac(key, input).toString('base64url'), signature))) {
    throw new TokenRefused('WRONG_SIGNATURE');
  }
  const result = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!result.success) throw new TokenRefused('MALFORMED', 'claims');
  return result.data;
}

/** As texts, not as bytes: several texts decode to the same bytes, and only one of them is what was signed. */
function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function mac(key: KeyObject, input: string): Buffer {
  return createHmac('sha256', key).update(input).digest();
}

function digest(body: string | Uint8Array): string {
  // In one go: the object that `createHash` makes for each costs as much as the hashing.
  return hash('sha256', body, 'base64url');
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
