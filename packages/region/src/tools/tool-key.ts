import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MendableError, makeOnce } from '@samspill/environment';
import { createToolKey, type IssuerConfiguration } from '@samspill/identity';
import type { JWK } from 'jose';
import { privateKeyIn } from './private-key.js';

/** Who signs with the key of a data directory, and for whom. The names are nobody's on the internet. */
export const TOOLS = {
  name: 'tools',
  issuer: 'https://tools.samspill.local',
  audience: 'https://samspill.local',
} as const;

export interface ToolKey {
  readonly privateKey: JWK;
  /** How a region is told to believe it. */
  readonly issuer: IssuerConfiguration;
}

export const toolKeyFile = (dataDirectory: string): string => join(dataDirectory, 'tools.jwk');

/**
 * The key of the tools that run beside a region, made when there is none. Only its owner may read it: whoever
 * can read the data directory can do with the data what they like anyway, so that is what it proves.
 */
export async function toolKey(dataDirectory: string): Promise<ToolKey> {
  const privateKey = (await toolKeyIn(dataDirectory)) ?? (await newKey(dataDirectory));
  return { privateKey, issuer: ownKeyIssuer(TOOLS, privateKey) };
}

/** The same, or null where no region has made one. */
export async function toolKeyIn(dataDirectory: string): Promise<JWK | null> {
  const file = toolKeyFile(dataDirectory);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    if (code !== 'EACCES') throw error;
    throw new MendableError(
      `${file} belongs to another user: the one who runs the region. Run this as that user, or with a key of your own (SERVICE_KEY_FILE).`,
    );
  }
  const key = privateKeyIn(text);
  if (key?.crv === 'Ed25519') return key;
  throw new MendableError(
    `${file} holds no key. Delete it, and the region makes a new one at its next start.`,
  );
}

/** How a region believes the holder of a private key. */
export function ownKeyIssuer(
  { name, issuer, audience }: { name: string; issuer: string; audience: string },
  { kty, crv, x, kid }: JWK,
): IssuerConfiguration {
  // Named one by one: whatever else stands beside a private key, its private part above all, stays where it is.
  const publicKey = { kty: kty as 'OKP', crv, x, kid, alg: 'EdDSA', use: 'sig' };
  return { name, profile: 'own-key', issuer, audience, jwks: { keys: [publicKey] }, algorithms: ['EdDSA'] };
}

async function newKey(dataDirectory: string): Promise<JWK> {
  const { privateKey } = await createToolKey();
  makeOnce(toolKeyFile(dataDirectory), `${JSON.stringify(privateKey)}\n`);
  return (await toolKeyIn(dataDirectory)) as JWK;
}
