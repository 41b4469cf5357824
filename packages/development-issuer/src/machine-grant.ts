import type { IncomingMessage } from 'node:http';
import { createLocalJWKSet, decodeJwt, type JWK, jwtVerify } from 'jose';
import type { Provider } from 'oidc-provider';
import { errors } from './oidc-provider.js';
import type { Tokens } from './tokens.js';

/** RFC 7523: a JWT, signed by the machine, for a token. It is the only grant that Maskinporten knows. */
export const JWT_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Maskinporten takes no JWT that lives longer; neither do we, so that a tool that works here works there. */
const LONGEST_LIFE_SECONDS = 120;

/** No grant is larger than the provider's own limit for a body. */
const MAX_BODY = 56 * 1024;

/** Teaches the provider the grant. `keys` are the machines' public keys by client id. */
export function knowMachineGrant(
  provider: Provider,
  options: {
    keys: ReadonlyMap<string, JWK>;
    secret: string;
    audience: string;
    machineToken: Tokens['machineToken'];
  },
): void {
  const { keys, secret, audience, machineToken } = options;
  provider.registerGrantType<{ assertion?: string }>(
    JWT_GRANT,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const { resource, scope } = await verified(params.assertion, client.clientId);
      if (resource !== undefined && ![resource].flat().includes(audience)) {
        throw new errors.InvalidTarget(`the resource is ${audience}`);
      }
      const asked = typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
      const allowed = client.scope?.split(' ') ?? [];
      if (asked.some((each) => !allowed.includes(each))) {
        throw new errors.InvalidScope(
          `the scopes of ${client.clientId} are: ${allowed.join(' ')}`,
          asked.join(' '),
        );
      }
      const { value, expiresIn } = await machineToken(client.clientId, asked);
      ctx.body = {
        access_token: value,
        token_type: 'Bearer',
        expires_in: expiresIn,
        scope: asked.join(' ') || undefined,
      };
    },
    'assertion',
  );

  /**
   * The provider authenticates a client before it looks at a grant, whereas at Maskinporten the grant itself says
   * and proves who asks. So a request without any other authentication gets that of the client it names; what it
   * claims is proved above, by the signature.
   */
  provider.use(async (ctx, next) => {
    if (ctx.method === 'POST' && ctx.path === '/token' && !ctx.get('authorization')) {
      const body = new URLSearchParams((await peek(ctx.req)).toString());
      const clientId = body.get('grant_type') === JWT_GRANT && claimedClient(body.get('assertion'));
      if (clientId && !body.has('client_id')) {
        ctx.req.headers.authorization = `Basic ${btoa(`${encodeURIComponent(clientId)}:${secret}`)}`;
      }
    }
    await next();
  });

  async function verified(assertion: string | undefined, clientId: string) {
    const key = keys.get(clientId);
    if (!assertion || !key) throw refused('there is none, or the client has no key');
    const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: [key] }), {
      algorithms: ['RS256'],
      issuer: clientId,
      audience: [provider.issuer, `${provider.issuer}/`],
      maxTokenAge: LONGEST_LIFE_SECONDS,
      requiredClaims: ['exp'],
    }).catch((error: Error) => {
      throw refused(error.message);
    });
    if ((payload.exp as number) - (payload.iat as number) > LONGEST_LIFE_SECONDS) {
      throw refused(`it may live for ${LONGEST_LIFE_SECONDS} seconds`);
    }
    return payload;
  }
}

/** The provider keeps the reason of this error to itself; a developer wants to know what to mend. */
function refused(why: string): Error {
  return Object.assign(new errors.InvalidGrant(why), {
    error_description: `the assertion is refused: ${why}`,
  });
}

/** Whom an assertion claims to be from; proves nothing. */
function claimedClient(assertion: string | null): string | undefined {
  try {
    return decodeJwt(assertion ?? '').iss;
  } catch {
    return undefined;
  }
}

/** Reads a body and puts it back, so that the provider finds it unread. */
async function peek(request: IncomingMessage): Promise<Buffer> {
  const length = Number(request.headers['content-length'] ?? 0);
  if (!(length > 0 && length <= MAX_BODY)) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let received = 0;
  while (received < length) {
    const chunk: Buffer | null = request.read();
    if (chunk) {
      chunks.push(chunk);
      received += chunk.length;
    } else if (request.readableEnded || request.destroyed) break;
    else await new Promise((resolve) => request.once('readable', resolve).once('close', resolve));
  }
  const body = Buffer.concat(chunks);
  if (received > 0 && !request.destroyed) request.unshift(body);
  return body;
}
