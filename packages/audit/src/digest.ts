import { createHash } from 'node:crypto';

/**
 * SHA-256 of a value, for saying what an object was before and after without keeping it. The same for equal
 * values however their keys are ordered. Throws on what it has no words for: a digest that leaves out what it
 * does not understand would call different things equal.
 */
export function digest(value: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalJson(value, '$', new Set()))
    .digest();
}

function canonicalJson(value: unknown, path: string, above: Set<object>): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return JSON.stringify(value.toString());
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw cannotSay(path, String(value));
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw cannotSay(path, typeof value);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw cannotSay(path, 'a date that is none');
    return JSON.stringify(value.toISOString());
  }
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (above.has(value)) throw cannotSay(path, 'something inside itself');
  above.add(value);
  const text = Array.isArray(value)
    ? `[${Array.from(value, (entry, index) => canonicalJson(entry, `${path}[${index}]`, above)).join(',')}]`
    : `{${members(value, path, above).join(',')}}`;
  above.delete(value);
  return text;
}

function members(value: object, path: string, above: Set<object>): string[] {
  const prototype = Object.getPrototypeOf(value);
  // A Map would read as {}, and an entity would bring along its ORM. Whoever has one says what of it counts.
  if (prototype !== Object.prototype && prototype !== null) {
    throw cannotSay(path, `a ${prototype.constructor?.name ?? 'class'}, which is no plain object`);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) throw cannotSay(path, 'a symbol as key');
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, `${path}.${key}`, above)}`);
}

function cannotSay(path: string, what: string): TypeError {
  return new TypeError(`A digest cannot say ${what}, at ${path}.`);
}
