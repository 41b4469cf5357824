import { encodeWindows1252 } from './windows-1252.js';

/** A lead byte of UTF-8 shown as a character, followed by a continuation byte shown as a character. */
const SUSPICIOUS = /[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]/;

/**
 * Undoes UTF-8 that was read as windows-1252 (`SYKEHUSINNKJÃ˜P`). Only when the whole text goes back through
 * the round trip: text that is right (`FÔRET`, `NÃO`) is not valid UTF-8 when taken as bytes, and stays.
 */
export function repairMojibake(text: string): string | null {
  if (!SUSPICIOUS.test(text)) return null;
  const bytes = encodeWindows1252(text);
  if (bytes === null) return null;
  const repaired = new TextDecoder('utf-8').decode(bytes);
  return repaired.includes('\ufffd') ? null : repaired;
}
