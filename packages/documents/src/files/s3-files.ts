import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStorage } from '@samspill/subgraph';
import { S3Store } from '@tus/s3-store';
import { ERRORS, Upload } from '@tus/server';
import { type ByteRange, isDocumentId, type KeptFiles } from './kept-files.js';

type S3Storage = Extract<FileStorage, { kind: 's3' }>;

/** Files in a bucket, under the service's name. Loaded only where it is configured: its client is large. */
export function s3Files(storage: S3Storage, service: string): KeptFiles {
  const keyOf = (id: string) => `${service}/${id}`;
  const tus = new Bucket(storage);
  return {
    tus,
    keyOf,
    prepare: async (id, size) => {
      if ((await tus.received(keyOf(id))) !== null) return;
      await tus.create(new Upload({ id: keyOf(id), size, offset: 0 }));
    },
    received: (id) => tus.received(keyOf(id)),
    read: (id, range) => tus.bytes(keyOf(id), range),
    local: async (id) => {
      const received = await tus.received(keyOf(id));
      if (received === null) return null;
      const folder = await mkdtemp(join(tmpdir(), 'samspill-check-'));
      const remove = () => rm(folder, { recursive: true, force: true });
      const path = join(folder, 'file');
      try {
        await pipeline(await tus.bytes(keyOf(id)), createWriteStream(path, { mode: 0o600 }));
      } catch (error) {
        await remove();
        if (tus.isMissing(error)) return null;
        throw error;
      }
      return { path, [Symbol.asyncDispose]: remove };
    },
    remove: (id) => tus.removeAll(keyOf(id)),
    async *list() {
      const seen = new Set<string>();
      for await (const key of tus.keys(`${service}/`)) {
        const id = key.slice(service.length + 1).replace(/\.(info|part)$/, '');
        if (isDocumentId(id) && !seen.has(id)) yield id;
        seen.add(id);
      }
    },
  };
}

class Bucket extends S3Store {
  constructor({ bucket, region, endpoint, accessKeyId, secretAccessKey }: S3Storage) {
    super({
      partSize: 8 * 1024 * 1024,
      s3ClientConfig: {
        bucket,
        region,
        credentials: { accessKeyId, secretAccessKey },
        // Stores that are not Amazon's often know neither its names for hosts nor its newer checksums.
        ...(endpoint && { endpoint, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' }),
      },
    });
  }

  async received(key: string): Promise<number | null> {
    try {
      return (await this.getUpload(key)).offset;
    } catch (error) {
      if (error === ERRORS.FILE_NOT_FOUND) return (await this.hasInfo(key)) ? this.fail() : null;
      throw error;
    }
  }

  async bytes(key: string, range?: ByteRange): Promise<Readable> {
    const { Body } = await this.client.getObject({
      Bucket: this.bucket,
      Key: key,
      ...(range && { Range: `bytes=${range.start}-${range.end}` }),
    });
    return Body as Readable;
  }

  /** The store's own `remove` stops at an upload that is finished, whose parts are no longer there to give up. */
  async removeAll(key: string): Promise<void> {
    await this.clearCache(key);
    for (const uploadId of await this.unfinished(key)) {
      await this.client.abortMultipartUpload({ Bucket: this.bucket, Key: key, UploadId: uploadId });
    }
    const Objects = [key, this.infoKey(key), this.partKey(key, true)].map((Key) => ({ Key }));
    const { Errors = [] } = await this.client.deleteObjects({ Bucket: this.bucket, Delete: { Objects } });
    if (Errors.length > 0) throw new Error(`${key} could not be removed from the bucket: ${Errors[0]?.Code}`);
  }

  async *keys(prefix: string): AsyncIterable<string> {
    let token: string | undefined;
    do {
      const page = await this.client.listObjectsV2({
        Bucket: this.bucket,
        Prefix: prefix,
        ContinuationToken: token,
      });
      for (const { Key } of page.Contents ?? []) if (Key) yield Key;
      token = page.NextContinuationToken;
    } while (token);
    const { Uploads = [] } = await this.client.listMultipartUploads({ Bucket: this.bucket, Prefix: prefix });
    for (const { Key } of Uploads) if (Key) yield Key;
  }

  isMissing(error: unknown): boolean {
    return ['NoSuchKey', 'NotFound'].includes((error as Error).name);
  }

  /** The store calls everything “not found” that keeps it from reading what it has noted about an upload. */
  private async hasInfo(key: string): Promise<boolean> {
    try {
      await this.client.headObject({ Bucket: this.bucket, Key: this.infoKey(key) });
      return true;
    } catch (error) {
      if (this.isMissing(error)) return false;
      throw error;
    }
  }

  private fail(): never {
    throw new Error('The file store did not say what it has noted about an upload.');
  }

  private async unfinished(key: string): Promise<string[]> {
    const { Uploads = [] } = await this.client.listMultipartUploads({ Bucket: this.bucket, Prefix: key });
    return Uploads.flatMap(({ Key, UploadId }) => (Key === key && UploadId ? [UploadId] : []));
  }
}
