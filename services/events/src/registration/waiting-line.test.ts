import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  getsSeatsAtOnce,
  type Seats,
  seatsFree,
  type Waiting,
  WaitingReason,
  whoIsOffered,
  whyWaiting,
} from './waiting-line.js';

const lineOf = (...seats: number[]): Waiting[] => seats.map((each, at) => ({ place: at + 1, seats: each }));
const places = (line: readonly Waiting[]) => line.map(({ place }) => place);

describe('who is offered seats', () => {
  it.each([
    ['the head alone, when only it fits', { capacity: 10, taken: 8 }, [2, 1], [1]],
    ['several, while there is enough', { capacity: 10, taken: 6 }, [2, 1, 1, 1], [1, 2, 3]],
    ['nobody, when the head does not fit', { capacity: 10, taken: 8 }, [3, 1, 1], []],
    ['nobody, when all is taken', { capacity: 10, taken: 10 }, [1], []],
    ['everybody, without a limit', { capacity: null, taken: 99 }, [50, 50], [1, 2]],
    ['those behind one who asks for more than there is', { capacity: 2, taken: 0 }, [3, 1, 1], [2, 3]],
  ] as [string, Seats, number[], number[]][])('%s', (_what, seats, line, expected) => {
    expect(places(whoIsOffered(seats, lineOf(...line)))).toEqual(expected);
  });

  const anyLine = fc
    .uniqueArray(
      fc.record({ place: fc.integer({ min: 1, max: 999 }), seats: fc.integer({ min: 1, max: 6 }) }),
      {
        selector: ({ place }) => place,
        maxLength: 20,
      },
    )
    .chain((line) => fc.shuffledSubarray(line, { minLength: line.length }));
  const anySeats = fc
    .record({ capacity: fc.option(fc.integer({ min: 0, max: 30 })), taken: fc.integer({ min: 0, max: 30 }) })
    .map(({ capacity, taken }) => ({
      capacity,
      taken: capacity === null ? taken : Math.min(capacity, taken),
    }));

  it('is never more than is free, and nobody passes anybody', () => {
    fc.assert(
      fc.property(anySeats, anyLine, (seats, line) => {
        const offered = whoIsOffered(seats, line);
        const given = offered.reduce((sum, each) => sum + each.seats, 0);
        expect(given).toBeLessThanOrEqual(seatsFree(seats) ?? Number.POSITIVE_INFINITY);
        expect(places(offered)).toEqual(places(offered).toSorted((a, b) => a - b));
        const last = Math.max(0, ...places(offered));
        for (const each of line) {
          const isPassed = each.place < last && !offered.includes(each);
          // Only what the whole event does not have.
          if (isPassed) expect(each.seats).toBeGreaterThan(seats.capacity as number);
        }
        // Nothing is kept back either: whoever is next does not fit.
        const next = line
          .filter((each) => !offered.includes(each) && each.seats <= (seats.capacity ?? Infinity))
          .toSorted((a, b) => a.place - b.place)[0];
        if (next) expect(next.seats + given).toBeGreaterThan(seatsFree(seats) as number);
      }),
    );
  });

  it('and whoever asks anew gets seats at once only when nobody in the line could have had them', () => {
    fc.assert(
      fc.property(anySeats, anyLine, fc.integer({ min: 1, max: 6 }), (seats, line, wanted) => {
        const newcomer = { place: 1_000, seats: wanted };
        const waiting = line.filter((each) => each.seats <= (seats.capacity ?? Infinity));
        const gets = getsSeatsAtOnce(seats, line, wanted);
        expect(gets).toBe(waiting.length === 0 && whoIsOffered(seats, [newcomer]).length === 1);
      }),
    );
  });

  it('serves everybody in the end, in their order, when seats come back one by one', () => {
    fc.assert(
      fc.property(anyLine, fc.integer({ min: 6, max: 12 }), (line, capacity) => {
        const served: number[] = [];
        let waiting = [...line];
        let taken = capacity;
        for (let round = 0; waiting.length > 0; round++) {
          expect(round).toBeLessThan(500);
          taken = Math.max(0, taken - 1);
          const offered = whoIsOffered({ capacity, taken }, waiting);
          served.push(...places(offered));
          taken += offered.reduce((sum, each) => sum + each.seats, 0);
          waiting = waiting.filter((each) => !offered.includes(each));
        }
        expect(served).toEqual(places(line).toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('why somebody still waits', () => {
  const why = (
    seats: Seats,
    line: Waiting[],
    place: number,
    over: null | WaitingReason.EVENT_CANCELLED = null,
  ) =>
    whyWaiting({ seats, line, seatsOffered: 2, over }, line.find((each) => each.place === place) as Waiting);

  it('is that others came first, with what stands before', () => {
    expect(why({ capacity: 9, taken: 8 }, lineOf(3, 2, 1), 3)).toEqual({
      ...{ reason: 'OTHERS_FIRST', placeInLine: 3, seatsWanted: 1, capacity: 9, seatsFree: 1 },
      ...{ seatsOffered: 2, seatsAhead: 5, firstWants: 3 },
    });
  });

  it('is that there are too few seats for the first', () => {
    expect(why({ capacity: 9, taken: 8 }, lineOf(3, 2), 1)).toMatchObject({
      ...{
        reason: 'TOO_FEW_FREE',
        placeInLine: 1,
        seatsWanted: 3,
        seatsFree: 1,
        seatsAhead: 0,
        firstWants: null,
      },
    });
  });

  it('is that the event will never have as many; those behind are then first', () => {
    expect(why({ capacity: 2, taken: 2 }, lineOf(3, 2), 1)).toMatchObject({ reason: 'MORE_THAN_CAPACITY' });
    expect(why({ capacity: 2, taken: 2 }, lineOf(3, 2), 2)).toMatchObject({
      ...{ reason: 'TOO_FEW_FREE', placeInLine: 2, firstWants: null },
    });
  });

  it('is that the line is over, whatever else', () => {
    const cancelled = why({ capacity: 2, taken: 2 }, lineOf(3, 2), 1, WaitingReason.EVENT_CANCELLED);
    expect(cancelled).toMatchObject({ reason: 'EVENT_CANCELLED' });
  });
});
