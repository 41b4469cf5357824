import { calendarDate, zonedDateTimeToUtc } from '@samspill/values';
import { textOf } from './find.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

/** Dates that systems write when a person wrote none. */
const FILLERS = new Set(['0001-01-01', '1900-01-01', '1970-01-01', '2099-01-01', '2099-12-31', '9999-12-31']);

/** A calendar date without a time. A contract may well end in 2120, so only known fillers are dropped. */
export function dateAt(
  from: XmlElement | null,
  field: string,
  reading: Reading,
  ...path: string[]
): string | null {
  const raw = textOf(from, ...path);
  if (raw === null) return null;
  const date = calendarDate(raw);
  if (date === null) return invalid(raw, field, reading);
  return FILLERS.has(date) ? placeholder(raw, field, reading) : date;
}

/**
 * A point in time from a date element and a time element of the same parent. Without a time a deadline is
 * the end of that day in Oslo, and that is remarked because it moves the deadline.
 */
export function momentAt(
  from: XmlElement | null,
  [dateName, timeName]: readonly [date: string, time: string],
  field: string,
  reading: Reading,
  kind: 'deadline' | 'event' = 'deadline',
): string | null {
  const date = textOf(from, dateName);
  const time = textOf(from, timeName);
  if (date === null) return null;
  const raw = time === null ? date : `${date} ${time}`;
  const day = calendarDate(date);
  // No deadline is set decades ahead: whoever wrote 2098 meant "not yet decided" as well.
  if (day !== null && (FILLERS.has(day) || day >= '2090')) return placeholder(raw, field, reading);
  const missingTime = kind === 'deadline' ? 'end' : 'start';
  const moment = zonedDateTimeToUtc(date, time, null, { missingTime });
  if (moment !== null) {
    if (time === null && kind === 'deadline') remarkMissingTime(raw, field, reading);
    return moment;
  }
  const wholeDay = day === null ? null : zonedDateTimeToUtc(day, null, null, { missingTime });
  if (wholeDay === null) return invalid(raw, field, reading);
  reading.remarks.add('DATE_INVALID', field, raw, {
    nb: 'Klokkeslettet kan ikke leses. Bare datoen er brukt.',
    en: 'The time cannot be read. Only the date is used.',
  });
  return wholeDay;
}

function remarkMissingTime(raw: string, field: string, { remarks }: Reading): void {
  remarks.add('DEADLINE_TIME_MISSING', field, raw, {
    nb: 'Fristen har ikke klokkeslett. Den er lest som slutten av dagen, norsk tid.',
    en: 'The deadline has no time. It is read as the end of that day in Norway.',
  });
}

function placeholder(raw: string, field: string, { remarks }: Reading): null {
  remarks.add('DATE_PLACEHOLDER', field, raw, {
    nb: 'Datoen er en plassholder og ikke en virkelig dato. Den er utelatt.',
    en: 'The date is a placeholder, not a real date. It is left out.',
  });
  return null;
}

function invalid(raw: string, field: string, { remarks }: Reading): null {
  remarks.add('DATE_INVALID', field, raw, {
    nb: 'Datoen kan ikke leses og er utelatt.',
    en: 'The date cannot be read and is left out.',
  });
  return null;
}
