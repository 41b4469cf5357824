import type { Readable } from 'node:stream';
import type { DataStore } from '@tus/server';

/** Where a service's files are. Known by the ids of documents; a name that a client gave never comes this far. */
export interface KeptFiles {
  /** The same for the upload protocol, which knows a file by its {@link keyOf}. */
  readonly tus: DataStore;
  keyOf(id: string): string;
  /** Makes room for an upload where there is none yet. The caller holds the lease. */
  prepare(id: string, size: number): Promise<void>;
  /** How much of an upload is here; null where nothing has been begun. */
  received(id: string): Promise<number | null>;
  /** The bytes of a whole file, or those from `start` to `end`, both included. */
  read(id: string, range?: ByteRange): Promise<Readable>;
  /** The file on this machine, for looking into it back and forth; null where there is none. */
  local(id: string): Promise<LocalFile | null>;
  /** Does nothing where there is none. */
  remove(id: string): Promise<void>;
  /** The ids of all that is here, finished or not. */
  list(): AsyncIterable<string>;
}

export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface LocalFile extends AsyncDisposable {
  readonly path: string;
}

/** What our files are called; whatever else lies in the same place is not ours to touch. */
export const isDocumentId = (text: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
