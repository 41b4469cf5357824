const MINUTE = 60_000;

const osloParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Oslo',
  calendar: 'iso8601',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What a clock on a wall in Oslo shows, as if it were UTC. */
function osloWallClock(instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of osloParts.formatToParts(instant)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The instant at which the wall clock in Oslo shows `wall`. In the hour that does not exist in March the
 * clock has already been moved on; in the hour that exists twice in October the first one is meant.
 */
function fromOsloWallClock(wall: number): number {
  const offsetAt = (instant: number) => osloWallClock(instant) - instant;
  const dayBefore = offsetAt(wall - 24 * 60 * MINUTE);
  const candidate = wall - dayBefore;
  const offset = offsetAt(candidate);
  if (offset === dayBefore) return candidate;
  const shifted = wall - offset;
  return osloWallClock(shifted) === wall ? shifted : candidate;
}

/** Milliseconds since the epoch of midnight UTC of a calendar day; null when there is no such day. */
function calendarDay(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(time).toISOString().startsWith(text) ? time : null;
}

/** 23:59:59 that day in Oslo, in UTC: the end of a deadline that was published without a time. */
export function endOfDayInOslo(date: string): string {
  const day = calendarDay(date);
  if (day === null) throw new RangeError(`Not a calendar day: ${date}`);
  return new Date(fromOsloWallClock(day + (24 * 60 * 60 - 1) * 1000)).toISOString();
}

/** The calendar day in Oslo at a point in time, `YYYY-MM-DD`. */
export function osloDate(instant: Date | string): string {
  const time = new Date(instant).getTime();
  if (Number.isNaN(time)) throw new RangeError(`Not a point in time: ${String(instant)}`);
  return new Date(osloWallClock(time)).toISOString().slice(0, 10);
}

const OFFSET = /(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds east of Greenwich. XML Schema allows at most fourteen hours. */
function offsetMilliseconds(offset: string): number | null {
  if (offset === 'Z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(4, 6));
  if (hours * 60 + minutes > 14 * 60 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * MINUTE;
}

/** `12:00:00`, `12:00`, with a fraction of any length, or xsd:time's `24:00:00`. */
function timeOfDay(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const milliseconds = Number((match[4] ?? '').padEnd(3, '0').slice(0, 3));
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  return minutes > 59 || seconds > 59 || time > 24 * 60 * MINUTE ? null : time;
}

/**
 * One point in time from the two elements that eForms splits it into. An offset may sit on the time
 * (`12:00:00+01:00`), on the date (`2024-12-05+01:00`), on both or apart; the time's own wins, because it is
 * the time that it qualifies. Without any offset Europe/Oslo is meant. Without a time the day is a day in
 * Oslo, whatever the date's offset: a deadline "5 December" lasts until midnight where the buyer is.
 * Null when the texts are no date or no time.
 */
export function zonedDateTimeToUtc(
  date: string,
  time: string | null,
  offset: string | null = null,
  { missingTime = 'start' }: { missingTime?: 'start' | 'end' } = {},
): string | null {
  const dateOffset = OFFSET.exec(date.trim())?.[0] ?? null;
  const day = calendarDay(date.trim().slice(0, dateOffset ? -dateOffset.length : undefined));
  if (day === null) return null;
  if (time === null) {
    const wall = missingTime === 'end' ? day + (24 * 60 * 60 - 1) * 1000 : day;
    return new Date(fromOsloWallClock(wall)).toISOString();
  }
  const timeOffset = OFFSET.exec(time.trim())?.[0] ?? null;
  const sinceMidnight = timeOfDay(time.trim().slice(0, timeOffset ? -timeOffset.length : undefined));
  if (sinceMidnight === null) return null;
  const wall = day + sinceMidnight;
  const stated = timeOffset ?? dateOffset ?? offset;
  if (stated === null) return new Date(fromOsloWallClock(wall)).toISOString();
  if (!/^(?:Z|[+-]\d{2}:\d{2})$/.test(stated)) return null;
  const east = offsetMilliseconds(stated);
  return east === null ? null : new Date(wall - east).toISOString();
}

/** The calendar day of an xsd:date as published, without its offset; null when there is no such day. */
export function calendarDate(text: string): string | null {
  const date = text.trim().replace(OFFSET, '');
  return calendarDay(date) === null ? null : date;
}
