import { describe, expect, it } from 'vitest';
import { TenderStatus } from './codes.js';
import { hasStatusAt, statusAt } from './tender-status.js';

const now = new Date('2024-03-01T12:00:00Z');
const deadlines = [null, new Date('2024-03-01T11:59:59Z'), now, new Date('2024-03-01T12:00:01Z')];
const tenders = Object.values(TenderStatus).flatMap((status) =>
  deadlines.map((deadline) => {
    // As the database makes them of the two.
    const deadlineSort = deadline ?? new Date('9999-12-31');
    return { status, deadline, deadlineSort, openUntil: status === 'ACTIVE' ? deadlineSort : null };
  }),
);

describe('status at a moment', () => {
  it('is CLOSED for an announced competition from its deadline on', () => {
    expect(deadlines.map((deadline) => statusAt({ status: TenderStatus.ACTIVE, deadline }, now))).toEqual([
      TenderStatus.ACTIVE,
      TenderStatus.CLOSED,
      TenderStatus.CLOSED,
      TenderStatus.ACTIVE,
    ]);
  });

  it('is the same in a filter as on the competition itself', () => {
    for (const asked of Object.values(TenderStatus)) {
      const condition = hasStatusAt(asked, now);
      for (const tender of tenders) {
        expect(matches(tender, condition), `${JSON.stringify(tender)} as ${asked}`).toBe(
          statusAt(tender, now) === asked,
        );
      }
    }
  });
});

/** Just enough of the database's own reading of a condition. */
function matches(tender: object, condition: object): boolean {
  return Object.entries(condition).every(([field, expected]) => {
    if (field === '$or') return (expected as object[]).some((each) => matches(tender, each));
    const value = (tender as Record<string, unknown>)[field];
    if (expected === null || typeof expected === 'string') return value === expected;
    return Object.entries(expected as Record<string, Date>).every(
      ([operator, limit]) => value instanceof Date && (operator === '$gt' ? value > limit : value <= limit),
    );
  });
}
