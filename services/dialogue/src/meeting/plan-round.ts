import type { Mendable } from '@samspill/subgraph';
import { LEAST_MINUTES, LONGEST, MOST } from './meeting-messages.js';
import { mendable } from './meeting-rules.js';
import { overlap, pointInTime, type SlotTime, type Span, slotCount, slotTimes } from './slot-times.js';

export interface GivenSpan {
  readonly from: string;
  readonly to: string;
}

/** Where and when somebody wants meetings, as they wrote it. */
export interface GivenSlots {
  readonly minutes: number;
  readonly pauseMinutes: number;
  readonly days: readonly GivenSpan[];
  readonly rooms: readonly string[];
}

/** The slots that were asked for, or all that has to be mended first. */
export function planSlots(
  given: GivenSlots,
  { now, notBefore }: { readonly now: Date; readonly notBefore: Date },
): { slots: SlotTime[] } | { mend: Mendable[] } {
  const { minutes, pauseMinutes, days } = given;
  const mend: Mendable[] = [];
  if (minutes < LEAST_MINUTES || minutes > MOST.minutes)
    mend.push(mendable('MINUTES_OUT_OF_RANGE', 'minutes'));
  if (pauseMinutes < 0 || pauseMinutes > MOST.pauseMinutes) {
    mend.push(mendable('PAUSE_OUT_OF_RANGE', 'pauseMinutes'));
  }
  if (days.length === 0 || given.rooms.length === 0) {
    mend.push(mendable('NO_SLOTS', days.length === 0 ? 'days' : 'rooms'));
  }
  // Before anything is looked at one by one.
  if (days.length > MOST.days || given.rooms.length > MOST.rooms) {
    return { mend: [...mend, mendable('TOO_MANY_SLOTS', days.length > MOST.days ? 'days' : 'rooms')] };
  }
  const rooms = roomNames(given.rooms, mend);
  const spans = days.map((day, at) => spanOf(day, String(at), mend));
  if (mend.length > 0) return { mend };
  const laid = spans as Span[];
  for (const [at, span] of laid.entries()) {
    const path = ['days', String(at)];
    if (slotCount({ minutes, pauseMinutes, rooms: ['one'], spans: [span] }) === 0) {
      mend.push(mendable('SPAN_EMPTY', ...path));
    }
    if (span.from < notBefore || span.from <= now) mend.push(mendable('SLOT_TOO_EARLY', ...path));
    if (laid.slice(0, at).some((other) => overlap(span, other)))
      mend.push(mendable('SPANS_OVERLAP', ...path));
  }
  const plan = { minutes, pauseMinutes, rooms, spans: laid };
  if (slotCount(plan) > MOST.slots) mend.push(mendable('TOO_MANY_SLOTS', 'days'));
  return mend.length > 0 ? { mend } : { slots: slotTimes(plan) };
}

function roomNames(given: readonly string[], mend: Mendable[]): string[] {
  const rooms = given.map((room) => storable(room));
  const known = new Set<string>();
  for (const [at, room] of rooms.entries()) {
    const path = ['rooms', String(at)];
    if (room === '') mend.push(mendable('TEXT_MISSING', ...path));
    else if (room.length > LONGEST.room) mend.push(mendable('TEXT_TOO_LONG', ...path));
    else if (known.has(room.toLowerCase())) mend.push(mendable('ROOM_TWICE', ...path));
    known.add(room.toLowerCase());
  }
  return rooms;
}

function spanOf(day: GivenSpan, at: string, mend: Mendable[]): Span | null {
  const from = pointInTime(day.from);
  const to = pointInTime(day.to);
  if (!from) mend.push(mendable('NOT_A_TIME', 'days', at, 'from'));
  if (!to) mend.push(mendable('NOT_A_TIME', 'days', at, 'to'));
  return from && to ? { from, to } : null;
}

/** PostgreSQL keeps neither halves of characters nor U+0000, and nobody means them. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '').trim();

/** The words without the space around them; null for none where none are needed. */
export function words(
  given: string | null | undefined,
  name: keyof typeof LONGEST,
  mend: Mendable[],
  { required = false, path = [name] }: { required?: boolean; path?: readonly string[] } = {},
): string | null {
  const text = storable(given ?? '');
  if (text === '' && (required || (given !== null && given !== undefined))) {
    mend.push(mendable('TEXT_MISSING', ...path));
  }
  if (text.length > LONGEST[name]) mend.push(mendable('TEXT_TOO_LONG', ...path));
  return text === '' ? null : text;
}
