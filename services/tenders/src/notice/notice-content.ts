import type { ParsedNotice } from '@samspill/eforms';
import { partyId } from '@samspill/values';
import { corrects } from '../import/corrections.js';
import type { Notice } from './notice.js';
import type { NoticeResult } from './notice-parts.js';

/** The results of a notice, with everybody who won by name. */
export function resultsOfNotice(notice: ParsedNotice): NoticeResult[] {
  return notice.results.map((result) => ({
    lotNumber: result.lotId,
    status: result.status,
    notAwardedReason: result.notAwardedReason,
    tendersReceived: result.statistics.find((each) => each.type === 'tenders')?.count ?? null,
    winners: result.winners.flatMap((winner) =>
      winner.tenderers.flatMap((technicalId) => {
        const organisation = notice.organisations.find((each) => each.technicalId === technicalId);
        if (!organisation) return [];
        const { name, rawIdentifier } = organisation;
        return [{ supplierId: partyId(organisation), name, rawIdentifier, value: winner.value }];
      }),
    ),
  }));
}

/** The notice that a correction corrects: the one that it names, or else its own version before. */
export function previousOf(correction: Notice, related: readonly Notice[]): Notice | null {
  const earlier = related.filter(
    (each) => each.id !== correction.id && each.publishedAt <= correction.publishedAt,
  );
  return (
    earlier.findLast((each) => corrects(correction.content, each.content)) ??
    earlier.findLast((each) => each.noticeId === correction.noticeId) ??
    earlier.findLast((each) => each.formType === correction.formType) ??
    null
  );
}
