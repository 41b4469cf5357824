import type { ICalDayJsStub } from 'ical-generator';
import { tzlib_get_ical_block } from 'timezones-ical-library';

export const ZONE = 'Europe/Oslo';
const HOUR = 3_600_000;

/**
 * The rules of the zone, as a calendar has to bring them along. The library hands out Berlin's for Oslo, which are
 * the same rules under a name that no entry of ours refers to.
 */
export const osloRules: string = [...tzlib_get_ical_block(ZONE)]
  .slice(0, 1)
  .join('')
  .replaceAll(/^(TZID|X-LIC-LOCATION):.*$/gm, (_, name: string) => `${name}:${ZONE}`)
  .replaceAll(/\r?\n/g, '\r\n')
  .trim();

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
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

/** What a clock on a wall in Oslo shows: `20261025T023000`. */
export function wallClock(at: Date): string {
  const part: Record<string, string> = {};
  for (const { type, value } of parts.formatToParts(at)) part[type] = value;
  const { year = '', month, day, hour, minute, second } = part;
  return `${year.padStart(4, '0')}${month}${day}T${hour}${minute}${second}`;
}

/**
 * Whether the clock shows this twice: in the hour that comes again in October. The standard says that the first time
 * is meant, and calendars disagree; as UTC there is nothing to disagree about.
 */
export const isAmbiguous = (at: Date): boolean =>
  [-HOUR, HOUR].some((away) => wallClock(new Date(at.getTime() + away)) === wallClock(at));

/**
 * Oslo's time in the form that the generator takes: it would write a plain `Date` as the clock of the machine, and
 * leave times alone that say themselves what they show where.
 */
export function inOslo(at: Date): ICalDayJsStub {
  const [date = '', time = ''] = wallClock(at).split('T');
  const shown: ICalDayJsStub = {
    format: (pattern) => (pattern === 'YYYYMMDD' ? date : time),
    isValid: () => !Number.isNaN(at.getTime()),
    toDate: () => new Date(at),
    toJSON: () => at.toISOString(),
    tz: () => shown,
  };
  return shown;
}
