import { type ParsedNotice, parseReference } from '@samspill/eforms';

/** Whether a notice is the one that a correction names as changed (BT-758). */
export function corrects(correction: ParsedNotice, notice: ParsedNotice): boolean {
  const reference = correction.change?.previousNotice
    ? parseReference(correction.change.previousNotice)
    : null;
  if (!reference || correction.noticeId === notice.noticeId) return false;
  if (reference.kind === 'publication') return publicationOf(notice) === reference.id;
  return (
    reference.id === notice.noticeId && (reference.version === null || reference.version === notice.version)
  );
}

function publicationOf(notice: ParsedNotice): string | null {
  return notice.publicationId ? (parseReference(notice.publicationId)?.id ?? null) : null;
}

/**
 * The number of the notice that a chain of corrections began with. A correction carries a number of its
 * own as often as a new version of the old one, and both mean the same announcement. Where the first
 * notice has not been imported, what names it stands for it.
 */
export function firstOfChain(notice: ParsedNotice, all: readonly ParsedNotice[]): string {
  const seen = new Set<ParsedNotice>();
  let current = notice;
  while (!seen.has(current)) {
    seen.add(current);
    const before = all.find((each) => corrects(current, each));
    if (before) {
      current = before;
      continue;
    }
    const reference = current.change?.previousNotice ? parseReference(current.change.previousNotice) : null;
    return reference?.kind === 'notice' ? reference.id : current.noticeId;
  }
  // Two notices that correct each other: no order is right, so the smallest number is as good as any.
  return [...seen].map((each) => each.noticeId).sort()[0] as string;
}

/**
 * Leaves out what has been corrected: an earlier version of the same notice, and a notice that a later
 * one names. A correction is a whole new notice, so nothing of the old one remains. `notices` are in the
 * order of publication.
 */
export function withoutCorrected(notices: readonly ParsedNotice[]): ParsedNotice[] {
  const lastVersion = new Map(notices.map((notice) => [notice.noticeId, notice]));
  const corrections = notices
    .map((notice, position) => ({ notice, position }))
    .filter(({ notice }) => notice.change?.previousNotice);
  return notices.filter(
    (notice, position) =>
      lastVersion.get(notice.noticeId) === notice &&
      !corrections.some(
        (correction) =>
          correction.position > position &&
          correction.notice.formType === notice.formType &&
          corrects(correction.notice, notice),
      ),
  );
}
