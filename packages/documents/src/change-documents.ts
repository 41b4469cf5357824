import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Document, DocumentState } from './document.js';

/** A document could not be changed by whoever tried; nothing was, because the transaction ends with it. */
export class DocumentNotChanged extends Error {
  override readonly name = 'DocumentNotChanged';
}

/**
 * Shows documents to everybody, from now on. They have to be attached. As the writer it takes somebody of the
 * municipality that they were handed to; the caller's audit entry says what was published.
 */
export async function publishDocuments(em: EntityManager, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  const which = { id: { $in: [...new Set(ids)] } };
  await em.nativeUpdate(
    Document,
    { ...which, publishedAt: null, state: DocumentState.READY, attachedToId: { $ne: null } },
    { publishedAt: now },
  );
  const found = await em.find(Document, which, { refresh: true });
  if (found.length < which.id.$in.length || found.some(({ publishedAt }) => publishedAt === null)) {
    throw new DocumentNotChanged('Documents were to be published that are not attached, or not theirs.');
  }
}

/**
 * Takes documents away: their rows at once, their files with the next round of the cleaner. The caller's audit entry
 * says so. Of a person, as the system: what was theirs alone goes; what is attached to something of an organisation's
 * or a municipality's stays, and forgets who uploaded it.
 */
export async function removeDocuments(
  em: EntityManager,
  where: { readonly attachedTo?: { readonly type: string; readonly id: string }; readonly personId?: string },
): Promise<void> {
  const { attachedTo, personId } = where;
  if (attachedTo) {
    await remove(em, {
      attachedToType: attachedTo.type,
      attachedToId: attachedTo.id,
      ...(personId && { personId }),
    });
  } else if (personId) {
    await em.nativeUpdate(
      Document,
      {
        personId,
        attachedToId: { $ne: null },
        $or: [{ organisationNumber: { $ne: null } }, { municipalityNumber: { $ne: null } }],
      },
      { personId: null },
    );
    await remove(em, { personId });
  }
}

async function remove(em: EntityManager, where: FilterQuery<Document>): Promise<void> {
  await em.nativeDelete(Document, where);
  if (await em.count(Document, where)) {
    throw new DocumentNotChanged('Documents were to be removed that only others may remove.');
  }
}
