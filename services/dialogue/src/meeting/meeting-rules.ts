import type { Mendable } from '@samspill/subgraph';
import { type MeetingCode, meetingMessages } from './meeting-messages.js';

export enum MeetingRoundStatus {
  TAKING_REQUESTS = 'TAKING_REQUESTS',
  REQUESTS_CLOSED = 'REQUESTS_CLOSED',
  DRAWN = 'DRAWN',
  CANCELLED = 'CANCELLED',
}

export enum MeetingStatus {
  COMING = 'COMING',
  HELD = 'HELD',
  RECORDED = 'RECORDED',
  CANCELLED = 'CANCELLED',
}

export enum MeetingSide {
  SUPPLIER = 'SUPPLIER',
  MUNICIPALITY = 'MUNICIPALITY',
}

export interface RoundDates {
  readonly requestsCloseAt: Date;
  readonly drawnAt: Date | null;
  readonly cancelledAt: Date | null;
}

/** At the very moment at which requests close it is too late to ask, and time to draw. */
export function meetingRoundStatus(round: RoundDates, now: Date): MeetingRoundStatus {
  if (round.cancelledAt !== null) return MeetingRoundStatus.CANCELLED;
  if (round.drawnAt !== null) return MeetingRoundStatus.DRAWN;
  return round.requestsCloseAt <= now
    ? MeetingRoundStatus.REQUESTS_CLOSED
    : MeetingRoundStatus.TAKING_REQUESTS;
}

export interface MeetingDates {
  readonly startsAt: Date;
  readonly cancelledAt: Date | null;
}

export function meetingStatus(meeting: MeetingDates, hasMinutes: boolean, now: Date): MeetingStatus {
  if (meeting.cancelledAt !== null) return MeetingStatus.CANCELLED;
  if (hasMinutes) return MeetingStatus.RECORDED;
  return meeting.startsAt <= now ? MeetingStatus.HELD : MeetingStatus.COMING;
}

/** What may be done in which state: null, or why not. Complete, so that a state that is added has to be thought about. */
export const ROUND_ACTIONS = {
  ask: {
    TAKING_REQUESTS: null,
    REQUESTS_CLOSED: 'REQUESTS_CLOSED',
    DRAWN: 'ROUND_DRAWN',
    CANCELLED: 'ROUND_CANCELLED',
  },
  /** Also after the draw, by whoever got nothing and no longer wants to be next in line. */
  withdraw: { TAKING_REQUESTS: null, REQUESTS_CLOSED: null, DRAWN: null, CANCELLED: 'ROUND_CANCELLED' },
  draw: {
    TAKING_REQUESTS: 'REQUESTS_STILL_OPEN',
    REQUESTS_CLOSED: null,
    DRAWN: 'ROUND_DRAWN',
    CANCELLED: 'ROUND_CANCELLED',
  },
  changeSlots: { TAKING_REQUESTS: null, REQUESTS_CLOSED: null, DRAWN: null, CANCELLED: 'ROUND_CANCELLED' },
  cancel: { TAKING_REQUESTS: null, REQUESTS_CLOSED: null, DRAWN: null, CANCELLED: 'ROUND_CANCELLED' },
} as const satisfies Record<string, Record<MeetingRoundStatus, MeetingCode | null>>;

export const MEETING_ACTIONS = {
  cancelAsSupplier: {
    COMING: null,
    HELD: 'MEETING_BEGUN',
    RECORDED: 'MEETING_RECORDED',
    CANCELLED: 'MEETING_CANCELLED',
  },
  /** Also afterwards, when nobody came: a meeting that was not held has no minutes, and would keep the dialogue open. */
  cancelAsMunicipality: {
    COMING: null,
    HELD: null,
    RECORDED: 'MEETING_RECORDED',
    CANCELLED: 'MEETING_CANCELLED',
  },
  move: {
    COMING: null,
    HELD: 'MEETING_BEGUN',
    RECORDED: 'MEETING_RECORDED',
    CANCELLED: 'MEETING_CANCELLED',
  },
  record: {
    COMING: 'MEETING_NOT_BEGUN',
    HELD: null,
    RECORDED: 'MEETING_RECORDED',
    CANCELLED: 'MEETING_CANCELLED',
  },
  comment: {
    COMING: 'MINUTES_MISSING',
    HELD: 'MINUTES_MISSING',
    RECORDED: null,
    CANCELLED: 'MEETING_CANCELLED',
  },
} as const satisfies Record<string, Record<MeetingStatus, MeetingCode | null>>;

export type RoundAction = keyof typeof ROUND_ACTIONS;
export type MeetingAction = keyof typeof MEETING_ACTIONS;

export function roundRefuses(action: RoundAction, round: RoundDates, now: Date): Mendable | null {
  const code = ROUND_ACTIONS[action][meetingRoundStatus(round, now)];
  return code === null ? null : mendable(code, 'roundId');
}

export function meetingRefuses(
  action: MeetingAction,
  meeting: MeetingDates,
  hasMinutes: boolean,
  now: Date,
): Mendable | null {
  const code = MEETING_ACTIONS[action][meetingStatus(meeting, hasMinutes, now)];
  return code === null ? null : mendable(code, 'meetingId');
}

export const mendable = (code: MeetingCode, ...path: readonly string[]): Mendable => ({
  code,
  path: ['input', ...path],
  messages: meetingMessages[code],
});
