import { DriverException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type Change, isRefusedByDatabase, type ServiceStore } from '@samspill/subgraph';
import { tellAnnouncements } from '../announcement/tell-announcements.js';
import { loadMunicipalityHistory } from '../municipality/municipality.loader.js';
import { Notice } from '../notice/notice.js';
import { announceNotices } from './announce-notices.js';
import { foldTender } from './fold-tender.js';
import { groupNotices } from './group-notices.js';
import { IMPORT_LOCK } from './import-lock.js';
import type { ImportResult, NoticeFile } from './import-result.js';
import { noticeDiffers, notStorable, type ReadFile, readFile } from './read-file.js';
import { resolveProcurements } from './resolve-procurements.js';
import { saveBuyers } from './save-buyers.js';
import { insertNotices } from './save-notices.js';
import { saveTenders } from './save-tenders.js';

/** How a batch becomes a change: by whoever asked for the import, or by the service itself. */
export type Changing = <T>(work: (change: Change) => Promise<T>) => Promise<T>;

type ReadNotice = Extract<ReadFile, { notice: unknown }>;

/**
 * SQLSTATE of values that the database cannot take: cardinality, data and integrity (21 to 23), what it cannot
 * parse (42), limits such as the size of an index entry (54), and a character that no text may hold.
 */
const FAULTS_OF_INPUT = /^(2[123]|42|54|08P01)/;

/**
 * Imports a batch of notices in one transaction: notices, the tenders that they add up to, and the
 * messages that tell the other services. After a crash all of the batch is there or nothing, and
 * importing it again changes nothing. A notice that cannot be stored is refused, and the others go on.
 */
export async function importNotices(
  store: ServiceStore,
  files: readonly NoticeFile[],
  changing: Changing,
): Promise<ImportResult[]> {
  const now = store.host.clock.now();
  const read = files.map((file) => readFile(file, now));
  try {
    return await importTogether(store, read, now, changing);
  } catch (error) {
    if (!isFaultOfInput(error)) throw error;
    store.host.log.warn(
      { err: error, files: files.length },
      'A batch could not be stored together; storing one by one',
    );
    return importOneByOne(store, read, now, changing);
  }
}

async function importOneByOne(
  store: ServiceStore,
  read: readonly ReadFile[],
  now: Date,
  changing: Changing,
): Promise<ImportResult[]> {
  const results: ImportResult[] = [];
  for (const each of read) {
    try {
      results.push(...(await importTogether(store, [each], now, changing)));
    } catch (error) {
      if (!isFaultOfInput(error)) throw error;
      store.host.log.error({ err: error, file: each.file.name }, 'A notice could not be stored');
      results.push({ name: each.file.name, outcome: 'REFUSED', refusal: notStorable() });
    }
  }
  return results;
}

/**
 * Whether one notice is to blame: the database refused a value, or our own code met something that it
 * did not expect. When the database is away, nobody's notice is wrong.
 */
function isFaultOfInput(error: unknown): boolean {
  if (isRefusedByDatabase(error)) return false;
  if (error instanceof DriverException)
    return FAULTS_OF_INPUT.test(String((error as { code?: string }).code));
  return error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
}

function importTogether(
  store: ServiceStore,
  read: readonly ReadFile[],
  now: Date,
  changing: Changing,
): Promise<ImportResult[]> {
  return changing(async ({ em, audit }) => {
    // Two imports at the same time could each start a chain for the same procedure.
    await em.execute(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    const { results, fresh } = await sortOut(em, read);
    if (fresh.length > 0) await addNotices(em, store, fresh, now);
    audit(
      ...fresh.map(({ id, digest }) => ({
        object: { type: 'Notice', id },
        after: Buffer.from(digest, 'hex'),
      })),
    );
    return results;
  });
}

/** Which of the files are new, which are known, and which contradict what is known. */
async function sortOut(
  em: EntityManager,
  read: readonly ReadFile[],
): Promise<{ results: ImportResult[]; fresh: ReadNotice[] }> {
  const ids = read.flatMap((each) => ('notice' in each ? each.id : []));
  const known = await em.find(Notice, { id: { $in: ids } }, { fields: ['id', 'digest'] });
  const digests = new Map(known.map((notice) => [notice.id, notice.digest]));
  const fresh: ReadNotice[] = [];
  const results = read.map((each): ImportResult => {
    const { name } = each.file;
    if ('refusal' in each) return { name, outcome: 'REFUSED', refusal: each.refusal };
    const { formType, noticeType, remarks } = each.notice;
    const facts = { name, noticeId: each.id, formType, noticeType, remarks: remarks.length };
    const digest = digests.get(each.id);
    if (digest === each.digest) return { ...facts, outcome: 'UNCHANGED' };
    if (digest !== undefined) return { name, outcome: 'REFUSED', refusal: noticeDiffers(each.id) };
    digests.set(each.id, each.digest);
    fresh.push(each);
    return { ...facts, outcome: 'IMPORTED' };
  });
  return { results, fresh };
}

async function addNotices(
  em: EntityManager,
  store: ServiceStore,
  fresh: readonly ReadNotice[],
  now: Date,
): Promise<void> {
  const { procurementOf, joined } = await resolveProcurements(em, fresh, now);
  const history = await loadMunicipalityHistory(em);
  await saveBuyers(
    em,
    fresh.map((each) => each.notice),
    history,
  );
  await insertNotices(em, fresh, procurementOf, now);
  const affected = [...new Set(fresh.map((each) => procurementOf(each.id)))];
  const facts = await em.find(
    Notice,
    { procurementId: { $in: affected } },
    { fields: ['id', 'procurementId', 'tenderId', 'content'] },
  );
  const byProcurement = Map.groupBy(facts, (notice) => notice.procurementId);
  const tenders = [...byProcurement].flatMap(([procurementId, notices]) =>
    groupNotices(notices).map((group) => ({ ...group, procurementId, tender: foldTender(group.notices) })),
  );
  await saveTenders(em, tenders, history);
  await tellAnnouncements(em, store.host.bus, affected);
  await announceNotices(em, store.host.bus, fresh, {
    procurementOf,
    noticesOf: (id) => (byProcurement.get(id) ?? []).map((notice) => notice.content),
    joined,
    history,
  });
}
