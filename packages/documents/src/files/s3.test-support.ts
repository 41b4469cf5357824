import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Kept {
  readonly bytes: Buffer;
  readonly metadata: Record<string, string>;
}

export interface Bucket {
  readonly endpoint: string;
  readonly objects: Map<string, Kept>;
  /** Parts that have been sent, of uploads that have not been completed, by `key uploadId`. */
  readonly uploads: Map<string, Map<number, Buffer>>;
  close(): void;
}

/** As much of S3 as uploads need, in memory. It believes everybody; that requests are signed is the client's matter. */
export async function openBucket(): Promise<Bucket> {
  const objects: Bucket['objects'] = new Map();
  const uploads: Bucket['uploads'] = new Map();
  let count = 0;
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = new URL(request.url ?? '', 'http://s3');
    const [, , ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const query = url.searchParams;
    const body = await bodyOf(request);
    const prefix = query.get('prefix') ?? '';
    const uploadId = query.get('uploadId') ?? '';
    const upload = `${key} ${uploadId}`;
    if (key === '') {
      if (request.method === 'POST') {
        for (const [, each = ''] of body.toString().matchAll(/<Key>([^<]+)<\/Key>/g)) objects.delete(each);
        return xml('<DeleteResult/>');
      }
      if (query.has('uploads')) {
        const found = [...uploads.keys()].filter((each) => each.startsWith(prefix));
        const list = found.map((each) => {
          const [Key, id] = each.split(' ');
          return `<Upload><Key>${Key}</Key><UploadId>${id}</UploadId></Upload>`;
        });
        return xml(`<ListMultipartUploadsResult>${list.join('')}</ListMultipartUploadsResult>`);
      }
      const found = [...objects.keys()].filter((each) => each.startsWith(prefix)).toSorted();
      // Two to a page, so that there are several.
      const from = Number(query.get('continuation-token') ?? 0);
      const next =
        from + 2 < found.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : '';
      const list = found.slice(from, from + 2).map((each) => `<Contents><Key>${each}</Key></Contents>`);
      return xml(`<ListBucketResult>${list.join('')}${next}</ListBucketResult>`);
    }
    if (query.has('uploads')) {
      const id = `upload-${++count}`;
      uploads.set(`${key} ${id}`, new Map());
      return xml(
        `<InitiateMultipartUploadResult><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (uploadId) {
      const parts = uploads.get(upload);
      if (!parts) return missing('NoSuchUpload');
      if (request.method === 'PUT') {
        parts.set(Number(query.get('partNumber')), body);
        return { status: 200, headers: { etag: '"part"' } };
      }
      if (request.method === 'GET') {
        const list = [...parts].map(
          ([place, bytes]) =>
            `<Part><PartNumber>${place}</PartNumber><ETag>"part"</ETag><Size>${bytes.length}</Size></Part>`,
        );
        return xml(`<ListPartsResult>${list.join('')}</ListPartsResult>`);
      }
      uploads.delete(upload);
      if (request.method === 'DELETE') return { status: 204 };
      const bytes = Buffer.concat([...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part));
      objects.set(key, { bytes, metadata: {} });
      return xml(`<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`);
    }
    if (request.method === 'PUT') {
      const named = Object.entries(request.headers).filter(([name]) => name.startsWith('x-amz-meta-'));
      objects.set(key, { bytes: body, metadata: Object.fromEntries(named) as Record<string, string> });
      return { status: 200, headers: { etag: '"object"' } };
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return { status: 204 };
    }
    const object = objects.get(key);
    if (!object) return missing('NoSuchKey');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const bytes = range ? object.bytes.subarray(Number(range[1]), Number(range[2]) + 1) : object.bytes;
    return { status: range ? 206 : 200, headers: object.metadata, body: bytes };
  };
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, headers = {}, body = Buffer.alloc(0) }) => {
        response.writeHead(status, { ...headers, 'content-length': body.length });
        response.end(request.method === 'HEAD' ? undefined : body);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    objects,
    uploads,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
}

const xml = (text: string, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0"?>${text}`),
});

const missing = (code: string): Answer =>
  xml(`<Error><Code>${code}</Code><Message>no</Message></Error>`, 404);

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
