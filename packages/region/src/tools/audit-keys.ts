import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointKey, checkpointKeyId } from '@samspill/audit';
import { developmentKey, keyOf, MendableError } from '@samspill/environment';

/** By their id. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** SPKI for an Ed25519 public key (RFC 8410 §4), up to the key itself. */
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const BYTES = 32;

/** The key that signs checkpoints, as whoever only verifies them may know it. */
export function publicHalfOf(seed: Uint8Array): { keyId: string; publicKey: KeyObject; text: string } {
  const { keyId, publicKey } = checkpointKey(seed.subarray(0, BYTES));
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  return { keyId, publicKey, text: spki.subarray(-BYTES).toString('base64url') };
}

/**
 * Reads public keys: each as base64url, or as the name of a file that has it so or as PEM.
 * @throws MendableError saying what is wrong.
 */
export function publicKeysOf(given: readonly string[]): PublicKeys {
  return new Map(given.map((each) => withId(existsSync(each) ? readFileSync(each, 'utf8') : each, each)));
}

function withId(text: string, given: string): [string, KeyObject] {
  const key = publicKeyIn(text.trim());
  if (key) return [checkpointKeyId(key), key];
  throw new MendableError(
    `--key ${given}: neither a file nor a public key of Ed25519. It is the 43 characters that "npm run keys -- --only audit" shows as the public half, or a file with them or with PEM.`,
  );
}

function publicKeyIn(text: string): KeyObject | null {
  try {
    if (text.startsWith('-----BEGIN PUBLIC KEY-----')) {
      const key = createPublicKey(text);
      return key.asymmetricKeyType === 'ed25519' ? key : null;
    }
    const bytes = /^[\w-]+$/.test(text) ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
    const spki = bytes.length === BYTES ? Buffer.concat([ED25519_SPKI, bytes]) : bytes;
    const isSpki =
      spki.length === ED25519_SPKI.length + BYTES &&
      spki.subarray(0, ED25519_SPKI.length).equals(ED25519_SPKI);
    return isSpki ? createPublicKey({ key: spki, format: 'der', type: 'spki' }) : null;
  } catch {
    return null;
  }
}

/**
 * The public half of the key that this region signs with: of AUDIT_KEY, or of the one that was made for
 * developing. Null where there is neither; none is made.
 */
export function ownPublicKeys(environment: { AUDIT_KEY?: string; DATA_DIR: string }): PublicKeys | null {
  const { AUDIT_KEY, DATA_DIR } = environment;
  const made = existsSync(join(DATA_DIR, 'audit.key'));
  if (!AUDIT_KEY && !made) return null;
  const seed = AUDIT_KEY ? keyOf(AUDIT_KEY, 'AUDIT_KEY') : developmentKey(DATA_DIR, 'audit');
  const { keyId, publicKey } = publicHalfOf(seed);
  return new Map([[keyId, publicKey]]);
}
