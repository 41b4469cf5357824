import type { ParsedNotice } from '@samspill/eforms';
import { stableId } from '@samspill/values';
import { firstOfChain } from './corrections.js';

/** What grouping and folding need to know of a stored notice. */
export interface NoticeFact {
  /** `<notice id>-<version>`. */
  readonly id: string;
  /** The tender it counted towards so far, if any. */
  readonly tenderId: string | null;
  readonly content: ParsedNotice;
}

export interface TenderGroup {
  readonly tenderId: string;
  /** In the order in which they were published. */
  readonly notices: NoticeFact[];
}

interface Group {
  /** What the tender's id is made of, when none of its notices has one. */
  readonly key: string;
  /** The notices that carry the procedure; empty for a plan that nothing has followed up. */
  readonly own: NoticeFact[];
  readonly plans: NoticeFact[];
}

/** Consultations and business registrations announce no competition, planned or not. */
const WITHOUT_TENDER = new Set(['consultation', 'bri']);

/**
 * Divides the notices of one procurement among its tenders: one tender for each procedure (BT-04), and
 * one for each plan, with its corrections, that no procedure has followed up yet. Of the procedures that
 * name a plan (BT-125) the first published takes it over. Which notices belong together does not depend on
 * the order in which they were imported; which id a tender has does, because an id once given is kept.
 */
export function groupNotices(notices: readonly NoticeFact[]): TenderGroup[] {
  const ordered = notices
    .filter((notice) => !WITHOUT_TENDER.has(notice.content.formType))
    .sort(byPublication);
  const contents = ordered.map((notice) => notice.content);
  const plans = Map.groupBy(
    ordered.filter((notice) => notice.content.procedureId === null),
    (notice) => firstOfChain(notice.content, contents),
  );
  const procedures = [
    ...Map.groupBy(
      ordered.filter((notice) => notice.content.procedureId !== null),
      (notice) => notice.content.procedureId as string,
    ),
  ].map(([procedureId, own]): Group => ({ key: `procedure:${procedureId}`, own, plans: [] }));
  const groups = [...procedures];
  for (const [first, plan] of plans) {
    const follower = procedures.find((group) => group.own.some((notice) => followsAny(notice, plan)));
    if (follower) follower.plans.push(...plan);
    else groups.push({ key: `notice:${first}`, own: [], plans: plan });
  }
  return withIds(groups);
}

function followsAny(notice: NoticeFact, plan: readonly NoticeFact[]): boolean {
  const planned = new Set(plan.map((each) => each.content.noticeId));
  return notice.content.previousPlanning.some((previous) => planned.has(previous.noticeId));
}

/**
 * A tender keeps the id that its own notices had, or else that of the plan that it takes over. No id is
 * given twice: where two procedures followed one plan, the one that had its id first keeps it.
 */
function withIds(groups: readonly Group[]): TenderGroup[] {
  const taken = new Set<string>();
  const take = (notices: readonly NoticeFact[]) => {
    const id = notices.find((notice) => notice.tenderId !== null && !taken.has(notice.tenderId))?.tenderId;
    if (id) taken.add(id);
    return id;
  };
  const kept = new Map(groups.map((group) => [group, take(group.own)]));
  return groups.map((group) => ({
    tenderId: kept.get(group) ?? take(group.plans) ?? stableId('tender', group.key),
    notices: [...group.own, ...group.plans].sort(byPublication),
  }));
}

export function byPublication(a: NoticeFact, b: NoticeFact): number {
  return (
    a.content.dispatchedAt.localeCompare(b.content.dispatchedAt) ||
    a.content.version.localeCompare(b.content.version) ||
    a.id.localeCompare(b.id)
  );
}
