/** What windows-1252 puts where Latin-1 has control characters: 0x80–0x9F. */
const HIGH = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i));
const BYTE_OF = new Map([...HIGH].map((character, i) => [character, 0x80 + i]));

/** A lead byte of UTF-8 shown as a character, followed by a continuation byte shown as a character. */
const SUSPICIOUS = /[\u00c2-\u00f4](?:[\u0080-\u00bf]|[\u0152-\u2122])/;

/**
 * Undoes UTF-8 that was read as windows-1252 (`SYKEHUSINNKJÃ˜P`). Only when the whole text goes back through
 * the round trip: text that is right (`FÔRET`, `NÃO`) is not valid UTF-8 when taken as bytes, and stays.
 */
export function repairMojibake(text: string): string | null {
  if (!SUSPICIOUS.test(text)) return null;
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code <= 0xff ? code : BYTE_OF.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  const repaired = new TextDecoder('utf-8', { fatal: false }).decode(bytes);
  return repaired.includes('\ufffd') || repaired === text ? null : repaired;
}
