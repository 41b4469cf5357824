import { expect, test } from 'vitest';
import { AdjustableClock, systemClock } from './clock.js';

test('an adjustable clock moves only when told', () => {
  const clock = new AdjustableClock('2024-03-31T00:00:00Z');
  clock.now().setFullYear(1999);
  expect(clock.now().toISOString()).toBe('2024-03-31T00:00:00.000Z');
  clock.advance(1500);
  expect(clock.now().toISOString()).toBe('2024-03-31T00:00:01.500Z');
  clock.set(new Date('2030-01-01T00:00:00Z'));
  expect(clock.now().getUTCFullYear()).toBe(2030);
  expect(() => clock.set('soon')).toThrow(RangeError);
});

test('the system clock runs', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000);
});
