import { zonedDateTimeToUtc } from '@samspill/values';

/** From when to when meetings are held, such as a morning; the lunch is what lies between two of them. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface SlotPlan {
  readonly minutes: number;
  /** Between one meeting and the next in the same room, so that nobody meets a competitor in the door. */
  readonly pauseMinutes: number;
  readonly spans: readonly Span[];
  readonly rooms: readonly string[];
}

export interface SlotTime extends Span {
  readonly room: string;
}

const MINUTE = 60_000;

/**
 * Equal slots, one after the other from the beginning of each span, in all rooms at the same times. What is left at
 * the end of a span and is too short for a meeting stays empty. Computed on the line of time and not on the face of
 * a clock: on the nights when clocks are moved, a meeting is as long as on any other.
 */
export function slotTimes({ minutes, pauseMinutes, spans, rooms }: SlotPlan): SlotTime[] {
  const slots: SlotTime[] = [];
  for (const { from, to } of spans) {
    const step = (minutes + pauseMinutes) * MINUTE;
    for (let at = from.getTime(); at + minutes * MINUTE <= to.getTime(); at += step) {
      for (const room of rooms) slots.push({ room, from: new Date(at), to: new Date(at + minutes * MINUTE) });
    }
  }
  return slots;
}

/** How many slots a plan would make, without making them: a span may be a thousand years. */
export function slotCount({ minutes, pauseMinutes, spans, rooms }: SlotPlan): number {
  const step = (minutes + pauseMinutes) * MINUTE;
  const times = spans.map(({ from, to }) =>
    Math.max(0, Math.floor((to.getTime() - from.getTime() - minutes * MINUTE) / step) + 1),
  );
  return times.reduce((sum, each) => sum + each, 0) * rooms.length;
}

/** Whether two spans have any time in common; that one begins when the other ends is none. */
export const overlap = (one: Span, other: Span): boolean => one.from < other.to && other.from < one.to;

/** A point in time as people write it: `2027-03-28T09:00` is what the clock on a wall in Oslo shows; with Z or an offset it is exact. */
export function pointInTime(text: string): Date | null {
  const [date = '', time, ...more] = text.trim().split('T');
  if (time === undefined || more.length > 0 || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const utc = zonedDateTimeToUtc(date, time);
  return utc === null ? null : new Date(utc);
}
