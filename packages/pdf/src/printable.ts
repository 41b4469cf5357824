/** What PDF's own fonts have beyond Latin-1, as far as the library writes it. */
const BEYOND = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Letters and signs that no decomposition leads to the nearest of. */
const NEAREST: Record<string, string> = {
  đ: 'd',
  Đ: 'D',
  ŋ: 'n',
  Ŋ: 'N',
  ŧ: 't',
  Ŧ: 'T',
  ł: 'l',
  Ł: 'L',
  ı: 'i',
  '−': '–',
  '‐': '-',
  '‑': '-',
  '―': '—',
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  '′': "'",
  '″': '"',
};

export interface Printable {
  readonly shown: string;
  /** Whether that is what was written. */
  readonly isExact: boolean;
}

/**
 * A text in the letters that the font has: those of Norwegian and of western Europe. Others, such as Sámi's č and ŋ,
 * become the nearest letter, and where there is none, a question mark; the caller says so to whoever reads.
 */
export function printable(text: string): Printable {
  let isExact = true;
  const known = text
    .normalize('NFC')
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    // What is not seen anyway: control characters, soft hyphens, joiners, marks of direction.
    .replaceAll(/[^\P{C}\n]|\u00AD/gu, '')
    .replaceAll(/[\u2000-\u200A\u3000]/g, ' ')
    .replaceAll('\u202F', '\u00A0');
  const shown = [...known].map((character) => {
    if (isInFont(character)) return character;
    isExact = false;
    const nearest =
      NEAREST[character] ?? [...character.normalize('NFKD')].filter((part) => !/\p{M}/u.test(part)).join('');
    return nearest !== '' && [...nearest].every(isInFont) ? nearest : '?';
  });
  return { shown: shown.join(''), isExact };
}

const isInFont = (character: string): boolean =>
  /^[\n\x20-\x7E\xA0-\xFF]$/.test(character) || BEYOND.has(character);
