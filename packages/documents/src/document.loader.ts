import type { RequestContext } from '@samspill/subgraph';
import { Document } from './document.js';

/** A document that the actor may know of; row-level security decides. */
export function documentById(context: RequestContext, id: string): Promise<Document | null> {
  return context.batched('document', id, async (ids) => {
    const found = await context.find(Document, { id: { $in: [...ids] } });
    return new Map(found.map((document) => [document.id, document]));
  });
}

/**
 * The same for whoever asks by an id alone: theirs, their organisation's, their municipality's, or everybody's.
 * Row-level security says so too, and knows more narrowly what an attachment is attached to.
 */
export async function ownDocument(context: RequestContext, id: string): Promise<Document | null> {
  const document = await documentById(context, id);
  if (!document || !context.isPermissionChecked) return document;
  const { personId, organisationNumber, municipalityNumber, publishedAt } = document;
  const { actor } = context;
  const numbers = actor.memberships.flatMap((membership) => membership.numbers);
  const isOwn =
    (personId !== null && personId === actor.personId) ||
    (organisationNumber !== null && actor.represents(organisationNumber)) ||
    (municipalityNumber !== null && numbers.includes(municipalityNumber));
  return isOwn || publishedAt !== null ? document : null;
}

/** The documents of an object that the actor may read, in the order in which they were uploaded. */
export async function documentsAttachedTo(
  context: RequestContext,
  type: string,
  id: string,
): Promise<Document[]> {
  const found = await context.batched(`documents of ${type}`, id, async (ids) => {
    const documents = await context.find(
      Document,
      { attachedToType: type, attachedToId: { $in: [...ids] } },
      { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    );
    return Map.groupBy(documents, (document) => document.attachedToId as string);
  });
  return found ?? [];
}
