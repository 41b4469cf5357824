import type { EntityManager } from '@mikro-orm/postgresql';
import type { ParsedNotice } from '@samspill/eforms';
import { stableId } from '@samspill/values';
import { Notice } from '../notice/notice.js';
import { Procurement, ProcurementKey } from '../procurement/procurement.js';
import { Tender } from '../tender/tender.js';
import { procurementKeys } from './procurement-keys.js';

export interface ResolvedProcurements {
  /** The procurement of a notice, by the notice's id. */
  procurementOf(noticeId: string): string;
  /** Procurements that turned out to be one. */
  joined: { from: string; into: string }[];
}

/**
 * Finds or starts the procurement of each notice. Notices that share a key belong together; a notice
 * whose keys lead to several procurements joins them, and the oldest id stays.
 */
export async function resolveProcurements(
  em: EntityManager,
  notices: readonly { id: string; notice: ParsedNotice }[],
  now: Date,
): Promise<ResolvedProcurements> {
  const keysOf = new Map(notices.map((each) => [each.id, procurementKeys(each.notice)]));
  const known = await em.find(ProcurementKey, { key: { $in: [...new Set([...keysOf.values()].flat())] } });
  const owner = new Map(known.map((row) => [row.key, row.procurementId]));
  const started = new Map<string, Date>(
    (await em.find(Procurement, { id: { $in: [...new Set(owner.values())] } })).map((row) => [
      row.id,
      row.startedAt,
    ]),
  );
  const newKeys: { key: string; procurementId: string }[] = [];
  const newIds: string[] = [];
  const joined: { from: string; into: string }[] = [];

  for (const keys of keysOf.values()) {
    const ids = [...new Set(keys.flatMap((key) => owner.get(key) ?? []))];
    const [into, ...others] = ids.sort(
      (a, b) => startOf(started, a) - startOf(started, b) || a.localeCompare(b),
    );
    const id = into ?? stableId('procurement', keys[0] as string);
    if (!into && !started.has(id)) {
      started.set(id, now);
      newIds.push(id);
    }
    for (const from of others) {
      joined.push({ from, into: id });
      for (const [key, procurement] of owner) if (procurement === from) owner.set(key, id);
    }
    for (const key of keys) {
      if (!owner.has(key)) newKeys.push({ key, procurementId: id });
      owner.set(key, id);
    }
  }

  if (newIds.length) {
    // Another service may have started this chain already, by the same rule for its id.
    await em.upsertMany(
      Procurement,
      newIds.map((id) => ({ id, startedAt: now })),
      { onConflictAction: 'ignore' },
    );
  }
  if (newKeys.length) await em.insertMany(ProcurementKey, newKeys);
  for (const { from, into } of joined) await joinProcurement(em, from, into);
  return {
    procurementOf: (noticeId) => owner.get((keysOf.get(noticeId) as string[])[0] as string) as string,
    joined,
  };
}

function startOf(started: Map<string, Date>, id: string): number {
  return started.get(id)?.getTime() ?? 0;
}

/** Moves everything of one procurement to another. The old id keeps leading to it. */
export async function joinProcurement(em: EntityManager, from: string, into: string): Promise<void> {
  await em.nativeUpdate(ProcurementKey, { procurementId: from }, { procurementId: into });
  await em.nativeUpdate(Notice, { procurementId: from }, { procurementId: into });
  await em.nativeUpdate(Tender, { procurementId: from }, { procurementId: into });
  await em.nativeDelete(Procurement, { id: from });
  await em.insert(ProcurementKey, { key: `id:${from}`, procurementId: into });
}
