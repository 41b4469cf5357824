/** What the runtime needs for an entry besides what is in it: slots of the map, objects, the head of a buffer. */
const OVERHEAD = 300;

/** One entry may have this part of the space, so that no single answer drives all the others out. */
const LARGEST_PART = 1 / 8;

export interface BoundedStoreOptions<V> {
  readonly maxBytes: number;
  /** How many bytes a value takes, roughly. */
  readonly sizeOf: (value: V) => number;
}

/**
 * Keeps values by key within a number of bytes. What was not asked for the longest goes first: whoever asks for a
 * thousand different things once drives out what was asked once, and not what everybody asks.
 */
export class BoundedStore<V> {
  // A map remembers the order of insertion; whatever is used is inserted anew.
  readonly #entries = new Map<string, { readonly value: V; readonly bytes: number }>();
  #bytes = 0;

  constructor(private readonly options: BoundedStoreOptions<V>) {}

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V): void {
    this.delete(key);
    const { maxBytes, sizeOf } = this.options;
    const bytes = sizeOf(value) + 2 * key.length + OVERHEAD;
    if (bytes > maxBytes * LARGEST_PART) return;
    this.#entries.set(key, { value, bytes });
    this.#bytes += bytes;
    while (this.#bytes > maxBytes) this.delete(this.#entries.keys().next().value as string);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}
