import { TenderStatus } from './codes.js';

/**
 * The status at a point in time. A notice says "announced"; that the deadline has since passed is nothing
 * that anybody has to write down.
 */
export function statusAt(tender: { status: TenderStatus; deadline: Date | null }, now: Date): TenderStatus {
  const passed = tender.deadline !== null && tender.deadline <= now;
  return tender.status === TenderStatus.ACTIVE && passed ? TenderStatus.CLOSED : tender.status;
}

/** The same rule as a condition on stored tenders. The two are tested against each other. */
export function hasStatusAt(status: TenderStatus, now: Date): object {
  switch (status) {
    case TenderStatus.ACTIVE:
      // Both are the same of one that is announced; the second lets an order by deadline begin there.
      return { openUntil: { $gt: now }, deadlineSort: { $gt: now } };
    case TenderStatus.CLOSED:
      return { $or: [{ status }, { openUntil: { $lte: now } }] };
    default:
      return { status };
  }
}
