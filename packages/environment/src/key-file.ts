import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EnvironmentError } from './environment-error.js';
import { MendableError } from './lifetime.js';

/** As long as what the keys are used for gives (SHA-256); a shorter one could be guessed with less work. */
const BYTES = 32;

const HOW_TO_MAKE_ONE = `Make one with: node -p "crypto.randomBytes(${BYTES}).toString('base64url')"`;

/**
 * Reads a key of the environment.
 * @throws EnvironmentError saying what is wrong, never what was written: it may be half a key.
 */
export function keyOf(value: string, variable: string): Uint8Array {
  const text = value.trim();
  // Node skips what is no base64url, and a key with a letter lost would be another key.
  if (!/^[\w-]+$/.test(text)) {
    throw new EnvironmentError(`${variable} is not base64url (A–Z, a–z, 0–9, - and _). ${HOW_TO_MAKE_ONE}`);
  }
  const key = Buffer.from(text, 'base64url');
  if (key.length < BYTES) {
    throw new EnvironmentError(
      `${variable} is ${key.length} bytes long and must be ${BYTES} or more. ${HOW_TO_MAKE_ONE}`,
    );
  }
  return key;
}

/**
 * Reads a key that must be there.
 * @throws EnvironmentError saying how to make one.
 */
export function requiredKey(value: string | undefined, variable: string): Uint8Array {
  if (value) return keyOf(value, variable);
  throw new EnvironmentError(
    `${variable} is missing, and in production nobody makes one up. ${HOW_TO_MAKE_ONE}, keep it as a secret, and give it to every replica.`,
  );
}

/**
 * The key in `<dataDirectory>/<name>.key`, made when there is none: for developing, where processes that
 * start together have to agree on a key that nobody was told. Only its owner may read it.
 */
export function developmentKey(dataDirectory: string, name: string): Uint8Array {
  const file = join(dataDirectory, `${name}.key`);
  const known = read(file);
  if (known) return known;
  makeOnce(file, `${randomBytes(BYTES).toString('base64url')}\n`);
  return read(file) as Uint8Array;
}

/**
 * Writes a file that only its owner may read, unless it is there. Written aside and linked into place: nobody ever
 * reads half a key, and of several processes that make one at the same time one is first, and the others read that.
 */
export function makeOnce(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * A key that the environment gives, or else one made for developing.
 * @throws EnvironmentError in production without a key, saying how to make one.
 */
export function givenOrDevelopmentKey(
  environment: { readonly DATA_DIR: string; readonly NODE_ENV?: string | undefined },
  { value, variable, name }: { value: string | undefined; variable: string; name: string },
): Uint8Array {
  if (value || environment.NODE_ENV === 'production') return requiredKey(value, variable);
  return developmentKey(environment.DATA_DIR, name);
}

function read(file: string): Uint8Array | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length >= BYTES) return key;
  throw new MendableError(`${file} holds no key. Delete it, and a new one is made at the next start.`);
}
