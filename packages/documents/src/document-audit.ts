import { digest } from '@samspill/audit';
import type { AuditedObject } from '@samspill/subgraph';
import { type Document, ownerOf } from './document.js';

/**
 * What of a document the log tells apart. Without the uploader, the name and the leases of workers: a person who is
 * forgotten leaves no trace in a digest either, and the contents have one of their own.
 */
export function documentDigest(document: Document): Buffer {
  const { id, purpose, mediaType, size, sha256, state, refusalCode, ...rest } = document;
  const { organisationNumber, municipalityNumber, attachedToType, attachedToId, publishedAt } = rest;
  return digest({
    ...{ id, purpose, mediaType, size, sha256, state, refusalCode },
    ...{ organisationNumber, municipalityNumber, attachedToType, attachedToId, publishedAt },
  });
}

/** What the log is told of a change to a document: its digest before, and what it is now; null where there is none. */
export function changedDocument(before: Buffer | null, document: Document): AuditedObject {
  return {
    object: { type: 'Document', id: document.id },
    owner: ownerOf(document),
    before,
    after: documentDigest(document),
  };
}

export function removedDocument(document: Document): AuditedObject {
  return {
    object: { type: 'Document', id: document.id },
    owner: ownerOf(document),
    before: documentDigest(document),
    after: null,
  };
}
