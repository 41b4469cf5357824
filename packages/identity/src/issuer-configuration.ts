import { z } from 'zod';
import { type ClaimMapping, claimMapping } from './claim-mapping.js';
import { type ProfileName, profiles } from './profiles.js';

/** Asymmetric ones only. `none` and HS* cannot even be configured: with them, whoever can verify can also forge. */
const algorithm = z.enum([
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'] as const),
]);

const address = z.string().refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
  error: 'An address that begins with https://',
  abort: true,
});

/** What both log-ins write for tokens that were made for nobody in particular; every other API accepts those too. */
const NO_AUDIENCE = 'unspecified';
const audience = z
  .string()
  .min(1)
  .refine((text) => text !== NO_AUDIENCE, 'Clients must ask for tokens for this graph (parameter resource)');

/** A private or shared key has no business in a verifier's configuration, where it would be read by many. */
const publicKey = z
  .looseObject({ kty: z.enum(['RSA', 'EC', 'OKP']), kid: z.string().optional() })
  .refine((key) => !('d' in key) && !('k' in key), 'Public keys only');

/** One issuer whose tokens are believed. */
export const issuerConfiguration = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .describe('Part of every person’s pseudonym: never change it once somebody has logged in'),
    profile: z.enum(Object.keys(profiles) as [ProfileName, ...ProfileName[]]),
    issuer: address.describe('Exactly as in the claim iss, with or without a slash at the end'),
    audience: z.union([audience, z.array(audience).min(1)]).describe('What aud must contain one of'),
    jwksUri: address.optional().describe('Default: what the issuer’s own metadata says'),
    jwks: z
      .object({ keys: z.array(publicKey).min(1) })
      .optional()
      .describe('The keys themselves, instead'),
    algorithms: z.array(algorithm).min(1).default(['RS256', 'PS256', 'ES256', 'EdDSA']),
    clockSkewSeconds: z.int().min(0).max(300).default(10),
    mapping: claimMapping.partial().optional().describe('What differs from the profile'),
  })
  .superRefine((configuration, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message, input: configuration });
    if (configuration.jwks && configuration.jwksUri) refuse('jwks', 'Either jwks or jwksUri');
    for (const key of ['issuer', 'jwksUri'] as const) {
      const url = configuration[key];
      if (url && !isProtected(url) && configuration.profile !== 'development') {
        refuse(key, 'Keys that are fetched without https:// can be anybody’s');
      }
    }
    const { person, level, machine } = mappingOf(configuration);
    if ((person === null) !== (level === null)) refuse('mapping', 'person and level belong together');
    if (person === null && machine === null) refuse('mapping', 'Neither persons nor machines');
  });

/** As it is written in the configuration. */
export type IssuerConfiguration = z.input<typeof issuerConfiguration>;
/** With the defaults filled in. */
export type Issuer = z.output<typeof issuerConfiguration>;

/** All issuers. Two of one name would share pseudonyms, and two of one address could not be told apart. */
export const issuersConfiguration = z.array(issuerConfiguration).superRefine((issuers, context) => {
  for (const key of ['name', 'issuer'] as const) {
    issuers.forEach((issuer, index) => {
      if (issuers.findIndex((other) => other[key] === issuer[key]) === index) return;
      context.addIssue({ code: 'custom', path: [index, key], message: 'Configured twice', input: issuers });
    });
  }
});

/** The profile's mapping with what the configuration overrides. */
export function mappingOf(configuration: Pick<Issuer, 'profile' | 'mapping'>): ClaimMapping {
  return { ...profiles[configuration.profile].mapping, ...configuration.mapping };
}

/** Where the issuer describes itself. OpenID Connect Discovery §4: without a slash that the issuer ends with. */
export function metadataAddress({ issuer, profile }: Pick<Issuer, 'issuer' | 'profile'>): string {
  return `${issuer.replace(/\/$/, '')}/${profiles[profile].metadata}`;
}

/** True for https, and for this machine itself. */
export function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
