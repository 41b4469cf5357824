import type { FilterQuery } from '@mikro-orm/core';
import { lockUntilTheEnd } from '@samspill/database';
import type { Desk } from './desk.js';
import { Document, DocumentState } from './document.js';
import { removedDocument } from './document-audit.js';
import { UPLOAD_SECONDS } from './paths.js';
import { removalsDue, removeFile } from './removal.js';

/** In one transaction, so that none grows large. */
const BATCH = 100;

/** Gives up what was not finished or not used within its time. Says how many documents that were. */
export async function giveUpLoose({ store }: Desk): Promise<number> {
  const before = new Date(store.host.clock.now().getTime() - UPLOAD_SECONDS * 1_000);
  const where: FilterQuery<Document> = {
    attachedToId: null,
    publishedAt: null,
    $or: [
      { state: DocumentState.UPLOADING, createdAt: { $lt: before } },
      { state: { $in: [DocumentState.READY, DocumentState.REFUSED] }, settledAt: { $lt: before } },
    ],
  };
  let all = 0;
  for (;;) {
    const given = await store.change('documents-given-up', async ({ em, audit }) => {
      const candidates = await em.find(Document, where, {
        fields: ['id'],
        orderBy: { id: 'asc' },
        limit: BATCH,
      });
      const ids = candidates.map(({ id }) => id);
      // Somebody may be attaching one at this moment.
      for (const id of ids) await lockUntilTheEnd(em, `document.${id}`);
      em.clear();
      const loose = await em.find(Document, { $and: [{ id: { $in: ids } }, where] });
      await em.nativeDelete(Document, { id: { $in: loose.map(({ id }) => id) } });
      audit(...loose.map(removedDocument));
      return loose.length;
    });
    all += given;
    if (given === 0) return all;
  }
}

/** Removes the files of documents that are gone or were refused. */
export async function removeFilesDue(desk: Desk): Promise<void> {
  for (;;) {
    const due = await removalsDue(desk, BATCH);
    for (const id of due) await removeFile(desk, id);
    if (due.length < BATCH) return;
  }
}

/**
 * Removes files that no document knows of: what a restored database has forgotten, or what was being written while its
 * document was taken away. A file is never made before its document, so what is found without one has none.
 */
export async function removeOrphans(desk: Desk): Promise<number> {
  const files = await desk.files();
  let all = 0;
  let batch: string[] = [];
  const removeBatch = async () => {
    const known = await desk.store.as('system').find(Document, { id: { $in: batch } }, { fields: ['id'] });
    const knownIds = new Set(known.map(({ id }) => id));
    const orphans = batch.filter((id) => !knownIds.has(id));
    batch = [];
    if (orphans.length === 0) return;
    for (const id of orphans) await files.remove(id);
    all += orphans.length;
    await desk.store.change('document-files-removed', async ({ audit }) => {
      audit(...orphans.map((id) => ({ object: { type: 'Document', id } })));
    });
  };
  for await (const id of files.list()) {
    batch.push(id);
    if (batch.length >= BATCH) await removeBatch();
  }
  await removeBatch();
  return all;
}
