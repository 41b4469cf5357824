import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap, pointInTime, type SlotPlan, type Span, slotCount, slotTimes } from './slot-times.js';

const span = (from: string, to: string): Span => ({
  from: pointInTime(from) as Date,
  to: pointInTime(to) as Date,
});
const oslo = new Intl.DateTimeFormat('nb-NO', {
  timeZone: 'Europe/Oslo',
  hour: '2-digit',
  minute: '2-digit',
});
const clocks = (plan: SlotPlan) => slotTimes(plan).map(({ from, room }) => `${oslo.format(from)} ${room}`);

describe('slots', () => {
  const plan = { minutes: 45, pauseMinutes: 15, rooms: ['A'] };

  it('leave the lunch free that lies between two spans', () => {
    const spans = [
      span('2027-01-11T09:00', '2027-01-11T11:30'),
      span('2027-01-11T12:15', '2027-01-11T14:00'),
    ];
    expect(clocks({ ...plan, spans })).toEqual(['09:00 A', '10:00 A', '12:15 A', '13:15 A']);
  });

  it('need no pause after the last one, and leave empty what is too short', () => {
    const upTo = (to: string) =>
      slotTimes({ ...plan, spans: [span('2027-01-11T09:00', `2027-01-11T${to}`)] }).length;
    expect([upTo('09:44'), upTo('09:45'), upTo('10:44'), upTo('10:45')]).toEqual([0, 1, 1, 2]);
  });

  it('are the same in all rooms', () => {
    const spans = [span('2027-01-11T09:00', '2027-01-11T10:45')];
    expect(clocks({ ...plan, spans, rooms: ['A', 'B'] })).toEqual([
      '09:00 A',
      '09:00 B',
      '10:00 A',
      '10:00 B',
    ]);
  });

  it('are fewer in the night when an hour is left out, and more when it comes twice', () => {
    const night = (day: string) =>
      clocks({ minutes: 60, pauseMinutes: 0, rooms: ['A'], spans: [span(`${day}T00:00`, `${day}T05:00`)] });
    expect(night('2027-03-28')).toEqual(['00:00 A', '01:00 A', '03:00 A', '04:00 A']);
    expect(night('2026-10-25')).toEqual(['00:00 A', '01:00 A', '02:00 A', '02:00 A', '03:00 A', '04:00 A']);
    expect(night('2027-01-11')).toHaveLength(5);
  });

  it('begin at the same time of day before and after the clocks are moved', () => {
    const spans = ['2027-03-26', '2027-03-29'].map((day) => span(`${day}T09:00`, `${day}T09:45`));
    expect(clocks({ ...plan, spans })).toEqual(['09:00 A', '09:00 A']);
    expect(slotTimes({ ...plan, spans }).map(({ from }) => from.toISOString())).toEqual([
      '2027-03-26T08:00:00.000Z',
      '2027-03-29T07:00:00.000Z',
    ]);
  });

  it('are all equally long, never two at once in a room, all within their span, and as many as counted', () => {
    const plans = fc.record({
      minutes: fc.integer({ min: 5, max: 120 }),
      pauseMinutes: fc.integer({ min: 0, max: 60 }),
      rooms: fc.uniqueArray(fc.constantFrom('A', 'B', 'C'), { minLength: 1 }),
      spans: fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 600 })), {
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(plans, ({ spans, ...rest }) => {
        // One after the other, around a night when the clocks are moved.
        let at = Date.UTC(2027, 2, 27, 20);
        const laid = spans.map(([gap, length]) => {
          const from = new Date(at + gap * 60_000);
          at = from.getTime() + length * 60_000;
          return { from, to: new Date(at) };
        });
        const slots = slotTimes({ ...rest, spans: laid });
        expect(slotCount({ ...rest, spans: laid })).toBe(slots.length);
        for (const [index, slot] of slots.entries()) {
          expect(slot.to.getTime() - slot.from.getTime()).toBe(rest.minutes * 60_000);
          expect(laid.some(({ from, to }) => from <= slot.from && slot.to <= to)).toBe(true);
          const clash = slots
            .slice(index + 1)
            .filter((other) => other.room === slot.room && overlap(slot, other));
          expect(clash).toEqual([]);
        }
      }),
    );
  });
});

it.each([
  ['2027-01-11T09:00', '2027-01-11T08:00:00.000Z'],
  ['2027-07-11T09:00', '2027-07-11T07:00:00.000Z'],
  ['2027-07-11T09:00:30Z', '2027-07-11T09:00:30.000Z'],
  ['2027-07-11T09:00+05:00', '2027-07-11T04:00:00.000Z'],
  // In the hour that does not exist the clock has been moved on; in the one that exists twice the first is meant.
  ['2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
  ['2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
  ['2027-01-11', null],
  ['2027-02-29T09:00', null],
  ['2027-01-11T25:00', null],
  ['2027-01-11T09:00T10:00', null],
  ['i morgen', null],
  ['', null],
])('reads %j as %s', (text, expected) => {
  expect(pointInTime(text)?.toISOString() ?? null).toBe(expected);
});
