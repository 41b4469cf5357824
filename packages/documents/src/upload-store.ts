import { finished, type Readable, Transform } from 'node:stream';
import { DataStore, ERRORS, type Upload } from '@tus/server';
import type { Desk } from './desk.js';
import { DocumentState } from './document.js';
import type { KeptFiles } from './files/kept-files.js';

/**
 * What the upload protocol writes to: the file store, for documents that wait for their file and for nothing else.
 * All of it is called while the upload's lease is held.
 */
export class UploadStore extends DataStore {
  // Uploads begin in GraphQL; here they are only sent and given up.
  override extensions = ['termination'];

  constructor(
    private readonly desk: Desk,
    private readonly files: KeptFiles,
  ) {
    super();
  }

  override async getUpload(key: string): Promise<Upload> {
    const id = idOf(key);
    const document = await this.desk.document(id);
    if (document?.state !== DocumentState.UPLOADING) throw ERRORS.FILE_NO_LONGER_EXISTS;
    await this.files.prepare(id, document.size);
    return this.files.tus.getUpload(key);
  }

  override write(source: Readable, key: string, offset: number): Promise<number> {
    const isHeld = this.desk.leases.holding(idOf(key));
    const guard = new Transform({
      transform: (chunk, _, done) =>
        isHeld() ? done(null, chunk) : done(new Error('The lease of the upload is gone.')),
    });
    // However the request ends, what has come so far is kept: that is what an upload goes on from.
    source.pipe(guard, { end: false });
    finished(source, { writable: false }, () => guard.end());
    return this.files.tus.write(guard, key, offset);
  }

  override remove(key: string): Promise<void> {
    return this.files.remove(idOf(key));
  }
}

const idOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);
