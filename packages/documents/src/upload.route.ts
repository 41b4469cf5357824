import { setTimeout as pause } from 'node:timers/promises';
import { PublicError, type RouteCall, type ServiceRoute } from '@samspill/subgraph';
import { Server, TUS_RESUMABLE } from '@tus/server';
import type { Desk } from './desk.js';
import { Document, DocumentState } from './document.js';
import { removedDocument } from './document-audit.js';
import { isDocumentId, type KeptFiles } from './files/kept-files.js';
import { uploadPath } from './paths.js';
import { removeFile } from './removal.js';
import { checkDocument, uploadArrived } from './settle.js';
import { UploadStore } from './upload-store.js';

/** A small file is checked before its client hears that it has arrived; a slow scanner does not keep it waiting. */
const CHECKED_AT_ONCE_MILLISECONDS = 2_000;

/**
 * Where files come in, by tus: `HEAD` says how much is here, `PATCH` sends more, `DELETE` gives up. An address is made
 * by `Document.uploadUrl`, for the one who began the upload, and is all that it takes.
 */
export function uploadRoute(desk: Desk): ServiceRoute {
  const { store } = desk;
  let made: Server | undefined;
  const server = async () => {
    made ??= tusServer(desk, await desk.files());
    return made;
  };
  return {
    methods: ['HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
    path: uploadPath(':id'),
    handle: async ({ request, url, params }) => {
      const byTus = async () => withoutCors(await (await server()).handleWeb(request));
      if (request.method === 'OPTIONS') return byTus();
      store.links.verify(url);
      const document = await documentOf(desk, params);
      if (document.state !== DocumentState.UPLOADING) return answerToLateComer(request, document);
      const response = await byTus();
      if (request.method === 'DELETE' && response.ok) await takeAway(desk, document.id);
      else if (response.headers.get('upload-offset') === String(document.size))
        await arrived(desk, document.id);
      return response;
    },
  };
}

function tusServer(desk: Desk, files: KeptFiles): Server {
  return new Server({
    path: uploadPath(''),
    datastore: new UploadStore(desk, files),
    locker: desk.leases,
    // What another connection of the same client waits for while this one, perhaps dead, lets go.
    lockDrainTimeout: 500,
    getFileIdFromRequest: ({ url }) => files.keyOf(new URL(url).pathname.split('/').at(-1) as string),
    onResponseError: (_request, error) => {
      if (!('status_code' in error) || error.status_code >= 500) {
        desk.store.host.log.warn({ err: error }, 'An upload was broken off');
      }
      return undefined;
    },
  });
}

/** Whose pages may ask is the gateway's to say, for all addresses alike. */
function withoutCors(response: Response): Response {
  for (const name of [...response.headers.keys()]) {
    if (name.startsWith('access-control-')) response.headers.delete(name);
  }
  return response;
}

async function documentOf(desk: Desk, { id = '' }: RouteCall['params']): Promise<Document> {
  const document = isDocumentId(id) ? await desk.document(id) : null;
  if (!document || document.state === DocumentState.REFUSED) throw nothingToUpload();
  return document;
}

/** All of it is here: a client that missed the answer may ask again, and nobody changes the file any more. */
function answerToLateComer({ method }: Request, { size }: Document): Response {
  if (method !== 'HEAD') throw alreadyHere();
  return new Response(null, {
    headers: {
      'tus-resumable': TUS_RESUMABLE,
      'upload-offset': String(size),
      'upload-length': String(size),
      'cache-control': 'no-store',
    },
  });
}

async function arrived(desk: Desk, id: string): Promise<void> {
  await uploadArrived(desk, id);
  const { log } = desk.store.host;
  const checked = checkDocument(desk, id).catch((err: unknown) =>
    log.error({ err, document: id }, 'A document could not be checked; the worker tries again'),
  );
  desk.beside(checked);
  const enough = new AbortController();
  const waited = pause(CHECKED_AT_ONCE_MILLISECONDS, undefined, { signal: enough.signal, ref: false });
  await Promise.race([checked, waited.catch(() => undefined)]);
  enough.abort();
}

/** The client has given the upload up. */
async function takeAway(desk: Desk, id: string): Promise<void> {
  await desk.store.change('document-upload-given-up', async ({ em, audit }) => {
    const document = await em.findOne(Document, { id, state: DocumentState.UPLOADING });
    if (!document) return;
    audit(removedDocument(document));
    await em.nativeDelete(Document, { id });
  });
  await removeFile(desk, id);
}

function nothingToUpload(): PublicError {
  return new PublicError('NOT_FOUND', {
    nb: 'Her er det ingen opplasting, eller ikke lenger. Begynn på nytt i GraphQL.',
    nn: 'Her er det inga opplasting, eller ikkje lenger. Byrj på nytt i GraphQL.',
    en: 'There is no upload here, or not any more. Begin anew in GraphQL.',
  });
}

function alreadyHere(): PublicError {
  return new PublicError(
    'CONFLICT',
    {
      nb: 'Hele filen er lastet opp og kan ikke endres. Begynn en ny opplasting i GraphQL for en annen fil.',
      nn: 'Heile fila er lasta opp og kan ikkje endrast. Byrj ei ny opplasting i GraphQL for ei anna fil.',
      en: 'All of the file has been uploaded, and it cannot be changed. Begin a new upload in GraphQL for another file.',
    },
    { reason: 'UPLOAD_FINISHED' },
  );
}
