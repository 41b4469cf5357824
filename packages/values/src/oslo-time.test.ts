import { describe, expect, test } from 'vitest';
import { calendarDate, endOfDayInOslo, osloDate, zonedDateTimeToUtc } from './oslo-time.js';

describe('end of the day in Oslo', () => {
  test.each([
    ['2024-01-15', '2024-01-15T22:59:59.000Z'],
    ['2024-07-15', '2024-07-15T21:59:59.000Z'],
    ['2024-03-30', '2024-03-30T22:59:59.000Z'],
    ['2024-03-31', '2024-03-31T21:59:59.000Z'],
    ['2024-10-26', '2024-10-26T21:59:59.000Z'],
    ['2024-10-27', '2024-10-27T22:59:59.000Z'],
  ])('%s', (date, instant) => {
    expect(endOfDayInOslo(date)).toBe(instant);
    expect(osloDate(instant)).toBe(date);
  });

  test('a day that does not exist is refused', () => {
    expect(() => endOfDayInOslo('2023-02-29')).toThrow(RangeError);
  });
});

describe('date and time of eForms', () => {
  test.each([
    // Offsets on both, on the time only, on the date only, apart, nowhere.
    ['2024-12-05+01:00', '12:00:00+01:00', null, '2024-12-05T11:00:00.000Z'],
    ['2024-12-05', '12:00:00+02:00', null, '2024-12-05T10:00:00.000Z'],
    ['2024-12-05Z', '12:00:00', null, '2024-12-05T12:00:00.000Z'],
    ['2024-12-05', '12:00:00', '-05:00', '2024-12-05T17:00:00.000Z'],
    ['2024-12-05', '12:00:00', null, '2024-12-05T11:00:00.000Z'],
    ['2024-06-05', '12:00', null, '2024-06-05T10:00:00.000Z'],
    // The time's offset wins.
    ['2024-12-05+01:00', '12:00:00Z', null, '2024-12-05T12:00:00.000Z'],
    ['2024-12-05Z', '24:00:00Z', null, '2024-12-06T00:00:00.000Z'],
    ['2024-12-05Z', '23:59:59.9999999Z', null, '2024-12-05T23:59:59.999Z'],
    // The hour that does not exist, and the first of the two that do.
    ['2024-03-31', '02:30:00', null, '2024-03-31T01:30:00.000Z'],
    ['2024-10-27', '02:30:00', null, '2024-10-27T00:30:00.000Z'],
  ])('%s %s %s', (date, time, offset, expected) => {
    expect(zonedDateTimeToUtc(date, time, offset)).toBe(expected);
  });

  test('a missing time is the start or the end of the day in Oslo', () => {
    expect(zonedDateTimeToUtc('2024-07-01+02:00', null)).toBe('2024-06-30T22:00:00.000Z');
    expect(zonedDateTimeToUtc('2024-07-01Z', null, null, { missingTime: 'end' })).toBe(
      '2024-07-01T21:59:59.000Z',
    );
  });

  test.each([
    ['2024-02-30', '12:00:00'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder that really is published
    ['${ISSUEDATE}', '12:00:00'],
    ['', null],
    ['2024-02-03', 'noon'],
    ['2024-02-03', '25:00:00'],
    ['2024-02-03', '12:60:00'],
    ['2024-02-03', '12:00:00+19:00'],
  ])('%j %j is no point in time', (date, time) => {
    expect(zonedDateTimeToUtc(date, time)).toBeNull();
  });

  test('a date keeps its calendar day', () => {
    expect(calendarDate('2024-12-05+01:00')).toBe('2024-12-05');
    expect(calendarDate('2024-13-05Z')).toBeNull();
  });
});
