import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkpointKey } from '@samspill/audit';
import { developmentKey } from '@samspill/environment';
import { expect, it, onTestFinished } from 'vitest';
import { ownPublicKeys, publicHalfOf, publicKeysOf } from './audit-keys.js';

const seed = Buffer.alloc(32, 5);
const { keyId, publicKey } = checkpointKey(seed);

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-audit-keys-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

it('is the same key in every way of writing it', () => {
  const { text } = publicHalfOf(seed);
  expect(text).toMatch(/^[\w-]{43}$/);
  const pem = join(folder(), 'key.pem');
  writeFileSync(pem, publicKey.export({ format: 'pem', type: 'spki' }));
  const plain = join(folder(), 'key.txt');
  writeFileSync(plain, `${text}\n`);
  const der = publicKey.export({ format: 'der', type: 'spki' }).toString('base64url');
  for (const given of [text, pem, plain, der]) {
    const keys = publicKeysOf([given]);
    expect([...keys.keys()], given).toEqual([keyId]);
    expect(keys.get(keyId)?.equals(publicKey)).toBe(true);
  }
  expect(publicKeysOf([text, publicHalfOf(Buffer.alloc(32, 6)).text]).size).toBe(2);
});

it('is no other kind of key, and no file that is not there', () => {
  const rsa = join(folder(), 'rsa.pem');
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(rsa, pair.publicKey.export({ format: 'pem', type: 'spki' }));
  for (const given of ['', 'AAAA', 'no/such/file.pem', rsa]) {
    expect(() => publicKeysOf([given]), given).toThrow(/neither a file nor a public key of Ed25519/);
  }
});

it('is that of AUDIT_KEY, or of the one in the data directory, and none is made', () => {
  const DATA_DIR = folder();
  expect(ownPublicKeys({ DATA_DIR })).toBeNull();
  expect(existsSync(join(DATA_DIR, 'audit.key'))).toBe(false);
  const made = publicHalfOf(developmentKey(DATA_DIR, 'audit'));
  expect([...(ownPublicKeys({ DATA_DIR }) ?? [])].map(([id]) => id)).toEqual([made.keyId]);
  // A longer key signs with its first 32 bytes.
  const AUDIT_KEY = Buffer.concat([seed, Buffer.alloc(8)]).toString('base64url');
  expect([...(ownPublicKeys({ DATA_DIR, AUDIT_KEY }) ?? [])].map(([id]) => id)).toEqual([keyId]);
});
