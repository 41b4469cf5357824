import { expect, it } from 'vitest';
import { stableId } from './stable-id.js';

it('gives the same UUID for the same parts and another for others', () => {
  expect(stableId('lot', 'a', 'b')).toBe(stableId('lot', 'a', 'b'));
  expect(stableId('lot', 'a', 'b')).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(
    new Set([
      stableId('lot', 'a', 'b'),
      stableId('lot', 'ab'),
      stableId('lot', 'b', 'a'),
      stableId('x', 'a', 'b'),
    ]).size,
  ).toBe(4);
});
