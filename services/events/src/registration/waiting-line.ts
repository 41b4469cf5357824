/** The seats of an event. Taken are those that are confirmed, and those that are offered. */
export interface Seats {
  /** Null when there is no limit. */
  readonly capacity: number | null;
  readonly taken: number;
}

/** A registration in the line. */
export interface Waiting {
  /** The smaller, the longer it has waited. */
  readonly place: number;
  readonly seats: number;
}

/** How many seats nobody has; null when there is no limit. */
export function seatsFree({ capacity, taken }: Seats): number | null {
  return capacity === null ? null : Math.max(0, capacity - taken);
}

/**
 * Who is offered seats now: from the head of the line, each all that it asks for or nothing. Where the first does
 * not fit, nobody behind it gets anything, however few they are: whoever asks for four seats would otherwise never
 * get them. Only one that asks for more than the event has is passed, because nobody waits for what cannot come.
 */
export function whoIsOffered<W extends Waiting>(seats: Seats, line: readonly W[]): W[] {
  let free = seatsFree(seats) ?? Number.POSITIVE_INFINITY;
  const offered: W[] = [];
  for (const each of inOrder(line)) {
    if (!canEverFit(each, seats)) continue;
    if (each.seats > free) break;
    free -= each.seats;
    offered.push(each);
  }
  return offered;
}

/** Whether a new request gets its seats at once. While anybody waits who can be served, nobody passes them. */
export function getsSeatsAtOnce(seats: Seats, line: readonly Waiting[], wanted: number): boolean {
  if (line.some((each) => canEverFit(each, seats))) return false;
  const free = seatsFree(seats);
  return free === null || wanted <= free;
}

function canEverFit(each: Waiting, { capacity }: Seats): boolean {
  return capacity === null || each.seats <= capacity;
}

function inOrder<W extends Waiting>(line: readonly W[]): W[] {
  return line.toSorted((a, b) => a.place - b.place);
}

export enum WaitingReason {
  EVENT_CANCELLED = 'EVENT_CANCELLED',
  EVENT_HAS_BEGUN = 'EVENT_HAS_BEGUN',
  MORE_THAN_CAPACITY = 'MORE_THAN_CAPACITY',
  OTHERS_FIRST = 'OTHERS_FIRST',
  TOO_FEW_FREE = 'TOO_FEW_FREE',
}

/** Why nothing has happened yet, in numbers. */
export interface WhyWaiting {
  readonly reason: WaitingReason;
  /** 1 is next. */
  readonly placeInLine: number;
  readonly seatsWanted: number;
  readonly capacity: number | null;
  readonly seatsFree: number | null;
  /** Offered to others, who have not answered yet. */
  readonly seatsOffered: number;
  readonly seatsAhead: number;
  /** What the first in line who can be served asks for; null when that is this one, or nobody. */
  readonly firstWants: number | null;
}

export interface LineOfEvent {
  readonly seats: Seats;
  readonly line: readonly Waiting[];
  readonly seatsOffered: number;
  /** What has ended the line for good. */
  readonly over: WaitingReason.EVENT_CANCELLED | WaitingReason.EVENT_HAS_BEGUN | null;
}

export function whyWaiting({ seats, line, seatsOffered, over }: LineOfEvent, own: Waiting): WhyWaiting {
  const ahead = inOrder(line).filter(({ place }) => place < own.place);
  const served = ahead.filter((each) => canEverFit(each, seats));
  return {
    reason: over ?? reasonOf(seats, served, own),
    placeInLine: ahead.length + 1,
    seatsWanted: own.seats,
    capacity: seats.capacity,
    seatsFree: seatsFree(seats),
    seatsOffered,
    seatsAhead: ahead.reduce((sum, each) => sum + each.seats, 0),
    firstWants: served[0]?.seats ?? null,
  };
}

function reasonOf(seats: Seats, ahead: readonly Waiting[], own: Waiting): WaitingReason {
  if (!canEverFit(own, seats)) return WaitingReason.MORE_THAN_CAPACITY;
  return ahead.length > 0 ? WaitingReason.OTHERS_FIRST : WaitingReason.TOO_FEW_FREE;
}
