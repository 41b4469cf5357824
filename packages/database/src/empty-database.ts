import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * An embedded database as it is right after `initdb`, made by this package's build. Starting from it saves
 * the two to three seconds that `initdb` takes in WebAssembly, at every first start and in every test.
 */
export const EMPTY_DATABASE = new URL('../dist/empty-database.tar.gz', import.meta.url);

/** The prepared empty database; null before the first build, when `initdb` has to do. */
export async function emptyDatabase(): Promise<Blob | null> {
  if (!existsSync(EMPTY_DATABASE)) return null;
  return new Blob([await readFile(EMPTY_DATABASE)], { type: 'application/x-gzip' });
}
