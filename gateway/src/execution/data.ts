/** An object of an answer: of a service's while it is put together, or of ours. */
export type Data = Record<string, unknown>;

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Keys are names that a client chose (aliases), and `__proto__` is one that it may. Parsed JSON has it as a key of its
 * own; an assignment would reach the prototype instead.
 */
export function put(target: Data, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { configurable: true, enumerable: true, writable: true, value });
  } else {
    target[key] = value;
  }
}

export function own(source: Data, key: string): unknown {
  return Object.hasOwn(source, key) ? source[key] : undefined;
}

/** Whether a key means nothing to objects themselves, so that it can be read and written like any other. */
export function isPlain(key: string): boolean {
  return !(key in Object.prototype);
}

/** Puts what one fetch found into what others have found, object by object and element by element. */
export function merge(target: Data, source: Data | null | undefined): void {
  if (source === null || source === undefined) return;
  for (const key of Object.keys(source)) {
    const found = source[key];
    if (found === undefined) continue;
    const known = own(target, key);
    if (isData(known) && isData(found)) merge(known, found);
    else if (Array.isArray(known) && Array.isArray(found) && known.length === found.length) {
      mergeElements(known, found);
    } else put(target, key, found);
  }
}

function mergeElements(known: unknown[], found: readonly unknown[]): void {
  for (let i = 0; i < found.length; i++) {
    const [one, other] = [known[i], found[i]];
    if (isData(one) && isData(other)) merge(one, other);
    else if (Array.isArray(one) && Array.isArray(other) && one.length === other.length) {
      mergeElements(one, other);
    } else known[i] = other;
  }
}
