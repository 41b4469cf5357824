import { describe, expect, it } from 'vitest';
import { issuerConfiguration, issuersConfiguration, metadataAddress } from './issuer-configuration.js';

const valid = {
  name: 'ansattporten',
  profile: 'ansattporten',
  issuer: 'https://ansattporten.no',
  audience: 'https://api.samspill.example',
} as const;

it('fills in what is usual', () => {
  expect(issuerConfiguration.parse(valid)).toEqual({
    ...valid,
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    clockSkewSeconds: 10,
  });
});

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

it.each([
  ['an unknown key', { audiance: 'x' }],
  ['an algorithm that forges', { algorithms: ['HS256'] }],
  ['no algorithm', { algorithms: ['none'] }],
  ['an audience that is everybody’s', { audience: ['unspecified'] }],
  ['no audience', { audience: [] }],
  ['an address without protection', { issuer: 'http://ansattporten.no' }],
  ['keys without protection', { jwksUri: 'http://ansattporten.no/jwks' }],
  ['no address', { issuer: 'ansattporten' }],
  ['another scheme', { issuer: 'file:///etc' }],
  ['a name that looks like nothing', { name: 'Ansatt porten' }],
  ['two sources of keys', { jwks: { keys: [key] }, jwksUri: 'https://ansattporten.no/jwks' }],
  ['a private key', { jwks: { keys: [{ ...key, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }] } }],
  ['a shared key', { jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }],
  ['a national number as the person', { mapping: { person: 'pid' } }],
  ['persons without a level', { mapping: { level: null } }],
  ['nobody at all', { mapping: { level: null, person: null } }],
  ['an unknown level', { mapping: { level: { claim: 'acr', values: { x: 'VERY_HIGH' } } } }],
])('refuses %s', (_what, change) => {
  expect(issuerConfiguration.safeParse({ ...valid, ...change }).success).toBe(false);
});

it('takes this machine’s own addresses, and any for development', () => {
  expect(issuerConfiguration.safeParse({ ...valid, issuer: 'http://localhost:4000/oidc' }).success).toBe(
    true,
  );
  const development = { ...valid, profile: 'development', issuer: 'http://issuer:4000' };
  expect(issuerConfiguration.safeParse(development).success).toBe(true);
});

it('refuses two issuers of one name or one address', () => {
  const other = { ...valid, name: 'other', issuer: 'https://other.no' };
  expect(issuersConfiguration.safeParse([valid, other]).success).toBe(true);
  expect(issuersConfiguration.safeParse([valid, { ...other, name: valid.name }]).success).toBe(false);
  expect(issuersConfiguration.safeParse([valid, { ...other, issuer: valid.issuer }]).success).toBe(false);
});

describe('metadataAddress', () => {
  it('is where each log-in publishes it', () => {
    expect(metadataAddress(valid)).toBe('https://ansattporten.no/.well-known/openid-configuration');
    expect(metadataAddress({ profile: 'maskinporten', issuer: 'https://maskinporten.no/' })).toBe(
      'https://maskinporten.no/.well-known/oauth-authorization-server',
    );
  });
});
