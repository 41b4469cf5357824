import { MendableError } from '@samspill/environment';
import { signToolToken } from '@samspill/identity';
import type { Clock } from '@samspill/values';
import type { JWK } from 'jose';
import type { Credentials } from './credentials.js';
import { readPrivateKey } from './private-key.js';
import { renewedToken } from './renewed-token.js';
import { TOOLS, toolKeyFile, toolKeyIn } from './tool-key.js';

/** As the audit log names the tool. */
const CLIENT = 'samspill-import';

const LIFETIME_SECONDS = 300;

interface Asked {
  readonly scopes: readonly string[];
  readonly clock?: Clock;
}

/**
 * A key of the tool's own. Beside the key, the file may say `issuer`, `audience` and `clientId`; where it does
 * not, they are those of a data directory's key, so that a copy of that is such a file as well.
 */
export async function ownKey(file: string, asked: Asked): Promise<Credentials> {
  const { issuer, audience, clientId, ...key } = await readPrivateKey(file, 'SERVICE_KEY_FILE');
  const text = (value: unknown, name: string, otherwise: string): string => {
    if (value === undefined) return otherwise;
    if (typeof value === 'string' && value !== '') return value;
    throw new MendableError(`SERVICE_KEY_FILE: "${name}" beside the key in ${file} must be a text.`);
  };
  if (key.kty !== 'OKP' || key.crv !== 'Ed25519') {
    throw new MendableError(
      `SERVICE_KEY_FILE: the key in ${file} is not of Ed25519. "npm run keys -- --only tool" makes one.`,
    );
  }
  const names = {
    issuer: text(issuer, 'issuer', TOOLS.issuer),
    audience: text(audience, 'audience', TOOLS.audience),
    clientId: text(clientId, 'clientId', CLIENT),
  };
  return {
    description: `the key in ${file} (SERVICE_KEY_FILE), as ${names.clientId}`,
    remedy: `The region's ISSUERS must have an issuer of the profile own-key with the address ${names.issuer}, the audience ${names.audience} and the public half of this key. "npm run keys -- --only tool" makes a key and that entry.`,
    token: signedBy(key as JWK, names, asked),
  };
}

/** The key that a region made in its data directory; null where there is none. */
export async function dataDirectoryKey(dataDirectory: string, asked: Asked): Promise<Credentials | null> {
  const key = await toolKeyIn(dataDirectory);
  if (!key) return null;
  return {
    description: `the key in ${toolKeyFile(dataDirectory)}`,
    remedy:
      'The region reads that key when it starts: if the file was made or changed since, start the region again.',
    token: signedBy(key, { ...TOOLS, clientId: CLIENT }, asked),
  };
}

function signedBy(
  key: JWK,
  { issuer, audience, clientId }: { issuer: string; audience: string; clientId: string },
  { scopes, clock }: Asked,
): () => Promise<string> {
  const lifetimeSeconds = LIFETIME_SECONDS;
  const now = clock && (() => clock.now());
  return renewedToken(
    async () => ({
      value: await signToolToken({ key, issuer, audience, clientId, scopes, lifetimeSeconds, now }),
      lifetimeSeconds,
    }),
    clock,
  );
}
