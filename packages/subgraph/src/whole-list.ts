import type { ConnectionOf, PageArgs } from './page.js';
import { checkedLimit, checkedPage, noSuchCursor } from './page.js';

/**
 * A page of a list that is made in memory, because its elements come from several places. Its cursors are the ids
 * of its elements, so that one that is added meanwhile shifts nothing.
 */
export function connectionOfWhole<T extends { readonly id: string }>(
  all: readonly T[],
  args: PageArgs,
): ConnectionOf<T> {
  const { first, last, after, before } = checkedPage(args);
  const placeOf = (argument: 'after' | 'before', cursor: string | undefined, otherwise: number): number => {
    if (cursor === undefined) return otherwise;
    const place = all.findIndex(({ id }) => cursorOf(id) === cursor);
    if (place < 0) throw noSuchCursor(argument);
    return place;
  };
  const from = placeOf('after', after, -1) + 1;
  const to = placeOf('before', before, all.length);
  const between = all.slice(from, Math.max(from, to));
  const nodes =
    last === undefined ? between.slice(0, first) : between.slice(Math.max(0, between.length - last));
  const edges = nodes.map((node) => ({ node, cursor: cursorOf(node.id) }));
  const isCut = nodes.length < between.length;
  return {
    edges,
    nodes: [...nodes],
    pageInfo: {
      hasNextPage: to < all.length || (last === undefined && isCut),
      hasPreviousPage: from > 0 || (last !== undefined && isCut),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: async (upTo) => Math.min(all.length, checkedLimit(upTo) ?? all.length),
  };
}

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');
