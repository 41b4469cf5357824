import { RecentlyUsed } from '@samspill/subgraph/protocol';

/** What the runtime needs for an entry besides what is in it: slots of the map, objects, the head of a buffer. */
const OVERHEAD = 300;

/**
 * Keeps values by key within a number of bytes, keys counted. No single value may have more than an eighth of them.
 * @param sizeOf how many bytes a value takes, roughly
 */
export const keptWithin = <V>(maxBytes: number, sizeOf: (value: V) => number): RecentlyUsed<V> =>
  new RecentlyUsed({
    // There are two generations.
    most: maxBytes / 2,
    weigh: (key, value) => sizeOf(value) + 2 * key.length + OVERHEAD,
  });
