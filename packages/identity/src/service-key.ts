import { hkdfSync } from 'node:crypto';

/** HS256 with a shorter key is weaker than its hash (RFC 7518 §3.2). */
const KEY_BYTES = 32;

/**
 * The key that gateway and one service share. The gateway holds the master key and makes each from it; a service is
 * given only its own, so that one that is broken into cannot speak as the gateway to the others.
 */
export function serviceKey(masterKey: Uint8Array, service: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', strong(masterKey), '', `samspill assertion for ${service}`, KEY_BYTES),
  );
}

/** @throws RangeError for a key that could be guessed. */
export function strong(key: Uint8Array): Uint8Array {
  if (key.byteLength < KEY_BYTES) throw new RangeError(`A key has at least ${KEY_BYTES} bytes`);
  return key;
}
