import {
  createToolKey,
  type Identify,
  type IssuerConfiguration,
  type PersonIdentity,
  type ServiceIdentity,
  signToolToken,
  TokenRefused,
} from '@samspill/identity';

export function person(id: string): PersonIdentity {
  return { kind: 'PERSON', issuer: 'test', personId: id, organisations: ['920123899'], level: 'HIGH' };
}

export const importer: ServiceIdentity = {
  kind: 'SERVICE',
  issuer: 'test',
  clientId: 'importer',
  organisation: null,
  scopes: ['samspill:notices.import'],
};

/**
 * Believes `Bearer person-…` and `Bearer importer`, after some time for every second one; `Bearer !FAULT` is
 * refused with that fault. What real tokens look like is for packages/identity to test.
 */
export const believing: Identify = (header) => {
  if (header === undefined) return { kind: 'PUBLIC' };
  const token = header.replace('Bearer ', '');
  if (token.startsWith('!')) {
    return Promise.reject(new TokenRefused(token.slice(1) as TokenRefused['fault'], 'as the test wanted'));
  }
  if (token === 'importer') return importer;
  if (!token.startsWith('person-')) throw new TokenRefused('MALFORMED');
  const identity = person(token);
  return token.endsWith('0')
    ? identity
    : new Promise((resolve) => setTimeout(resolve, Math.random() * 10, identity));
};

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** An issuer of our own with a key in its configuration, and what signs for it. */
export async function toolIssuer(): Promise<{
  issuer: IssuerConfiguration;
  token: (lifetimeSeconds?: number) => Promise<string>;
}> {
  const { privateKey, publicKey } = await createToolKey();
  const issuer = 'https://tools.example.no';
  const audience = 'https://samspill.example.no';
  return {
    issuer: {
      name: 'tools',
      profile: 'own-key',
      issuer,
      audience,
      jwks: { keys: [publicKey as { kty: 'OKP' }] },
    },
    token: (lifetimeSeconds = 60) =>
      signToolToken({
        key: privateKey,
        issuer,
        audience,
        clientId: 'importer',
        scopes: ['samspill:notices.import'],
        lifetimeSeconds,
      }),
  };
}
