import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd } from '@samspill/database';
import type { Change, Mendable, Messages } from '@samspill/subgraph';
import { Document, DocumentState } from './document.js';
import { changedDocument, documentDigest } from './document-audit.js';

/** What documents are attached to, and who may read them from now on. */
export interface Attachment {
  readonly type: string;
  readonly id: string;
  /** The organisation whose documents these have to be. Left out: whatever the actor may attach. */
  readonly organisationNumber?: string;
  /** The municipality whose members may read them now. */
  readonly municipalityNumber?: string;
}

/**
 * Attaches documents, all or none. They have to be the actor's own, READY and attached to nothing; attached to the
 * very same already, they are left as they are. `path` is where their ids stand in the input.
 */
export async function attachDocuments(
  change: Change,
  ids: readonly string[],
  to: Attachment,
  path: readonly string[],
): Promise<{ documents: Document[] } | { mend: Mendable[] }> {
  const { em } = change;
  const wanted = [...new Set(ids)];
  // Two who attach the same one to different things: a row lock would count as having written.
  for (const id of wanted.toSorted()) await lockUntilTheEnd(em, `document.${id}`);
  const found = await documentsIn(em, wanted);
  const mend = ids.flatMap((id, place) => {
    const fault = whyNot(found.get(id), to);
    return fault ? [{ ...fault, path: [...path, String(place)] }] : [];
  });
  if (mend.length > 0) return { mend };
  const documents = wanted.map((id) => found.get(id) as Document);
  const loose = documents.filter(({ attachedToId }) => attachedToId === null);
  if (loose.length === 0) return { documents };
  const before = new Map(loose.map((document) => [document.id, documentDigest(document)]));
  const written = await em.nativeUpdate(
    Document,
    { id: { $in: loose.map(({ id }) => id) }, attachedToId: null },
    {
      attachedToType: to.type,
      attachedToId: to.id,
      ...(to.municipalityNumber && { municipalityNumber: to.municipalityNumber }),
    },
  );
  if (written !== loose.length) throw new Error('Documents that were there to attach could not be attached.');
  const attached = await documentsIn(em, wanted);
  change.audit(
    ...loose.map(({ id }) => changedDocument(before.get(id) as Buffer, attached.get(id) as Document)),
  );
  return { documents: wanted.map((id) => attached.get(id) as Document) };
}

async function documentsIn(em: EntityManager, ids: readonly string[]): Promise<Map<string, Document>> {
  const found = await em.find(Document, { id: { $in: [...ids] } }, { refresh: true });
  return new Map(found.map((document) => [document.id, document]));
}

function whyNot(document: Document | undefined, to: Attachment): Omit<Mendable, 'path'> | null {
  if (!document) return NO_SUCH_DOCUMENT;
  const { organisationNumber, attachedToType, attachedToId, publishedAt, state } = document;
  if (to.organisationNumber && organisationNumber !== to.organisationNumber) return NO_SUCH_DOCUMENT;
  if (attachedToId !== null) {
    return attachedToType === to.type && attachedToId === to.id ? null : IN_USE;
  }
  if (publishedAt !== null) return IN_USE;
  if (state === DocumentState.REFUSED) return REFUSED;
  return state === DocumentState.READY ? null : NOT_READY;
}

const fault = (code: string, messages: Messages): Omit<Mendable, 'path'> => ({ code, messages });

const NO_SUCH_DOCUMENT = fault('NO_SUCH_DOCUMENT', {
  nb: 'Det er ikke noe dokument med denne id-en som du kan legge ved. Last opp filen, og bruk id-en du får da.',
  nn: 'Det er ikkje noko dokument med denne id-en som du kan leggje ved. Last opp fila, og bruk id-en du får då.',
  en: 'There is no document with this id that you can attach. Upload the file, and use the id that you then get.',
});

const IN_USE = fault('DOCUMENT_IN_USE', {
  nb: 'Dokumentet er allerede lagt ved noe annet. Last det opp en gang til for å legge det ved her.',
  nn: 'Dokumentet er allereie lagt ved noko anna. Last det opp ein gong til for å leggje det ved her.',
  en: 'The document is attached to something else already. Upload it once more to attach it here.',
});

const NOT_READY = fault('DOCUMENT_NOT_READY', {
  nb: 'Dokumentet er ikke ferdig lastet opp og kontrollert. Vent til «state» er READY, og prøv igjen.',
  nn: 'Dokumentet er ikkje ferdig lasta opp og kontrollert. Vent til «state» er READY, og prøv igjen.',
  en: 'The document has not been uploaded and checked yet. Wait until "state" is READY, and try again.',
});

const REFUSED = fault('DOCUMENT_REFUSED', {
  nb: 'Dokumentet ble avvist. Se «refusal» for grunnen, og last opp en ny fil.',
  nn: 'Dokumentet vart avvist. Sjå «refusal» for grunnen, og last opp ei ny fil.',
  en: 'The document was refused. See "refusal" for the reason, and upload a new file.',
});
