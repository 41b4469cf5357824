import { randomUUID } from 'node:crypto';
import { isLoopback, MendableError } from '@samspill/environment';
import { type Clock, systemClock } from '@samspill/values';
import { importJWK, SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import type { Credentials } from './credentials.js';
import { type KeyFile, readPrivateKey } from './private-key.js';
import { renewedToken, type Token } from './renewed-token.js';

export interface MaskinportenOptions {
  readonly clientId: string;
  /** The private key (JWK) whose public half is registered for the client. */
  readonly keyFile: string;
  readonly issuer: string;
  /** Whom the token is for: what the region expects as audience. */
  readonly resource: string;
  readonly scope: string;
  readonly clock?: Clock;
}

/** RFC 7523. */
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Maskinporten takes no grant that lives longer than 120; the rest is for clocks that differ. */
const GRANT_SECONDS = 100;

/** Tokens of an issuer that does not say for how long they are good. */
const UNTOLD_SECONDS = 60;

const PATIENCE = 20_000;

/** A machine of an organisation: a grant that it signs itself, for a token of Maskinporten's. */
export async function maskinporten(options: MaskinportenOptions): Promise<Credentials> {
  const { clientId, keyFile, issuer, resource, scope, clock = systemClock } = options;
  const key = await readPrivateKey(keyFile, 'MASKINPORTEN_KEY_FILE');
  const { kid } = key;
  if (typeof kid !== 'string' || kid === '') {
    throw new MendableError(
      `MASKINPORTEN_KEY_FILE: the key in ${keyFile} has no kid. Maskinporten shows the one to write there where the public half is registered.`,
    );
  }
  const address = new URL(issuer);
  // A token that is asked for in the open can be anybody's; on this machine itself nobody listens in.
  const transport = () => ({
    signal: AbortSignal.timeout(PATIENCE),
    [oauth.allowInsecureRequests]: isLoopback(address.hostname),
  });

  let metadata: oauth.AuthorizationServer | null = null;
  const give = async (): Promise<Token> => {
    try {
      metadata ??= await oauth.processDiscoveryResponse(
        address,
        await oauth.discoveryRequest(address, { algorithm: 'oauth2', ...transport() }),
      );
      const assertion = await grant(metadata.issuer);
      const client = { client_id: clientId };
      const response = await oauth.genericTokenEndpointRequest(
        metadata,
        client,
        // The grant says and proves who asks; Maskinporten knows no other way.
        () => undefined,
        GRANT,
        { assertion },
        transport(),
      );
      const answer = await oauth.processGenericTokenEndpointResponse(metadata, client, response);
      return { value: answer.access_token, lifetimeSeconds: answer.expires_in ?? UNTOLD_SECONDS };
    } catch (error) {
      throw explained(error);
    }
  };

  const grant = async (audience: string): Promise<string> => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const alg = algorithmOf(key);
    try {
      return await new SignJWT({ scope, resource })
        .setProtectedHeader({ alg, kid })
        .setIssuer(clientId)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + GRANT_SECONDS)
        .setJti(randomUUID())
        .sign(await importJWK(key, alg));
    } catch (error) {
      throw new MendableError(
        `MASKINPORTEN_KEY_FILE: the key in ${keyFile} does not sign with ${alg} (${(error as Error).message}).`,
      );
    }
  };

  const explained = (error: unknown): unknown => {
    const { code, message, cause } = error as Error & { code?: string };
    const refused = refusalIn(error);
    if (refused) {
      const why = [refused.error, refused.error_description].filter(Boolean).join(': ');
      return new MendableError(
        `Maskinporten at ${issuer} gives no token (${why}). Check that the client ${clientId} (MASKINPORTEN_CLIENT_ID) has the scope ${scope}, and that the public half of the key ${kid} in ${keyFile} is registered for it.`,
      );
    }
    // Names of the libraries', and of fetch: everything else would be a defect of ours.
    if (code?.startsWith('OAUTH_') || ['TypeError', 'TimeoutError'].includes((error as Error).name)) {
      const why = (cause as Error | undefined)?.message || message;
      return new MendableError(
        `Maskinporten does not answer at ${issuer} (${why}). Check MASKINPORTEN_ISSUER, and import again.`,
      );
    }
    return error;
  };

  return {
    description: `a token of Maskinporten (${issuer}) for the client ${clientId}, the scope ${scope} and the resource ${resource}`,
    remedy: `The region's ISSUERS must have ${issuer} with the audience ${resource} (MASKINPORTEN_RESOURCE), and the scope (MASKINPORTEN_SCOPE) must be one that lets a machine import notices.`,
    token: renewedToken(give, clock),
  };
}

/** The issuer may say no in the body, or in a header. */
function refusalIn(error: unknown): { error?: string; error_description?: string } | null {
  if (error instanceof oauth.ResponseBodyError) return error;
  if (error instanceof oauth.WWWAuthenticateChallengeError) return error.cause[0]?.parameters ?? {};
  return null;
}

function algorithmOf({ alg, kty, crv }: KeyFile): string {
  if (alg) return alg;
  if (kty === 'RSA') return 'RS256';
  return kty === 'OKP' ? 'EdDSA' : `ES${crv?.replace('P-', '').replace('521', '512')}`;
}
