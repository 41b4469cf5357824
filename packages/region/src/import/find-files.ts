import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MendableError } from '@samspill/environment';

/** The standard input, as a file name. */
export const STANDARD_INPUT = '-';

/**
 * The files behind the arguments: files as they are named, and of folders every `.xml` below them. One
 * folder's names at a time are in memory, however many there are altogether.
 */
export async function* findFiles(paths: readonly string[]): AsyncGenerator<string> {
  for (const path of paths) {
    if (path === STANDARD_INPUT) yield path;
    else if (await isFolder(path)) yield* filesBelow(path);
    else yield path;
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new MendableError(`There is no file or folder ${path}. Nothing has been imported.`);
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile() && entry.name.toLowerCase().endsWith('.xml')) yield path;
  }
}
