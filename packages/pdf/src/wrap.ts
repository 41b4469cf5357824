/**
 * The lines of a text that is not to be wider than this. Words that are wider are broken: an address or a file's name
 * that runs off the paper is worse than one in two parts. A line that goes on has the space at its end, so that a
 * screen reader hears two words.
 */
export function wrap(text: string, width: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ').filter((each) => each !== '')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (widthOf(longer) <= width) {
        line = longer;
        continue;
      }
      if (line !== '') lines.push(`${line} `);
      line = word;
      while (widthOf(line) > width && line.length > 1) {
        const head = longestHead(line, width, widthOf);
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    return [...lines, line];
  });
}

/** At least one character, or there would be no end. */
function longestHead(word: string, width: number, widthOf: (text: string) => number): string {
  let length = 1;
  while (length < word.length - 1 && widthOf(word.slice(0, length + 1)) <= width) length += 1;
  return word.slice(0, length);
}

/**
 * Widths of columns that fill a table: each gets what its longest word needs, as long as that leaves the others
 * theirs, and what is left goes to those with more to say.
 */
export function columnWidths(
  columns: readonly { readonly longestWord: number; readonly whole: number }[],
  available: number,
): number[] {
  const share = available / columns.length;
  const least = columns.map(({ longestWord }) => Math.min(longestWord, share));
  const wanted = columns.map(({ whole }, place) => Math.max(whole - (least[place] ?? 0), 0));
  const left = available - sum(least);
  const all = sum(wanted);
  return least.map((width, place) => {
    const part = all > 0 ? (wanted[place] ?? 0) / all : 1 / columns.length;
    return width + left * part;
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
