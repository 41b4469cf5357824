export enum MarketDialogueStatus {
  DRAFT = 'DRAFT',
  ANNOUNCED = 'ANNOUNCED',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
  SUMMARISED = 'SUMMARISED',
}

/** The points in time that, with the clock, say where a dialogue stands. */
export interface DialogueDates {
  /** Led here, and closed by an act; the deadline then only ends the taking of answers. */
  readonly ledHere: boolean;
  readonly announcedAt: Date | null;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly closedAt: Date | null;
  readonly summarisedAt: Date | null;
}

/**
 * At the very moment of the deadline it is too late, as for tenders. `dialoguesWithStatus` says the same in
 * conditions for the database; a test holds the two together.
 */
export function marketDialogueStatus(dates: DialogueDates, now: Date): MarketDialogueStatus {
  if (dates.announcedAt === null) return MarketDialogueStatus.DRAFT;
  if (dates.summarisedAt !== null) return MarketDialogueStatus.SUMMARISED;
  if (isClosed(dates, now)) return MarketDialogueStatus.CLOSED;
  if (dates.opensAt !== null && dates.opensAt <= now) return MarketDialogueStatus.OPEN;
  return MarketDialogueStatus.ANNOUNCED;
}

/** Nobody stays to write the minutes of a dialogue that a clock has closed: what is led here is closed by somebody. */
function isClosed({ ledHere, closesAt, closedAt }: DialogueDates, now: Date): boolean {
  return ledHere ? closedAt !== null : closesAt !== null && closesAt <= now;
}
