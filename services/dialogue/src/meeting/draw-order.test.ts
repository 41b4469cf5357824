import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawnRequest, drawOrder, giveOut, inOrderOfTime, lotOf, seedCommitment } from './draw-order.js';

const organisationNumber = fc.integer({ min: 100_000_000, max: 999_999_999 }).map(String);
const request = fc.record({ organisationNumber, hadMeetingBefore: fc.boolean() });
const requests = fc.uniqueArray(request, { selector: (each) => each.organisationNumber, maxLength: 40 });
const slots = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    room: fc.constantFrom('Mysen', 'Askim', 'Åsnes'),
    startsAt: fc.integer({ min: 0, max: 20 }).map((hour) => new Date(Date.UTC(2027, 0, 11, hour))),
  }),
  { selector: (each) => each.id, maxLength: 30 },
);

it('is what sha256sum says', () => {
  // printf %s 'frø:310000035' | sha256sum
  expect(lotOf('frø', '310000035')).toBe('996f403829c5a10a3ec182acefbc4e8fc8f646d9580aa976bd6c3bbaed8e2522');
  expect(seedCommitment('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('the order of the lot', () => {
  it('is the same for everybody who replays it, in whichever order the requests stand', () => {
    fc.assert(
      fc.property(
        fc.string(),
        requests.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        (seed, [all, shuffled]) => {
          expect(drawOrder(seed, shuffled)).toEqual(drawOrder(seed, all));
        },
      ),
    );
  });

  it('has everybody in it once, those without a meeting first, and ascending digests among equals', () => {
    fc.assert(
      fc.property(fc.string(), requests, (seed, all) => {
        const order = drawOrder(seed, all);
        const numbers = (of: readonly DrawnRequest[]) => of.map((each) => each.organisationNumber).sort();
        expect(numbers(order)).toEqual(numbers(all));
        for (const [at, place] of order.entries()) {
          expect(place.digest).toBe(lotOf(seed, place.organisationNumber));
          const next = order[at + 1];
          if (!next) continue;
          expect(Number(place.hadMeetingBefore)).toBeLessThanOrEqual(Number(next.hadMeetingBefore));
          if (place.hadMeetingBefore === next.hadMeetingBefore) expect(place.digest < next.digest).toBe(true);
        }
      }),
    );
  });

  it('does not depend on whether others have asked as well', () => {
    fc.assert(
      fc.property(fc.string(), requests, (seed, all) => {
        const order = drawOrder(seed, all);
        const some = all.filter((_, at) => at % 2 === 0);
        const kept = new Set(some.map((each) => each.organisationNumber));
        expect(drawOrder(seed, some)).toEqual(order.filter((each) => kept.has(each.organisationNumber)));
      }),
    );
  });

  it('favours nobody: over many seeds each is in each place about equally often', () => {
    const numbers = ['310000019', '310000027', '310000035', '310000043', '920123899'];
    const all = numbers.map((each) => ({ organisationNumber: each, hadMeetingBefore: false }));
    const draws = 5_000;
    const times = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      for (const [at, place] of drawOrder(`seed ${draw}`, all).entries()) {
        const key = `${place.organisationNumber} ${at}`;
        times.set(key, (times.get(key) ?? 0) + 1);
      }
    }
    // Pearson's statistic over the 25 counts, 16 degrees of freedom; 99.9 % of fair lots stay below 39.25.
    const expected = draws / numbers.length;
    let statistic = 0;
    for (const number of numbers) {
      for (let at = 0; at < numbers.length; at++) {
        statistic += ((times.get(`${number} ${at}`) ?? 0) - expected) ** 2 / expected;
      }
    }
    expect(statistic).toBeLessThan(39.25);
  });
});

describe('giving slots out', () => {
  it('gives each the first slot that is left and that suits, and nobody one that does not', () => {
    fc.assert(
      fc.property(fc.string(), requests, slots, fc.func(fc.boolean()), (seed, all, rooms, refuses) => {
        const unavailable = (number: string, slot: { id: string }) => refuses(number, slot.id);
        const order = drawOrder(seed, all);
        const given = giveOut(order, rooms, unavailable);
        const taken = new Set<string>();
        for (const { organisationNumber: number } of order) {
          const slot = given.get(number) ?? null;
          const first = inOrderOfTime(rooms).find(
            (each) => !taken.has(each.id) && !unavailable(number, each),
          );
          expect(slot?.id ?? null).toBe(first?.id ?? null);
          if (slot) taken.add(slot.id);
        }
      }),
    );
  });

  it('fills in the order of time, and of the name of the room where two begin together', () => {
    const at = (hour: number, room: string) => ({
      id: `${room}${hour}`,
      room,
      startsAt: new Date(hour * 3_600_000),
    });
    const order = drawOrder('s', [
      { organisationNumber: '310000019', hadMeetingBefore: false },
      { organisationNumber: '310000027', hadMeetingBefore: false },
      { organisationNumber: '310000035', hadMeetingBefore: true },
    ]);
    const given = giveOut(order, [at(9, 'B'), at(8, 'B'), at(8, 'A')], () => false);
    expect(order.map((each) => given.get(each.organisationNumber)?.id)).toEqual(['A8', 'B8', 'B9']);
  });
});
