import type { ClientMetadata, Provider } from 'oidc-provider';
import { isLoopbackUrl } from './loopback.js';
import { JWT_GRANT } from './machine-grant.js';
import { machines } from './machines.js';

/** The client of the playground; it comes back to `/` only. */
export const PLAYGROUND_CLIENT = 'samspill-playground';

/** The client of front-end teams; it comes back to any address of this machine. */
export const FRONTEND_CLIENT = 'samspill-frontend';

/** What machines say with the client credentials grant. Everybody may know it: it opens a developer's own machine only. */
export const MACHINE_SECRET = 'development-only';

/** What front ends may ask for: who it is, and by which name. What a person may do is not in the token. */
export const PERSON_SCOPES = ['openid', 'profile'];

const RETURNS_TO = ['http://localhost/', 'http://127.0.0.1/', 'http://[::1]/'];

/** A public client: a page or a program on this machine, with PKCE. The port of a native client's address is free (RFC 8252 §7.3). */
const publicClient = (id: string): ClientMetadata => ({
  client_id: id,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code'],
  redirect_uris: RETURNS_TO,
  scope: PERSON_SCOPES.join(' '),
});

export const clients: ClientMetadata[] = [
  publicClient(PLAYGROUND_CLIENT),
  publicClient(FRONTEND_CLIENT),
  ...machines.map(({ id, scopes }) => ({
    client_id: id,
    client_secret: MACHINE_SECRET,
    grant_types: ['client_credentials', JWT_GRANT],
    redirect_uris: [],
    response_types: [],
    scope: scopes.join(' '),
  })),
];

/** Front ends have all kinds of paths to come back to, and none is to be registered first. */
export function allowAnyPlaceOnThisMachine(provider: Provider): void {
  const { prototype } = provider.Client;
  const registered = prototype.redirectUriAllowed;
  prototype.redirectUriAllowed = function (uri) {
    if (this.clientId !== FRONTEND_CLIENT) return registered.call(this, uri);
    return isLoopbackUrl(uri) && !uri.includes('#');
  };
}
