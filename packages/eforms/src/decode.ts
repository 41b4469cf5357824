import { NoticeRefused } from './refusal.js';
import { decodeWindows1252 } from './windows-1252.js';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Labels that senders use for the encodings we read. Latin-1 is read as its superset, as on the web. */
const LABELS = new Map<string, Encoding>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
  ['cp1252', 'windows-1252'],
]);

/**
 * Bytes to text by XML 1.0 appendix F: the byte order mark decides, then the declaration, then UTF-8. The
 * list is short on purpose: in a stateful encoding such as UTF-7 markup can hide from a filter that reads ASCII.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = byteOrderMark(bytes) ?? declaredEncoding(bytes);
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new NoticeRefused('ENCODING_INVALID', { detail: encoding });
    throw error;
  }
}

function byteOrderMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function declaredEncoding(bytes: Uint8Array): Encoding {
  // A zero byte up front is UTF-16 or UTF-32 without the mark that the specification demands.
  if (bytes[0] === 0 || bytes[1] === 0)
    throw new NoticeRefused('ENCODING_UNSUPPORTED', { line: 1, column: 1 });
  const start = decodeWindows1252(bytes.subarray(0, 256));
  const label = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1] ?? 'utf-8';
  const encoding = LABELS.get(label.toLowerCase());
  if (!encoding) throw new NoticeRefused('ENCODING_UNSUPPORTED', { line: 1, column: 1, detail: label });
  return encoding;
}
