import type { Mendable } from '@samspill/subgraph';
import { EventStatus } from './event.status.js';
import {
  cancelled,
  capacityBelowSeats,
  endsBeforeStarts,
  hasBegun,
  held,
  inThePast,
  keptLonger,
  kindStands,
  notDraft,
  notPublished,
  placeMissing,
  registrationHasBegun,
  registrationWindow,
  sessionOutside,
} from './event-messages.js';
import type { EventValues } from './event-values.js';

export type EventAction = 'change' | 'publish' | 'cancel' | 'add material';

/** Why this cannot be done to an event that stands where it does; null when it can. */
export function mayNot(
  action: EventAction,
  status: EventStatus,
  path: readonly string[] = ['input', 'id'],
): Mendable | null {
  if (action === 'publish') return status === EventStatus.DRAFT ? null : notDraft;
  const isDraft = status === EventStatus.DRAFT;
  // What was shown at an event is often ready only afterwards, and also one that was cancelled may have had some.
  if (action === 'add material') return isDraft ? notPublished(path) : null;
  if (action === 'cancel' && isDraft) return notPublished(path);
  if (status === EventStatus.HELD) return held(path);
  if (status === EventStatus.CANCELLED) return cancelled(path);
  return null;
}

/** An item of the programme, as far as the rules need it. */
export interface ProgrammeTimes {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

type Times = Pick<EventValues, 'startsAt' | 'endsAt' | 'registrationOpensAt' | 'registrationClosesAt'>;

/** What has to hold of the times of every event, drafts too. */
export function timesToMend(event: Times): Mendable[] {
  const mend: Mendable[] = [];
  if (event.endsAt <= event.startsAt) mend.push(endsBeforeStarts());
  const { registrationOpensAt: opens, registrationClosesAt: closes, startsAt } = event;
  if (opens !== null && opens >= startsAt) {
    mend.push(registrationWindow(['input', 'registrationOpensAt']));
  } else if (closes !== null && (opens === null || closes <= opens || closes > startsAt)) {
    mend.push(registrationWindow(['input', 'registrationClosesAt']));
  }
  return mend;
}

/** What has to be there before everybody sees an event, and for as long as they do. */
export function placeToMend({ venue, online }: Pick<EventValues, 'venue' | 'online'>): Mendable[] {
  return venue === null && !online ? [placeMissing(['input', 'venue'])] : [];
}

export function capacityToMend(capacity: number | null, seatsTaken: number): Mendable[] {
  return capacity !== null && capacity < seatsTaken ? [capacityBelowSeats(seatsTaken)] : [];
}

export function sessionsToMend(
  { startsAt, endsAt }: ProgrammeTimes,
  sessions: readonly ProgrammeTimes[],
  path: readonly string[],
): Mendable[] {
  const isOutside = sessions.some((each) => each.startsAt < startsAt || each.endsAt > endsAt);
  return isOutside ? [sessionOutside(path)] : [];
}

/** What others rely on once they have seen an event, and hosts therefore no longer change at will. */
export function publishedToMend(before: EventValues, after: EventValues, now: Date): Mendable[] {
  const mend: Mendable[] = [...placeToMend(after)];
  const isOther = (name: 'startsAt' | 'endsAt' | 'registrationOpensAt') =>
    before[name]?.getTime() !== after[name]?.getTime();
  if (after.kind !== before.kind) mend.push(kindStands(['input', 'kind']));
  if (isOther('startsAt')) {
    if (before.startsAt <= now) mend.push(hasBegun(['input', 'startsAt']));
    else if (after.startsAt <= now) mend.push(inThePast(['input', 'startsAt']));
  }
  if (isOther('endsAt') && after.endsAt <= now) mend.push(inThePast(['input', 'endsAt']));
  const opened = before.registrationOpensAt;
  if (isOther('registrationOpensAt') && opened !== null && opened <= now) {
    mend.push(registrationHasBegun(['input', 'registrationOpensAt']));
  }
  if (after.personalDataDays > before.personalDataDays) {
    mend.push(keptLonger(['input', 'personalDataDays']));
  }
  return mend;
}

export function publishToMend(event: EventValues, now: Date): Mendable[] {
  const mend = [...timesToMend(event), ...placeToMend(event)];
  if (event.startsAt <= now) mend.push(inThePast(['input', 'id']));
  return mend;
}

/** What a calendar shows of an event: a change of these counts up its SEQUENCE. */
export function isSeenInCalendars(before: EventValues, after: EventValues): boolean {
  return (
    isOtherMeeting(before, after) || differs(['title', 'description', 'organiser', 'url'], before, after)
  );
}

/** Whether those who have a seat would come at the wrong time or to the wrong place. */
export function isOtherMeeting(before: EventValues, after: EventValues): boolean {
  // For those who take part on the net, the address is the place.
  const place = after.online ? (['online', 'url'] as const) : (['online'] as const);
  return differs(['startsAt', 'endsAt', ...place], before, after) || placeOf(before) !== placeOf(after);
}

const placeOf = ({ venue }: EventValues): string =>
  JSON.stringify([venue?.name, venue?.address, venue?.city]);

function differs(names: readonly (keyof EventValues)[], before: EventValues, after: EventValues): boolean {
  return names.some((name) => plain(before[name]) !== plain(after[name]));
}

const plain = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

/**
 * By how much an event as a whole was moved, in milliseconds; null when it became longer or shorter. Its programme
 * moves along with it.
 */
export function movedBy(before: ProgrammeTimes, after: ProgrammeTimes): number | null {
  const start = after.startsAt.getTime() - before.startsAt.getTime();
  return start === after.endsAt.getTime() - before.endsAt.getTime() ? start : null;
}
