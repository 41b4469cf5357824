import ICAL from 'ical.js';
import { afterEach, describe, expect, it } from 'vitest';
import { type CalendarEntry, calendarFeed, invitation } from './calendar.js';

const entry: CalendarEntry = {
  id: 'e-1@anskaffelser.example.no',
  sequence: 0,
  updatedAt: new Date('2026-09-01T08:00:00Z'),
  title: 'Dialogkonferanse om vei',
  startsAt: new Date('2026-10-17T07:00:00Z'),
  endsAt: new Date('2026-10-17T13:00:00Z'),
  cancelled: false,
};

/** By a parser that shares nothing with the generator; throws on what is no calendar. */
function parsed(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const timezone = zone && new ICAL.Timezone(zone);
  const events = calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    // With the rules that the calendar brought, not with those that the parser might know.
    const instant = (time: ICAL.Time) => {
      if (time.zone.tzid !== 'UTC' && timezone) {
        expect(time.zone.tzid).toBe(timezone.tzid);
        time.zone = timezone;
      }
      return new Date(time.toUnixTime() * 1_000).toISOString();
    };
    return {
      event,
      component,
      text: (name: string) => component.getFirstPropertyValue(name)?.toString(),
      starts: instant(event.startDate),
      ends: instant(event.endDate),
    };
  });
  return { calendar, timezone, events };
}
const feed = (...entries: CalendarEntry[]) => calendarFeed({ name: 'Samspill', entries });
const only = (text: string) => {
  const { events } = parsed(text);
  expect(events).toHaveLength(1);
  return events[0] as (typeof events)[number];
};

describe('a feed', () => {
  it('says what an independent parser understands', () => {
    const { calendar, events, timezone } = parsed(
      feed({
        ...entry,
        description: 'Kl. 9; møt opp,\nta med \\ ID',
        place: 'Askim kulturhus',
        url: 'https://a.no/e?x=1,2;3',
      }),
    );
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(calendar.getFirstPropertyValue('refresh-interval')?.toString()).toBe('PT1H');
    expect(timezone?.tzid).toBe('Europe/Oslo');
    const [only] = events;
    expect(only?.event.uid).toBe('e-1@anskaffelser.example.no');
    expect(only?.event.summary).toBe('Dialogkonferanse om vei');
    expect(only?.event.description).toBe('Kl. 9; møt opp,\nta med \\ ID');
    expect(only?.event.location).toBe('Askim kulturhus');
    expect(only?.text('url')).toBe('https://a.no/e?x=1%2C2%3B3');
    expect(only?.text('status')).toBe('CONFIRMED');
    expect([only?.starts, only?.ends]).toEqual(['2026-10-17T07:00:00.000Z', '2026-10-17T13:00:00.000Z']);
  });

  it('is the same for the same entries, whenever it is asked for', () => {
    const text = feed(entry);
    expect(text).toBe(feed({ ...entry }));
    expect(text).toContain('DTSTAMP:20260901T080000Z\r\n');
    expect(text).toContain('LAST-MODIFIED:20260901T080000Z\r\n');
  });

  it('has lines of at most 75 octets, also where letters have two or four', () => {
    const title = 'Blåbærsyltetøy på ærfuglens øy 🦆 '.repeat(20).trim();
    const text = feed({ ...entry, title, description: `${'ø'.repeat(200)}\n${'Å,;'.repeat(90)}` });
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).not.toContain('\uFFFD');
    const { event } = only(text);
    expect(event.summary).toBe(title);
    expect(event.description).toBe(`${'ø'.repeat(200)}\n${'Å,;'.repeat(90)}`);
  });

  it('is a calendar also when it is empty', () => {
    const { timezone, events } = parsed(feed());
    expect(timezone?.tzid).toBe('Europe/Oslo');
    expect(events).toEqual([]);
  });

  it('lets nothing that somebody wrote become a line of its own', () => {
    const evil = 'x\r\nATTENDEE:mailto:a@b.no\nEND:VEVENT\u2028BEGIN:VALARM\u0000\u0007\ud800';
    const text = calendarFeed({
      name: `Navn\r\nX-EVIL:1;,${evil}`,
      entries: [
        {
          ...entry,
          id: `1\r\nX-EVIL:2`,
          title: evil,
          description: evil,
          place: evil,
          url: `https://a.no/\r\nX-EVIL:3`,
          organiser: { name: `"${evil}`, email: 'a@b.no\r\nX-EVIL:4' },
        },
        { ...entry, id: '2', url: 'javascript:alert(1)' },
      ],
    });
    expect(text).not.toMatch(/^(X-EVIL|ATTENDEE|BEGIN:VALARM)/m);
    expect(text).not.toMatch(/[^\P{Cc}\r\n]|\p{Cs}/u);
    const { events, calendar } = parsed(text);
    expect(events).toHaveLength(2);
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toContain('X-EVIL:1\\;\\,x');
    expect(events[1]?.text('url')).toBeUndefined();
    expect(events[0]?.text('organizer')).toBe('mailto:nobody@samspill.invalid');
  });

  it('refuses what ends before it begins, rather than turn it round', () => {
    expect(() => feed({ ...entry, endsAt: new Date('2026-10-16T00:00:00Z') })).toThrow(RangeError);
  });

  it('says in its readers’ language that something is cancelled', () => {
    const cancelled = { ...entry, cancelled: true };
    expect(only(feed(cancelled)).event.summary).toBe('Avlyst: Dialogkonferanse om vei');
    const english = calendarFeed({ name: 'x', entries: [cancelled], language: 'en' });
    expect(only(english).event.summary).toBe('Cancelled: Dialogkonferanse om vei');
  });
});

describe('time', () => {
  const machine = process.env.TZ;
  afterEach(() => {
    if (machine === undefined) delete process.env.TZ;
    else process.env.TZ = machine;
  });

  const days = [
    ['the last day of winter time', '2026-03-28T08:00:00.000Z', 'DTSTART;TZID=Europe/Oslo:20260328T090000'],
    ['the first day of summer time', '2026-03-29T07:00:00.000Z', 'DTSTART;TZID=Europe/Oslo:20260329T090000'],
    [
      'just before the clock goes forward',
      '2026-03-29T00:59:59.000Z',
      'DTSTART;TZID=Europe/Oslo:20260329T015959',
    ],
    [
      'just after the clock has gone forward',
      '2026-03-29T01:00:00.000Z',
      'DTSTART;TZID=Europe/Oslo:20260329T030000',
    ],
    ['the last day of summer time', '2026-10-24T07:00:00.000Z', 'DTSTART;TZID=Europe/Oslo:20261024T090000'],
    ['the first day of winter time', '2026-10-25T08:00:00.000Z', 'DTSTART;TZID=Europe/Oslo:20261025T090000'],
    ['the hour that comes twice, the first time', '2026-10-25T00:30:00.000Z', 'DTSTART:20261025T003000Z'],
    ['the hour that comes twice, the second time', '2026-10-25T01:30:00.000Z', 'DTSTART:20261025T013000Z'],
    ['just after it', '2026-10-25T02:00:00.000Z', 'DTSTART;TZID=Europe/Oslo:20261025T030000'],
  ] as const;

  it.each(days)('is right on %s, wherever the machine stands', (_, at, line) => {
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Auckland', 'Europe/Oslo']) {
      process.env.TZ = zone;
      const startsAt = new Date(at);
      const text = feed({ ...entry, startsAt, endsAt: new Date(startsAt.getTime() + 3_600_000) });
      expect(text, zone).toContain(`${line}\r\n`);
      const { starts, ends } = only(text);
      expect(starts, zone).toBe(at);
      expect(ends, zone).toBe(new Date(startsAt.getTime() + 3_600_000).toISOString());
    }
  });

  it('is right for what lasts across the change', () => {
    const startsAt = new Date('2026-10-24T20:00:00Z');
    const endsAt = new Date('2026-10-25T06:00:00Z');
    const { event, starts, ends } = only(feed({ ...entry, startsAt, endsAt }));
    expect([starts, ends]).toEqual([startsAt.toISOString(), endsAt.toISOString()]);
    expect(event.startDate.hour).toBe(22);
    expect(event.endDate.hour).toBe(7);
  });

  it('is right at every hour of the months in which the clock is changed', () => {
    const entries = [2, 9].flatMap((month) =>
      Array.from({ length: 31 * 24 }, (_, hour) => ({
        ...entry,
        id: `${month}-${hour}`,
        startsAt: new Date(Date.UTC(2027, month, 1, hour)),
        endsAt: new Date(Date.UTC(2027, month, 1, hour, 30)),
      })),
    );
    const { events } = parsed(feed(...entries));
    const wrong = events.filter(({ starts }, hour) => starts !== entries[hour]?.startsAt.toISOString());
    expect(events).toHaveLength(entries.length);
    expect(wrong.map(({ event }) => event.uid)).toEqual([]);
  });
});

describe('an invitation', () => {
  const organiser = { name: 'Indre Østfold kommune', email: 'innkjop@io.example.no' };
  const to = { email: 'kari@firma.example.no', name: 'Kari "Kaja" Nordmann' };

  it('puts the entry into a calendar, with whom it is from and to', () => {
    const text = invitation({ ...entry, organiser }, to);
    const { calendar } = parsed(text);
    expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
    const { event, component } = only(text);
    expect(event.organizer).toBe('mailto:innkjop@io.example.no');
    expect(component.getFirstProperty('organizer')?.getFirstParameter('cn')).toBe('Indre Østfold kommune');
    const [attendee] = component.getAllProperties('attendee');
    expect(attendee?.getFirstValue()?.toString().toLowerCase()).toBe('mailto:kari@firma.example.no');
    expect(attendee?.getFirstParameter('rsvp')).toBe('FALSE');
    expect(component.getAllProperties('attendee')).toHaveLength(1);
  });

  it('moves what it put there, and takes it away again, under the same UID', () => {
    const first = only(invitation({ ...entry, organiser }, to));
    const moved = {
      ...entry,
      organiser,
      sequence: 1,
      updatedAt: new Date('2026-09-02T08:00:00Z'),
      startsAt: new Date('2026-11-01T08:00:00Z'),
      endsAt: new Date('2026-11-01T14:00:00Z'),
    };
    const second = only(invitation(moved, to));
    const last = invitation({ ...moved, sequence: 2, cancelled: true }, to);
    const third = only(last);
    expect(parsed(last).calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(new Set([first, second, third].map(({ event }) => event.uid)).size).toBe(1);
    expect([first, second, third].map(({ event }) => event.sequence)).toEqual([0, 1, 2]);
    expect(second.starts).toBe('2026-11-01T08:00:00.000Z');
    expect([first, second, third].map(({ text }) => text('status'))).toEqual([
      'CONFIRMED',
      'CONFIRMED',
      'CANCELLED',
    ]);
    expect(only(feed(moved)).event.uid).toBe(first.event.uid);
  });

  it('is one also where the organiser has no address', () => {
    expect(only(invitation(entry, to)).event.organizer).toBe('mailto:nobody@samspill.invalid');
  });
});
