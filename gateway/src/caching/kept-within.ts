import { RecentlyUsed } from '@samspill/subgraph/protocol';
import { AskedLately } from './asked-lately.js';

/** What the runtime needs for an entry besides what is in it: slots of the map, objects, the head of a buffer. */
const OVERHEAD = 300;

/**
 * Keeps values by key within a number of bytes, keys counted. No single value may have more than an eighth of them.
 *
 * While there is room everything is worth keeping. After that only what is asked for a second time: what nobody will
 * ask for again, such as the pages that a robot goes through, costs no work and drives nothing else out.
 */
export class KeptWithin<V> extends RecentlyUsed<V> {
  readonly #asked = new AskedLately();

  /** @param sizeOf how many bytes a value takes, roughly */
  constructor(maxBytes: number, sizeOf: (value: V) => number) {
    super({
      // There are two generations.
      most: maxBytes / 2,
      weigh: (key, value) => sizeOf(value) + 2 * key.length + OVERHEAD,
    });
  }

  /** Whether a value that was asked for and not found should be kept; takes note that it was. */
  isWorthKeeping(key: string): boolean {
    return this.#asked.again(key) || !this.isFull;
  }
}
