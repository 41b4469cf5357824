import { randomBytes } from 'node:crypto';
import { personas } from '@samspill/identity';
import type { JWK } from 'jose';
import { machineClaims, personClaims } from './claims.js';
import { allowAnyPlaceOnThisMachine, clients, PERSON_SCOPES } from './clients.js';
import { isLoopbackUrl } from './loopback.js';
import { machineScopes, machines } from './machines.js';
import { errors, Provider } from './oidc-provider.js';
import { renderError } from './pages.js';
import { inMemory } from './storage.js';

/** The cookie in which the provider would remember who logged in. */
export const SESSION_COOKIE = 'samspill-session';

const TOKEN_SECONDS = 3_600;
const LOG_IN_SECONDS = 600;

/** What tokens are for. A provider wants an address for it, and an audience need not be one. */
export interface Resource {
  readonly identifier: string;
  readonly server: ReturnType<typeof resourceServer>;
}

const resourceServer = (audience: string) => ({
  audience,
  scope: machineScopes.join(' '),
  accessTokenFormat: 'jwt' as const,
  accessTokenTTL: TOKEN_SECONDS,
  jwt: { sign: { alg: 'RS256' as const } },
});

export function resourceOf(audience: string): Resource {
  return {
    identifier: URL.canParse(audience) ? audience : 'urn:samspill:graph',
    server: resourceServer(audience),
  };
}

/** The OpenID Connect provider; everything that it would complain about in production is decided here. */
export function createProvider(issuer: string, signingKey: JWK, resource: Resource): Provider {
  const provider = new Provider(issuer, {
    adapter: inMemory(),
    jwks: { keys: [signingKey] },
    clients,
    responseTypes: ['code'],
    scopes: [...PERSON_SCOPES, ...machineScopes],
    acrValues: ['low', 'substantial', 'high'],
    // As at Ansattporten, the front end reads from the ID token whom the person acts for.
    claims: { openid: ['sub', 'acr', 'authorization_details'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => {
      const persona = personas.find((each) => each.id === id);
      if (!persona) return undefined;
      return {
        accountId: id,
        claims: () => ({ ...personClaims(persona), sub: id, name: persona.name }),
      };
    },
    clientBasedCORS: (_ctx, origin) => isLoopbackUrl(origin),
    cookies: {
      keys: [randomBytes(32).toString('base64url')],
      // Cookies do not know ports, so the names must be nobody else's.
      names: { session: SESSION_COOKIE, interaction: 'samspill-interaction', resume: 'samspill-resume' },
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    // Sessions are forgotten at once, and tokens outlive them.
    expiresWithSession: () => false,
    ttl: {
      AccessToken: TOKEN_SECONDS,
      ClientCredentials: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      Grant: TOKEN_SECONDS,
      Session: LOG_IN_SECONDS,
      Interaction: LOG_IN_SECONDS,
      AuthorizationCode: 60,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        // Clients need no `resource`: there is but one.
        defaultResource: () => resource.identifier,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, asked) => {
          if (asked === resource.identifier) return resource.server;
          throw new errors.InvalidTarget(`the resource is ${resource.identifier}`);
        },
      },
    },
    formats: {
      customizers: {
        jwt: (_ctx, token, { payload }) => {
          if (token.kind === 'AccessToken') {
            const persona = personas.find(({ id }) => id === token.accountId);
            if (persona) Object.assign(payload, personClaims(persona));
            return;
          }
          // A machine is nobody, and Maskinporten's tokens have no subject.
          delete payload.sub;
          const machine = machines.find(({ id }) => id === token.clientId);
          if (machine) Object.assign(payload, machineClaims(machine));
        },
      },
    },
    renderError,
  });
  allowAnyPlaceOnThisMachine(provider);
  return provider;
}
