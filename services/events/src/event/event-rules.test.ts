import { describe, expect, it } from 'vitest';
import { EventKind } from './event.js';
import { EventStatus } from './event.status.js';
import {
  capacityToMend,
  isOtherMeeting,
  isSeenInCalendars,
  mayNot,
  movedBy,
  publishedToMend,
  publishToMend,
  sessionsToMend,
  timesToMend,
} from './event-rules.js';
import type { EventValues } from './event-values.js';

const at = (hour: number) => new Date(Date.UTC(2026, 4, 10, hour));
const now = at(8);

const good: EventValues = {
  title: 'Kurs',
  description: 'Om anbud.',
  kind: EventKind.COURSE,
  startsAt: at(10),
  endsAt: at(14),
  venue: { name: 'Storsalen', address: null, city: 'Askim', municipalityNumber: null },
  online: false,
  url: null,
  capacity: 30,
  organiser: 'Kommunen',
  registrationOpensAt: at(7),
  registrationClosesAt: at(9),
  seatsPerOrganisation: null,
  offerHours: 24,
  contactEmail: null,
  language: 'nb',
  personalDataDays: 90,
  dialogueId: null,
  tenderId: null,
  procurementId: null,
};
const codes = (mend: readonly { code: string; path: readonly string[] }[]) =>
  mend.map(({ code, path }) => `${code} ${path.slice(1).join('.')}`);

describe('what may be done', () => {
  const { DRAFT, PUBLISHED, REGISTRATION_OPEN, FULL, HELD, CANCELLED } = EventStatus;
  it.each([
    ['change', { [HELD]: 'EVENT_HELD', [CANCELLED]: 'EVENT_CANCELLED' }],
    [
      'publish',
      Object.fromEntries(
        [PUBLISHED, REGISTRATION_OPEN, FULL, HELD, CANCELLED].map((each) => [each, 'EVENT_NOT_DRAFT']),
      ),
    ],
    ['cancel', { [DRAFT]: 'EVENT_NOT_PUBLISHED', [HELD]: 'EVENT_HELD', [CANCELLED]: 'EVENT_CANCELLED' }],
    ['add material', { [DRAFT]: 'EVENT_NOT_PUBLISHED' }],
  ] as const)('to %s is refused where %j', (action, refused) => {
    for (const status of Object.values(EventStatus)) {
      expect(mayNot(action, status)?.code ?? null, status).toBe(
        (refused as Record<string, string>)[status] ?? null,
      );
    }
  });

  it('says where in the input', () => {
    expect(mayNot('change', HELD, ['input', 'eventId'])?.path).toEqual(['input', 'eventId']);
  });
});

describe('times', () => {
  it.each([
    [{}, []],
    [{ endsAt: at(10) }, ['ENDS_BEFORE_STARTS endsAt']],
    [{ endsAt: at(9) }, ['ENDS_BEFORE_STARTS endsAt']],
    [{ registrationOpensAt: null, registrationClosesAt: null }, []],
    [{ registrationOpensAt: null }, ['REGISTRATION_WINDOW registrationClosesAt']],
    [{ registrationClosesAt: at(7) }, ['REGISTRATION_WINDOW registrationClosesAt']],
    [{ registrationClosesAt: at(10) }, []],
    [{ registrationClosesAt: at(11) }, ['REGISTRATION_WINDOW registrationClosesAt']],
    [{ registrationOpensAt: at(10) }, ['REGISTRATION_WINDOW registrationOpensAt']],
  ] as [Partial<EventValues>, string[]][])('%j', (given, expected) => {
    expect(codes(timesToMend({ ...good, ...given }))).toEqual(expected);
  });
});

it('never takes seats away that have been given', () => {
  expect(codes(capacityToMend(4, 5))).toEqual(['CAPACITY_BELOW_SEATS capacity']);
  expect(capacityToMend(5, 5)).toEqual([]);
  expect(capacityToMend(null, 5)).toEqual([]);
});

it('keeps the programme within the event', () => {
  const path = ['input', 'startsAt'];
  expect(sessionsToMend(good, [{ startsAt: at(10), endsAt: at(14) }], path)).toEqual([]);
  for (const [from, to] of [
    [9, 11],
    [13, 15],
  ] as const) {
    expect(codes(sessionsToMend(good, [{ startsAt: at(from), endsAt: at(to) }], path))).toEqual([
      'SESSION_OUTSIDE_EVENT startsAt',
    ]);
  }
});

describe('publishing', () => {
  it.each([
    [{}, []],
    [{ startsAt: now, registrationOpensAt: null, registrationClosesAt: null }, ['EVENT_IN_PAST id']],
    [{ venue: null }, ['PLACE_MISSING venue']],
    [{ venue: null, online: true }, []],
  ] as [Partial<EventValues>, string[]][])('%j', (given, expected) => {
    expect(codes(publishToMend({ ...good, ...given }, now))).toEqual(expected);
  });
});

describe('what others rely on', () => {
  it.each([
    [{}, {}, []],
    [{}, { title: 'Nytt', capacity: 40, endsAt: at(15), startsAt: at(11) }, []],
    [{}, { kind: EventKind.WEBINAR }, ['KIND_PUBLISHED kind']],
    [{}, { startsAt: at(8) }, ['EVENT_IN_PAST startsAt']],
    [{ startsAt: at(8) }, { startsAt: at(9) }, ['EVENT_HAS_BEGUN startsAt']],
    [{ startsAt: at(7) }, { endsAt: at(16) }, []],
    [{ startsAt: at(7) }, { endsAt: at(8) }, ['EVENT_IN_PAST endsAt']],
    [{}, { venue: null }, ['PLACE_MISSING venue']],
    [{}, { registrationOpensAt: null }, ['REGISTRATION_HAS_BEGUN registrationOpensAt']],
    [{ registrationOpensAt: at(9) }, { registrationOpensAt: at(10) }, []],
    [{}, { personalDataDays: 91 }, ['PERSONAL_DATA_KEPT_LONGER personalDataDays']],
    [{}, { personalDataDays: 30 }, []],
  ] as [Partial<EventValues>, Partial<EventValues>, string[]][])('%j to %j', (before, after, expected) => {
    const was = { ...good, ...before };
    expect(codes(publishedToMend(was, { ...was, ...after }, now))).toEqual(expected);
  });
});

describe('who is told of a change', () => {
  const { venue } = good;
  it.each([
    ['nobody', {}, false, false],
    ['nobody', { capacity: 40, contactEmail: 'a@b.no', seatsPerOrganisation: 2 }, false, false],
    ['nobody', { venue: venue && { ...venue, municipalityNumber: '3118' } }, false, false],
    ['calendars', { title: 'Nytt navn' }, true, false],
    ['calendars', { url: 'https://example.no' }, true, false],
    ['calendars and people', { startsAt: at(11) }, true, true],
    ['calendars and people', { endsAt: new Date(good.endsAt.getTime() + 1) }, true, true],
    ['calendars and people', { venue: venue && { ...venue, city: 'Mysen' } }, true, true],
    ['calendars and people', { venue: null, online: true }, true, true],
    ['calendars and people', { online: true, url: 'https://example.no' }, true, true],
  ] as [string, Partial<EventValues>, boolean, boolean][])('%s, of %j', (_, change, seen, told) => {
    const after = { ...good, ...change };
    expect(isSeenInCalendars(good, after)).toBe(seen);
    expect(isOtherMeeting(good, after)).toBe(told);
  });
});

it('moves a programme only with the whole event', () => {
  const moved = (startsAt: Date, endsAt: Date) => movedBy(good, { startsAt, endsAt });
  expect(moved(at(10), at(14))).toBe(0);
  expect(moved(at(12), at(16))).toBe(2 * 60 * 60 * 1_000);
  expect(moved(at(12), at(15))).toBeNull();
});
