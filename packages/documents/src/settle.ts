import { createReadStream } from 'node:fs';
import { lockUntilTheEnd } from '@samspill/database';
import { type Finding, inspect } from './content/inspect.js';
import type { Desk } from './desk.js';
import { Document, DocumentState } from './document.js';
import { changedDocument, documentDigest } from './document-audit.js';
import type { RefusalCode } from './refusal.js';
import { noteRemoval, removeFile } from './removal.js';

/** After the first failed check, and twice as long after each further one, to an hour. */
const FIRST_PAUSE_SECONDS = 15;
const LONGEST_PAUSE_SECONDS = 60 * 60;

/**
 * The last byte is here: the document waits to be checked. Said twice, it is true once. Whoever dies before saying
 * it leaves it to the worker, who finds the file complete.
 */
export async function uploadArrived({ store }: Desk, id: string): Promise<void> {
  await store.change('document-uploaded', async ({ em, audit }) => {
    await lockUntilTheEnd(em, `document.${id}`);
    const document = await em.findOne(Document, { id });
    if (document?.state !== DocumentState.UPLOADING) return;
    const before = documentDigest(document);
    document.state = DocumentState.CHECKING;
    audit(changedDocument(before, document));
  });
}

/**
 * Checks a document that waits for it, unless somebody else is at it. One that cannot be checked now, because the
 * scanner does not answer, stays as it is and is tried again: it is never taken in unscanned.
 */
export async function checkDocument(desk: Desk, id: string): Promise<void> {
  await desk.leases.whileHeld(id, async () => {
    const document = await desk.document(id);
    if (document?.state !== DocumentState.CHECKING) return;
    try {
      await settle(desk, id, await findingOf(desk, document));
    } catch (err) {
      desk.store.host.log.warn({ err, document: id }, 'A document could not be checked; it is tried again');
      await putOff(desk, document);
    }
  });
}

/** Unpacking keeps a processor busy: one document at a time in each process. */
let inspecting: Promise<unknown> = Promise.resolve();

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const result = inspecting.then(work, work);
  inspecting = result.catch(() => undefined);
  return result;
}

async function findingOf(desk: Desk, document: Document): Promise<Finding> {
  const files = await desk.files();
  await using file = await files.local(document.id);
  if (!file) return { refused: 'LOST' };
  const { path } = file;
  const finding = await oneAtATime(() => inspect(path, document, desk.purpose(document.purpose)));
  const { scan, log } = desk.store.host;
  if ('refused' in finding || !scan) return finding;
  const result = await scan(() => createReadStream(path));
  if (result.clean) return finding;
  log.warn({ document: document.id, threat: result.threat }, 'Malware was found in a document');
  return { refused: 'MALWARE' };
}

async function settle(desk: Desk, id: string, finding: Finding): Promise<void> {
  const { store } = desk;
  const refused: RefusalCode | null = 'refused' in finding ? finding.refused : null;
  const isSettled = await store.change('document-checked', async ({ em, audit }) => {
    await lockUntilTheEnd(em, `document.${id}`);
    const document = await em.findOne(Document, { id });
    if (document?.state !== DocumentState.CHECKING) return false;
    const before = documentDigest(document);
    em.assign(document, {
      settledAt: store.host.clock.now(),
      ...('refused' in finding
        ? { state: DocumentState.REFUSED, refusalCode: finding.refused }
        : { state: DocumentState.READY, sha256: finding.sha256 }),
    });
    if (refused) await noteRemoval(em, store.name, id);
    audit(changedDocument(before, document));
    return true;
  });
  if (isSettled && refused) await removeFile(desk, id);
}

async function putOff({ store }: Desk, { id, failedChecks }: Document): Promise<void> {
  const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** failedChecks, LONGEST_PAUSE_SECONDS);
  await store.as('system').nativeUpdate(
    Document,
    { id, state: DocumentState.CHECKING },
    {
      failedChecks: failedChecks + 1,
      checkAfter: new Date(store.host.clock.now().getTime() + seconds * 1_000),
    },
  );
}
