import ICAL from 'ical.js';
import { expect } from 'vitest';

/** An entry as a calendar programme understands it. */
export interface ReadEntry {
  readonly uid: string;
  readonly title: string;
  readonly sequence: number;
  readonly status: string;
  readonly place: string | null;
  /** In UTC. */
  readonly starts: string;
  readonly ends: string;
  /** On the clock of the calendar's own time zone. */
  readonly startsLocal: string;
}

/** By a parser that shares nothing with what made it, and with the rules of the time zone that the calendar brought. */
export function readCalendar(text: string): ReadEntry[] {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = new Map(
    calendar.getAllSubcomponents('vtimezone').map((each) => {
      const zone = new ICAL.Timezone(each);
      return [zone.tzid, zone];
    }),
  );
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const instant = (time: ICAL.Time) => {
      if (time.zone.tzid !== 'UTC') {
        const zone = zones.get(time.zone.tzid);
        expect(zone, time.zone.tzid).toBeDefined();
        time.zone = zone as ICAL.Timezone;
      }
      return new Date(time.toUnixTime() * 1_000).toISOString();
    };
    return {
      uid: event.uid,
      title: event.summary,
      sequence: event.sequence,
      status: String(component.getFirstPropertyValue('status')),
      place: event.location,
      starts: instant(event.startDate),
      ends: instant(event.endDate),
      startsLocal: event.startDate.toString(),
    };
  });
}

/** What a calendar programme fetches, without anybody's token. */
export async function fetchCalendar(url: string): Promise<ReadEntry[]> {
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    200,
    expect.stringContaining('text/calendar'),
  ]);
  return readCalendar(await response.text());
}
