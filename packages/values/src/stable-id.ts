import { createHash } from 'node:crypto';

/**
 * A UUID made from what it stands for (RFC 9562 version 8, SHA-256): the same parts give the same id in
 * every service and at every repetition, so that doing something twice cannot make two of it.
 */
export function stableId(kind: string, ...parts: string[]): string {
  const bytes = createHash('sha256')
    .update([kind, ...parts].join('\u0000'))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
