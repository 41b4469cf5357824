/** How many keys are remembered at most; a power of two. */
const SLOTS = 2 ** 16;

/** Remembers which keys were asked for lately, roughly: a quarter of a megabyte, whatever the keys are. */
export class AskedLately {
  readonly #slots = new Int32Array(SLOTS);

  /** Whether a key was asked for before, and remembers that it is now. Wrong now and then, in both directions. */
  again(key: string): boolean {
    const mark = markOf(key);
    const slot = mark & (SLOTS - 1);
    const isAgain = this.#slots[slot] === mark;
    this.#slots[slot] = mark;
    return isAgain;
  }
}

/** FNV-1a. */
function markOf(key: string): number {
  let mark = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) mark = Math.imul(mark ^ key.charCodeAt(i), 0x01000193);
  return mark;
}
