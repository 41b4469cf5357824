import { NoticeRefused } from './refusal.js';

/** Labels that senders use for the encodings we read. WHATWG reads Latin-1 as its superset windows-1252. */
const DECODERS = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['iso-8859-1', 'windows-1252'],
  ['latin1', 'windows-1252'],
  ['windows-1252', 'windows-1252'],
]);

/**
 * Bytes to text by XML 1.0 appendix F: the byte order mark decides, then the declaration, then UTF-8. The
 * list is short on purpose: in a stateful encoding such as UTF-7 markup can hide from a filter that reads ASCII.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = byteOrderMark(bytes) ?? declaredEncoding(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw new NoticeRefused('ENCODING_INVALID', { detail: encoding });
    throw error;
  }
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function declaredEncoding(bytes: Uint8Array): string {
  // A zero byte up front is UTF-16 or UTF-32 without the mark that the specification demands.
  if (bytes[0] === 0 || bytes[1] === 0) throw new NoticeRefused('ENCODING_UNSUPPORTED', { line: 1, column: 1 });
  const start = new TextDecoder('windows-1252').decode(bytes.subarray(0, 256));
  const label = /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([^"']{1,40})["']/.exec(start)?.[1] ?? 'utf-8';
  const encoding = DECODERS.get(label.toLowerCase());
  if (!encoding) throw new NoticeRefused('ENCODING_UNSUPPORTED', { line: 1, column: 1, detail: label });
  return encoding;
}
