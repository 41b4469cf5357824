import type { FilterQuery } from '@mikro-orm/core';
import { repeatedly, type Stop } from '@samspill/subgraph';
import { giveUpLoose, removeFilesDue, removeOrphans } from './cleaner.js';
import type { Desk } from './desk.js';
import { Document, DocumentState } from './document.js';
import { checkDocument, uploadArrived } from './settle.js';

const EVERY_MILLISECONDS = 15_000;
/** Somebody who still wants an upload finishes it by asking for it; this is for those who have gone. */
const UPLOADS_EVERY_MILLISECONDS = 5 * 60 * 1_000;
/** Looking through all files is for what should not have happened. */
const ORPHANS_EVERY_MILLISECONDS = 60 * 60 * 1_000;

type Duty = (desk: Desk) => Promise<unknown>;

/**
 * Finishes what requests left, and cleans up, for as long as the service runs. The first round does all of it: it
 * comes when a process that was killed has been started again.
 */
export function startWork(desk: Desk, every = EVERY_MILLISECONDS): Stop {
  const duties: Duty[] = [
    seldom(UPLOADS_EVERY_MILLISECONDS, finishUploads),
    checkWaiting,
    giveUpLoose,
    removeFilesDue,
    seldom(ORPHANS_EVERY_MILLISECONDS, removeOrphans),
  ];
  const { log } = desk.store.host;
  const onError = (err: unknown) => log.error({ err }, 'Documents could not be looked after');
  const stop = repeatedly({
    every,
    run: async () => {
      // One that fails keeps none of the others from being done.
      for (const duty of duties) await duty(desk).catch(onError);
    },
    onError,
  });
  return async () => {
    await stop();
    await desk.allDone();
  };
}

/** Not in every round. One that failed is done again in the next. */
function seldom(milliseconds: number, duty: Duty): Duty {
  let doneAt = Number.NEGATIVE_INFINITY;
  return async (desk) => {
    const now = desk.store.host.clock.now().getTime();
    if (now - doneAt < milliseconds) return;
    await duty(desk);
    doneAt = now;
  };
}

/** Says of what arrived whole that it did: the process that should have said it died. */
export async function finishUploads(desk: Desk): Promise<void> {
  const files = await desk.files();
  for (const { id, size } of await waiting(desk, { state: DocumentState.UPLOADING })) {
    if ((await files.received(id)) === size) await uploadArrived(desk, id);
  }
}

/** Checks what waits for it and has not been put off. */
export async function checkWaiting(desk: Desk): Promise<void> {
  const now = desk.store.host.clock.now();
  const due = { state: DocumentState.CHECKING, $or: [{ checkAfter: null }, { checkAfter: { $lte: now } }] };
  for (const { id } of await waiting(desk, due)) await checkDocument(desk, id);
}

function waiting({ store }: Desk, which: FilterQuery<Document>): Promise<Document[]> {
  return store.as('system').find(Document, which, { orderBy: { createdAt: 'asc' } });
}
