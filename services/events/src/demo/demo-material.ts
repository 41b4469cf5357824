import { Document, DocumentState, publishDocuments } from '@samspill/documents';
import { type Block, renderPdf } from '@samspill/pdf';
import { Actor, RequestContext, type ServiceStore } from '@samspill/subgraph';
import { stableId } from '@samspill/values';
import { Event } from '../event/event.js';
import { MATERIAL, MATERIAL_PURPOSE, Material } from '../material/material.js';
import { materialDocuments } from '../material/material-documents.js';

export const CONFERENCE = stableId('event', 'innkjopskonferansen-2017');
const DAY = 24 * 60 * 60 * 1_000;
const NAME = 'Innkjøpskonferansen 2017 – oppsummering.pdf';

const blocks: Block[] = [
  { kind: 'title', text: 'Innkjøpskonferansen 2017: Sammen blir vi gode' },
  { kind: 'paragraph', text: 'Oppsummering (demo). Alle får den samme, enten de var der eller ikke.' },
  { kind: 'heading', text: 'Det vi tok med oss' },
  {
    kind: 'list',
    items: [
      'Snakk sammen før anbudet: Kommunen beskriver behovet, og leverandørene finner løsningen.',
      'Les konkurransegrunnlaget to ganger, og svar på det som det spørres om.',
      'Oppdrag for kommunen kan gi læreplasser, også i små bedrifter.',
      'De samme spillereglene gjelder for alle.',
    ],
  },
];

/** What was handed out at the conference of 2017, taken in like any other document. Does nothing when it is there. */
export async function fillWithDemoMaterial(store: ServiceStore): Promise<void> {
  const system = () => store.as('system');
  const event = await system().findOne(Event, { id: CONFERENCE });
  // In a demo that begins before it, nothing has been handed out yet.
  if (!event || event.endsAt > store.host.clock.now()) return;
  if ((await system().count(Material, { eventId: CONFERENCE })) > 0) return;
  const publishedAt = new Date(event.endsAt.getTime() + DAY);
  const file = await renderPdf({
    ...{ title: event.title, language: 'nb', author: event.organiser, createdAt: publishedAt, blocks },
  });
  // Beginning anew: what an earlier start left half done is given up by the cleaner.
  const documentId = crypto.randomUUID();
  await store.change('demo', async ({ em, audit }) => {
    em.create(Document, {
      ...{
        id: documentId,
        purpose: MATERIAL_PURPOSE,
        name: NAME,
        mediaType: 'application/pdf',
        size: file.length,
      },
      ...{ sha256: null, state: DocumentState.UPLOADING, refusalCode: null, organisationNumber: null },
      ...{ municipalityNumber: event.municipalityNumber, personId: null, attachedToType: null },
      ...{ attachedToId: null, publishedAt: null, createdAt: store.host.clock.now(), settledAt: null },
      ...{ failedChecks: 0, checkAfter: null },
    });
    audit({
      object: { type: 'Document', id: documentId },
      owner: { municipality: event.municipalityNumber },
    });
  });
  await upload(store, documentId, file);
  await store.change('demo', async ({ em, audit }) => {
    const id = stableId('demo-material', CONFERENCE);
    await em.nativeUpdate(
      Document,
      { id: documentId },
      { attachedToType: MATERIAL, attachedToId: id, municipalityNumber: event.municipalityNumber },
    );
    em.create(Material, { id, documentId, eventId: CONFERENCE, sessionId: null, publishedAt });
    await em.flush();
    await publishDocuments(em, [documentId], publishedAt);
    audit({ object: { type: MATERIAL, id }, owner: { municipality: event.municipalityNumber } });
  });
}

/** By the same door as everybody: what is in the demo has been checked like what is not. */
async function upload(store: ServiceStore, id: string, file: Uint8Array): Promise<void> {
  const route = materialDocuments.routes?.(store).find(({ methods }) => methods.includes('PATCH'));
  if (!route) throw new Error('There is no route to upload documents by.');
  const url = store.links.signed(route.path.replace(':id', id), 600);
  const request = new Request(url, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/offset+octet-stream',
      'content-length': String(file.length),
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
    },
    body: Buffer.from(file),
  });
  const context = new RequestContext(store, 'nb', 'demo', new Actor({ kind: 'PUBLIC' }));
  const response = await route.handle({ request, url: new URL(url), params: { id }, context });
  if (!response.ok) throw new Error(`The demo material could not be taken in: ${response.status}.`);
  const document = await store.as('system').findOneOrFail(Document, { id });
  if (document.state !== DocumentState.READY) {
    throw new Error(`The demo material was not taken in: ${document.state} ${document.refusalCode ?? ''}.`);
  }
}
