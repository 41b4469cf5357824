import { readFile } from 'node:fs/promises';
import { MendableError } from '@samspill/environment';
import type { JWK } from 'jose';

/** A private key as a file has it; our own tools' files may say beside it for whom it speaks. */
export type KeyFile = JWK & Readonly<Record<string, unknown>>;

/**
 * Reads a file with a private key (JWK).
 * @throws MendableError saying what is wrong with `variable`, never what stands in the file.
 */
export async function readPrivateKey(file: string, variable: string): Promise<KeyFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new MendableError(`${variable}: the file ${file} cannot be read (${code}).`);
  }
  const key = privateKeyIn(text);
  if (key) return key;
  throw new MendableError(
    `${variable}: the file ${file} is no private key. It must be one JSON object, a JWK with its private part.`,
  );
}

/** Null for a public or a shared key, and for what is no key at all. */
export function privateKeyIn(text: string): KeyFile | null {
  let key: unknown;
  try {
    key = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof key !== 'object' || key === null) return null;
  const { kty, d } = key as KeyFile;
  return (kty === 'OKP' || kty === 'EC' || kty === 'RSA') && typeof d === 'string' ? (key as KeyFile) : null;
}
