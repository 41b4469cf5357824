import type { ParsedNotice } from '@samspill/eforms';
import { stableId } from '@samspill/values';

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

/** Consultations and business registrations announce no competition, planned or not. */
const WITHOUT_TENDER = new Set(['consultation', 'bri']);

/**
 * Divides the notices of one procurement among its tenders: one tender for each procedure (BT-04), and
 * one for each plan that no procedure has followed up yet. A procedure that names the plan (BT-125) takes
 * over the plan's tender, so that an id once given leads to the competition that came of it. The result
 * does not depend on the order in which the notices were imported, except for which id a tender keeps.
 */
export function groupNotices(notices: readonly NoticeFact[]): TenderGroup[] {
  const ordered = notices
    .filter((notice) => !WITHOUT_TENDER.has(notice.content.formType))
    .sort(byPublication);
  const procedures = Map.groupBy(
    ordered.filter((notice) => notice.content.procedureId !== null),
    (notice) => notice.content.procedureId as string,
  );
  const plans = Map.groupBy(
    ordered.filter((notice) => notice.content.procedureId === null),
    (notice) => notice.content.noticeId,
  );
  for (const [noticeId, plan] of plans) {
    const follower = [...procedures.values()].find((group) =>
      group.some((notice) => follows(notice, noticeId)),
    );
    if (!follower) continue;
    follower.push(...plan);
    plans.delete(noticeId);
  }
  return [
    ...[...procedures].map(([procedureId, group]) => toGroup(group, `procedure:${procedureId}`)),
    ...[...plans].map(([noticeId, group]) => toGroup(group, `notice:${noticeId}`)),
  ];
}

function follows(notice: NoticeFact, noticeId: string): boolean {
  return notice.content.previousPlanning.some((previous) => previous.noticeId === noticeId);
}

function toGroup(notices: NoticeFact[], key: string): TenderGroup {
  const sorted = notices.sort(byPublication);
  const known = sorted.find((notice) => notice.tenderId !== null)?.tenderId;
  return { tenderId: known ?? stableId('tender', key), notices: sorted };
}

export function byPublication(a: NoticeFact, b: NoticeFact): number {
  return (
    a.content.dispatchedAt.localeCompare(b.content.dispatchedAt) ||
    a.content.version.localeCompare(b.content.version) ||
    a.id.localeCompare(b.id)
  );
}
