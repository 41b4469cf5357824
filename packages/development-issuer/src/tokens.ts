import { personas } from '@samspill/identity';
import type { Provider } from 'oidc-provider';
import { FRONTEND_CLIENT, PERSON_SCOPES } from './clients.js';
import type { Resource } from './provider.js';

/** Gives tokens without asking anybody. */
export type Tokens = ReturnType<typeof tokensOf>;

export function tokensOf(provider: Provider, resource: Resource) {
  const resourceServer = () => new provider.ResourceServer(resource.identifier, resource.server);
  const clientOf = async (id: string) => {
    const client = await provider.Client.find(id);
    if (!client) throw new Error(`The development issuer knows no client ${id}`);
    return client;
  };

  /** Says that a persona agreed to everything that a client may ask for, and returns the id of that. */
  async function grantAll(personaId: string, clientId: string): Promise<string> {
    const grant = new provider.Grant({ accountId: personaId, clientId });
    grant.addOIDCScope(PERSON_SCOPES.join(' '));
    return grant.save();
  }

  async function tokenFor(personaId: string): Promise<string> {
    if (!personas.some(({ id }) => id === personaId)) {
      throw new Error(`The development issuer knows no persona ${personaId}`);
    }
    const token = new provider.AccessToken({
      accountId: personaId,
      client: await clientOf(FRONTEND_CLIENT),
      grantId: await grantAll(personaId, FRONTEND_CLIENT),
      gty: 'authorization_code',
      resourceServer: resourceServer(),
    });
    return token.save();
  }

  async function machineToken(clientId: string, scopes: readonly string[]) {
    const token = new provider.ClientCredentials({
      client: await clientOf(clientId),
      resourceServer: resourceServer(),
      scope: scopes.join(' ') || undefined,
    });
    return { value: await token.save(), expiresIn: token.expiration };
  }

  return { grantAll, tokenFor, machineToken };
}
