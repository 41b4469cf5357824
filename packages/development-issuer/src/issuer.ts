import { createServer } from 'node:http';
import { DEVELOPMENT_ISSUER, type IssuerConfiguration } from '@samspill/identity';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { MACHINE_SECRET } from './clients.js';
import { knowMachineGrant } from './machine-grant.js';
import { machines } from './machines.js';
import { createProvider, resourceOf } from './provider.js';
import { useOwnRoutes } from './routes.js';
import { closed, listen, refuseToBeReached } from './server.js';
import { tokensOf } from './tokens.js';

export interface DevelopmentIssuerOptions {
  /** The address to listen on: one of this machine's own (loopback). */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Whom its tokens are for: what the gateway expects as `aud`. */
  readonly audience: string;
  /** Gets what went wrong in the issuer itself. It says nothing anywhere else. */
  readonly log?: { error(fields: object, message: string): void };
}

export interface DevelopmentIssuer extends AsyncDisposable {
  /** Its address, which is also the `iss` of its tokens. */
  readonly issuer: string;
  readonly jwksUri: string;
  /** How the gateway is told to trust it. */
  readonly configuration: IssuerConfiguration;
  /** A token such as logging in as this persona gives. */
  tokenFor(personaId: string): Promise<string>;
  /** A token such as a machine gets. Tests may ask for scopes that the machine would not be given. */
  machineToken(options: { clientId: string; scopes: readonly string[] }): Promise<string>;
  close(): Promise<void>;
}

/**
 * An OpenID Connect issuer where everybody may log in as every persona, without a password. All that it knows is in
 * memory, and its keys are made at each start: a token of an earlier run is worth nothing.
 * @throws MendableError in production, and for an address that others can reach.
 */
export async function startDevelopmentIssuer(options: DevelopmentIssuerOptions): Promise<DevelopmentIssuer> {
  const { host, audience, log } = options;
  refuseToBeReached(host);
  const [signingKey, ...keys] = await Promise.all([
    newKey('issuer'),
    ...machines.map(({ id }) => newKey(id)),
  ]);
  const machineKeys = new Map(machines.map(({ id }, index) => [id, keys[index] as JWK]));

  const server = createServer();
  const issuer = await listen(server, options);
  const resource = resourceOf(audience);
  const provider = createProvider(issuer, signingKey, resource);
  const failed = (error: Error) => log?.error({ err: error }, 'The development issuer failed');
  provider.on('server_error', (_ctx, error) => failed(error));
  provider.onerror = failed;
  const { tokenFor, machineToken, grantAll } = tokensOf(provider, resource);
  useOwnRoutes(provider, { machineKeys, tokenFor, grantAll });
  knowMachineGrant(provider, {
    keys: new Map([...machineKeys].map(([id, key]) => [id, publicPart(key)])),
    secret: MACHINE_SECRET,
    audience,
    machineToken,
  });
  server.on('request', provider.callback());

  const close = () => closed(server);
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    configuration: { name: DEVELOPMENT_ISSUER, profile: 'development', issuer, audience },
    tokenFor,
    machineToken: async ({ clientId, scopes }) => (await machineToken(clientId, scopes)).value,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function newKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  // A name of its own at each start, so that whoever keeps an old key knows that it is another.
  return { ...(await exportJWK(privateKey)), kid: `${kid}-${crypto.randomUUID()}`, alg: 'RS256', use: 'sig' };
}

function publicPart({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK;
}
