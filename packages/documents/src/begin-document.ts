import { randomUUID } from 'node:crypto';
import {
  type Change,
  forbidden,
  type Mendable,
  type Messages,
  type RequestContext,
  unauthenticated,
} from '@samspill/subgraph';
import { deskOf } from './desk.js';
import { Document, DocumentState } from './document.js';
import { changedDocument } from './document-audit.js';
import { documentName } from './document-name.js';

export interface NewDocument {
  /** The name of one of the service's purposes. */
  readonly purpose: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The organisation whose it is, that the actor acts for. Left out for a private person’s and a municipality’s. */
  readonly organisationNumber?: string;
  /** The municipality whose it is, that the actor has a role in. */
  readonly municipalityNumber?: string;
  /** Who else reads it from the beginning, of an organisation’s document. Attaching it can say so later as well. */
  readonly alsoReadableBy?: { readonly municipality?: string };
}

/** Documents on their way or attached to nothing, of one person: enough for a tender, too few to fill a disk with. */
const MOST_LOOSE_DOCUMENTS = 100;

/**
 * Begins an upload: the row, in the actor's own name. The bytes come by `uploadUrl`. What the user can mend is about
 * `input.name` and `input.size`.
 */
export async function beginDocument(
  context: RequestContext,
  change: Change,
  spec: NewDocument,
): Promise<{ document: Document } | { mend: Mendable[] }> {
  const { actor, clock, store } = context;
  const purpose = deskOf(store).purpose(spec.purpose);
  // Without an entry of its own in the log: that would wait for the connection that this very change holds.
  if (actor.personId === null) throw actor.isPublic ? unauthenticated() : forbidden(actor);
  const named = documentName(spec.name, purpose);
  const mend: Mendable[] = 'mend' in named ? [named.mend] : [];
  if (!Number.isInteger(spec.size) || spec.size <= 0) mend.push(about('size', 'DOCUMENT_EMPTY', EMPTY));
  else if (spec.size > purpose.largest) {
    mend.push(about('size', 'DOCUMENT_TOO_LARGE', tooLarge(purpose.largest)));
  }
  if ('mend' in named || mend.length > 0) return { mend };
  const loose = await change.em.count(Document, { personId: actor.personId, attachedToId: null });
  if (loose >= MOST_LOOSE_DOCUMENTS) return { mend: [about('name', 'TOO_MANY_DOCUMENTS', TOO_MANY)] };
  const document = change.em.create(Document, {
    id: randomUUID(),
    purpose: purpose.name,
    name: named.name,
    mediaType: named.mediaType,
    size: spec.size,
    sha256: null,
    state: DocumentState.UPLOADING,
    refusalCode: null,
    organisationNumber: spec.organisationNumber ?? null,
    municipalityNumber: spec.municipalityNumber ?? spec.alsoReadableBy?.municipality ?? null,
    personId: actor.personId,
    attachedToType: null,
    attachedToId: null,
    publishedAt: null,
    createdAt: clock.now(),
    settledAt: null,
    failedChecks: 0,
    checkAfter: null,
  });
  change.audit(changedDocument(null, document));
  return { document };
}

const about = (field: string, code: string, messages: Messages): Mendable => ({
  code,
  messages,
  path: ['input', field],
});

const EMPTY: Messages = {
  nb: 'Filen er tom, eller størrelsen mangler. Oppgi filens størrelse i byte.',
  nn: 'Fila er tom, eller storleiken manglar. Oppgje storleiken på fila i byte.',
  en: 'The file is empty, or its size is missing. State the size of the file in bytes.',
};

const TOO_MANY: Messages = {
  nb: `Du har ${MOST_LOOSE_DOCUMENTS} dokumenter som ikke er lagt ved noe. Legg dem ved, eller vent til de er slettet etter 24 timer.`,
  nn: `Du har ${MOST_LOOSE_DOCUMENTS} dokument som ikkje er lagde ved noko. Legg dei ved, eller vent til dei er sletta etter 24 timar.`,
  en: `You have ${MOST_LOOSE_DOCUMENTS} documents that are not attached to anything. Attach them, or wait until they are deleted after 24 hours.`,
};

function tooLarge(largest: number): Messages {
  const megabytes = Math.floor((largest / 1_000_000) * 10) / 10;
  const limit = megabytes >= 1 ? `${megabytes} MB` : `${largest} byte`;
  return {
    nb: `Filen er for stor. Den kan være på høyst ${limit.replace('.', ',')}; del den opp, eller komprimer bildene i den.`,
    nn: `Fila er for stor. Ho kan vere på høgst ${limit.replace('.', ',')}; del ho opp, eller komprimer bileta i ho.`,
    en: `The file is too large. It may have at most ${limit}; split it, or compress the pictures in it.`,
  };
}
