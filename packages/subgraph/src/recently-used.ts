export interface RecentlyUsedOptions<V> {
  /** What a generation may weigh. There are two, so twice as much may be kept. */
  readonly most: number;
  /** What an entry weighs, in the unit of `most`: usually the bytes that it takes, roughly. */
  readonly weigh: (key: string, value: V) => number;
}

/** One entry may be this part of a generation, so that no single one drives all the others out. */
const LARGEST_PART = 1 / 4;

/**
 * Keeps what is used and forgets what is not, in two generations: when the young one is full it becomes the old one,
 * and what is asked for again moves back. Nothing is moved for each use, and whoever makes up new keys all the time
 * pushes out what nobody has used since, and not what everybody uses.
 */
export class RecentlyUsed<V> {
  readonly #options: RecentlyUsedOptions<V>;
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  #weight = 0;
  #isFull = false;

  constructor(options: RecentlyUsedOptions<V>) {
    this.#options = options;
  }

  /** Whether something was forgotten to make room. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get(key: string): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: string, value: V): void {
    const { most, weigh } = this.#options;
    this.delete(key);
    const weight = weigh(key, value);
    if (weight > most * LARGEST_PART) return;
    if (this.#weight + weight > most) {
      this.#isFull ||= this.#old.size > 0;
      this.#old = this.#young;
      this.#young = new Map();
      this.#weight = 0;
    }
    this.#young.set(key, value);
    this.#weight += weight;
  }

  delete(key: string): void {
    const young = this.#young.get(key);
    if (young !== undefined) {
      this.#weight -= this.#options.weigh(key, young);
      this.#young.delete(key);
    }
    this.#old.delete(key);
  }

  clear(): void {
    this.#young = new Map();
    this.#old = new Map();
    this.#weight = 0;
    this.#isFull = false;
  }
}
