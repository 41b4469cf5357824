import { mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileStore } from '@tus/file-store';
import { Upload } from '@tus/server';
import { isDocumentId, type KeptFiles } from './kept-files.js';

/**
 * Files in a folder, one for each document, in a folder of the service's own. What has been received is what the
 * file has: there is nothing beside it that could say something else after a crash.
 */
export function folderFiles(
  folder: string,
  service: string,
  sizeOf: (id: string) => Promise<number | null>,
): KeptFiles {
  const pathOf = (id: string) => join(folder, service, id);
  const keyOf = (id: string) => `${service}/${id}`;
  const received = async (id: string) => {
    try {
      return (await stat(pathOf(id))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
  return {
    tus: new FileStore({
      directory: folder,
      configstore: {
        get: async (key) => {
          const size = await sizeOf(key.slice(service.length + 1));
          return size === null ? undefined : new Upload({ id: key, size, offset: 0 });
        },
        set: async () => undefined,
        delete: async () => undefined,
      },
    }),
    keyOf,
    prepare: async (id) => {
      await mkdir(join(folder, service), { recursive: true, mode: 0o700 });
      await (await open(pathOf(id), 'a', 0o600)).close();
    },
    received,
    read: async (id, range) => {
      const file = await open(pathOf(id), 'r');
      return file.createReadStream(range);
    },
    local: async (id) => {
      if ((await received(id)) === null) return null;
      // Whoever is told that a file has been taken in finds it here after a power failure as well.
      await using file = await open(pathOf(id), 'r');
      await file.sync();
      return { path: pathOf(id), [Symbol.asyncDispose]: async () => undefined };
    },
    remove: (id) => rm(pathOf(id), { force: true }),
    async *list() {
      await mkdir(join(folder, service), { recursive: true, mode: 0o700 });
      for await (const entry of await opendir(join(folder, service))) {
        if (entry.isFile() && isDocumentId(entry.name)) yield entry.name;
      }
    },
  };
}

const isMissing = (error: unknown): boolean => (error as { code?: string }).code === 'ENOENT';
