import { Readable } from 'node:stream';
import { PublicError, type ServiceRoute } from '@samspill/subgraph';
import { attachmentNamed } from './content-disposition.js';
import type { Desk } from './desk.js';
import { type Document, DocumentState } from './document.js';
import { type ByteRange, isDocumentId } from './files/kept-files.js';
import { downloadPath } from './paths.js';

/**
 * Where files go out: to whoever has an address that `Document.downloadUrl` made within the last five minutes. It was
 * made for somebody who may read the document, so who asks here is not asked again.
 */
export function downloadRoute(desk: Desk): ServiceRoute {
  return {
    methods: ['GET', 'HEAD'],
    path: downloadPath(':id'),
    handle: async ({ request, url, params: { id = '' } }) => {
      desk.store.links.verify(url);
      const document = isDocumentId(id) ? await desk.document(id) : null;
      if (document?.state !== DocumentState.READY) throw noSuchDocument();
      const range = rangeIn(request.headers.get('range'), document.size);
      if (range === 'none') return notThatMuch(document);
      const headers = headersOf(document, range);
      if (request.method === 'HEAD') return new Response(null, { status: range ? 206 : 200, headers });
      const file = await (await desk.files()).read(id, range ?? undefined);
      return new Response(Readable.toWeb(file) as ReadableStream, { status: range ? 206 : 200, headers });
    },
  };
}

function headersOf({ name, mediaType, size, sha256 }: Document, range: ByteRange | null): Headers {
  const length = range ? range.end - range.start + 1 : size;
  const headers = new Headers({
    'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
    'content-length': String(length),
    'content-disposition': attachmentNamed(name),
    // Opened all the same, it may do nothing, and is never taken for what it does not say it is.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    'repr-digest': `sha-256=:${Buffer.from(sha256 ?? '', 'hex').toString('base64')}:`,
  });
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${size}`);
  return headers;
}

/** One range of bytes; null for the whole, also where several are asked for, as RFC 9110 allows. */
export function rangeIn(header: string | null, size: number): ByteRange | 'none' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  return start > end ? 'none' : { start, end };
}

const notThatMuch = ({ size }: Document): Response =>
  new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });

function noSuchDocument(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Dokumentet finnes ikke lenger. Se i GraphQL om det er kommet et nytt.',
    nn: 'Dokumentet finst ikkje lenger. Sjå i GraphQL om det er kome eit nytt.',
    en: 'The document is no longer there. See in GraphQL whether there is a new one.',
  });
}
