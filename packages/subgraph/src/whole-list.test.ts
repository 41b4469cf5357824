import { expect, it } from 'vitest';
import { connectionOfWhole } from './whole-list.js';

const all = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));
const ids = (page: ReturnType<typeof connectionOfWhole>) => page.nodes.map(({ id }) => id).join('');

it('gives every element once, page by page, in both directions', async () => {
  const first = connectionOfWhole(all, { first: 2 });
  expect([ids(first), first.pageInfo.hasNextPage, first.pageInfo.hasPreviousPage]).toEqual([
    'ab',
    true,
    false,
  ]);
  const second = connectionOfWhole(all, { first: 2, after: first.pageInfo.endCursor as string });
  expect([ids(second), second.pageInfo.hasPreviousPage]).toEqual(['cd', true]);
  const third = connectionOfWhole(all, { first: 2, after: second.pageInfo.endCursor as string });
  expect([ids(third), third.pageInfo.hasNextPage]).toEqual(['e', false]);
  const back = connectionOfWhole(all, { last: 2, before: third.pageInfo.startCursor as string });
  expect([ids(back), back.pageInfo.hasNextPage, back.pageInfo.hasPreviousPage]).toEqual(['cd', true, true]);
  expect(await third.totalCount()).toBe(5);
});

it('gives an empty page of nothing, and refuses a cursor that is none of its own', () => {
  expect(connectionOfWhole([], {}).pageInfo).toEqual({
    hasNextPage: false,
    hasPreviousPage: false,
    startCursor: null,
    endCursor: null,
  });
  expect(() => connectionOfWhole(all, { after: 'eA' })).toThrow(/does not belong/);
});
