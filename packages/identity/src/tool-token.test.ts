import { exportJWK, generateKeyPair } from 'jose';
import { expect, it } from 'vitest';
import { scopes } from './identity.js';
import type { IssuerConfiguration } from './issuer-configuration.js';
import { tokenVerifier } from './token-verifier.js';
import { createToolKey, signToolToken } from './tool-token.js';

const call = {
  issuer: 'https://samspill.example/tools',
  audience: 'samspill',
  clientId: 'importer',
  scopes: [scopes.importNotices],
  lifetimeSeconds: 60,
};

const believing = (keys: object[], now = new Date()) =>
  tokenVerifier({
    issuers: [
      {
        name: 'tools',
        profile: 'own-key',
        issuer: call.issuer,
        audience: call.audience,
        jwks: { keys } as IssuerConfiguration['jwks'],
      },
    ],
    clock: () => now,
  });

it('lets a tool of our own speak for itself', async () => {
  const { privateKey, publicKey } = await createToolKey();
  const token = await signToolToken({ ...call, key: privateKey });
  expect(await believing([publicKey]).verify(token)).toEqual({
    kind: 'SERVICE',
    issuer: 'tools',
    clientId: 'importer',
    organisation: null,
    scopes: ['samspill:notices.import'],
  });
  expect(publicKey).not.toHaveProperty('d');
});

it('believes neither another key’s tool nor one whose time is over', async () => {
  const [ours, other] = [await createToolKey(), await createToolKey()];
  const refused = (fault: string) => expect.objectContaining({ fault });
  const foreign = await signToolToken({ ...call, key: other.privateKey });
  await expect(believing([ours.publicKey]).verify(foreign)).rejects.toThrow(refused('UNKNOWN_KEY'));
  const token = await signToolToken({ ...call, key: ours.privateKey });
  const later = new Date(Date.now() + 71_000);
  await expect(believing([ours.publicKey], later).verify(token)).rejects.toThrow(refused('EXPIRED'));
});

it('signs with nothing but a private key of Ed25519', async () => {
  const { publicKey } = await createToolKey();
  await expect(signToolToken({ ...call, key: publicKey })).rejects.toThrow(TypeError);
  const rsa = await generateKeyPair('RS256', { extractable: true });
  await expect(signToolToken({ ...call, key: await exportJWK(rsa.privateKey) })).rejects.toThrow(TypeError);
});
