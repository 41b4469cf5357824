import { describe, expect, it } from 'vitest';
import { EDITABLE, eventValues, type GivenEvent, LONGEST, RANGES } from './event-values.js';
import { type GivenSession, MOST_SPEAKERS, sessionTimesToMend, sessionValues } from './session-values.js';

const codes = (mend: readonly { code: string; path: readonly string[] }[]) =>
  mend.map(({ code, path }) => `${code} ${path.slice(1).join('.')}`);
const venue = { name: 'Sal', address: null, city: null, municipalityNumber: null };

describe('values of an event', () => {
  it('are kept without the space around them, and touched only where given', () => {
    expect(eventValues({})).toEqual({ values: {}, mend: [] });
    const given = { title: ' Kurs ', capacity: null, venue: { ...venue, name: ' Sal\n', city: ' Mysen' } };
    expect(eventValues(given)).toEqual({
      values: { title: 'Kurs', capacity: null, venue: { ...venue, name: 'Sal', city: 'Mysen' } },
      mend: [],
    });
  });

  it.each([
    [{ title: ' ' }, ['TEXT_MISSING title']],
    [{ title: null, startsAt: null }, ['TEXT_MISSING title', 'TEXT_MISSING startsAt']],
    [{ description: 'æ'.repeat(LONGEST.description + 1) }, ['TEXT_TOO_LONG description']],
    [{ description: 'æ'.repeat(LONGEST.description) }, []],
    [{ venue: { ...venue, name: '' } }, ['TEXT_MISSING venue.name']],
    [{ venue: { ...venue, city: 'æ'.repeat(101) } }, ['TEXT_TOO_LONG venue.city']],
    [{ venue: { ...venue, municipalityNumber: '31x8' } }, ['MUNICIPALITY_UNKNOWN venue.municipality']],
    [{ url: 'example.no' }, ['URL_INVALID url']],
    [{ url: 'javascript:alert(1)' }, ['URL_INVALID url']],
    [{ url: 'https://example.no/kurs' }, []],
    [{ contactEmail: 'ikke en adresse' }, ['EMAIL_INVALID contactEmail']],
    [{ contactEmail: 'kurs@example.no' }, []],
    [{ language: 'sv' }, ['LANGUAGE_UNKNOWN language']],
    [{ capacity: -1 }, ['NUMBER_OUT_OF_RANGE capacity']],
    [{ seatsPerOrganisation: 0 }, ['NUMBER_OUT_OF_RANGE seatsPerOrganisation']],
    [{ offerHours: RANGES.offerHours[1] + 1 }, ['NUMBER_OUT_OF_RANGE offerHours']],
    [{ offerHours: null }, ['TEXT_MISSING offerHours']],
    [{ personalDataDays: 731 }, ['NUMBER_OUT_OF_RANGE personalDataDays']],
    [{ tenderId: '' }, ['TEXT_MISSING tenderId']],
  ] as [GivenEvent, string[]][])('%j', (given, expected) => {
    expect(codes(eventValues(given).mend)).toEqual(expected);
  });

  it('say what is wrong in every language', () => {
    const bad = Object.fromEntries(EDITABLE.map((name) => [name, null]));
    const { mend } = eventValues({ ...bad, url: 'x', contactEmail: 'x', language: 'x', capacity: -1 });
    expect(mend.length).toBeGreaterThan(8);
    for (const { messages } of mend) expect(messages.en).not.toBe(messages.nb);
  });
});

describe('values of a session', () => {
  it('are kept without the space around them, and touched only where given', () => {
    expect(sessionValues({})).toEqual({ values: {}, mend: [] });
    expect(sessionValues({ title: ' Post', room: null, speakers: [{ role: ' Ordfører ' }] })).toEqual({
      values: {
        title: 'Post',
        room: null,
        speakers: [{ name: null, organisation: null, role: 'Ordfører' }],
      },
      mend: [],
    });
  });

  it.each([
    [{ title: '' }, ['TEXT_MISSING title']],
    [{ title: ' ' }, ['TEXT_MISSING title']],
    [{ title: null }, ['TEXT_MISSING title']],
    [{ endsAt: null }, ['TEXT_MISSING endsAt']],
    [{ room: 'æ'.repeat(101) }, ['TEXT_TOO_LONG room']],
    [{ description: '' }, ['TEXT_MISSING description']],
    [{ capacity: 100_001 }, ['NUMBER_OUT_OF_RANGE capacity']],
    [{ speakers: [{ name: 'A' }, {}] }, ['SPEAKER_MISSING speakers.1']],
    [{ speakers: [{ name: '' }] }, ['TEXT_MISSING speakers.0.name']],
    [{ speakers: Array(MOST_SPEAKERS + 1).fill({ name: 'A' }) }, ['TOO_MANY_SPEAKERS speakers']],
    [{ speakers: Array(MOST_SPEAKERS).fill({ name: 'A' }) }, []],
  ] as [GivenSession, string[]][])('%j', (given, expected) => {
    expect(codes(sessionValues(given).mend)).toEqual(expected);
  });

  it('end after they begin', () => {
    const startsAt = new Date('2026-05-10T10:00:00Z');
    expect(codes(sessionTimesToMend({ startsAt, endsAt: startsAt }))).toEqual(['ENDS_BEFORE_STARTS endsAt']);
  });
});
