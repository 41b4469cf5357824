import { type Block, checkTable } from './document.js';
import { type Element, heightOf, type Paper, type Style } from './paper.js';
import { columnWidths } from './wrap.js';

type Table = Extract<Block, { kind: 'table' }>;

const CELL: Style = { font: 'Helvetica', size: 9.5 };
const HEAD: Style = { font: 'Helvetica-Bold', size: 9.5 };
const PADDING = 4;
/** A heading of columns that takes more of a page than this is not repeated on the next one. */
const LARGEST_REPEATED = 1 / 3;

interface Row {
  readonly cells: readonly { readonly lines: readonly string[]; readonly element: Element | null }[];
  readonly style: Style;
  readonly type: 'TH' | 'TD';
}

/** A table that goes on over as many pages as it needs, with its columns' headings on each. */
export function renderTable(paper: Paper, table: Table): void {
  checkTable(table);
  if (table.columns.length === 0) return;
  const widths = widthsOf(paper, table);
  const linesOf = (texts: readonly string[], style: Style) =>
    widths.map((width, place) => paper.lines(texts[place] ?? '', width - 2 * PADDING, style));
  const whole = paper.element('Table', null);
  const headLines = linesOf(table.columns, HEAD);
  const repeated: Row = {
    cells: headLines.map((lines) => ({ lines, element: null })),
    style: HEAD,
    type: 'TH',
  };
  const isRepeated = heightOfRow(repeated) <= paper.height * LARGEST_REPEATED;
  const turn = () => {
    paper.turn();
    if (isRepeated) drawRow(paper, repeated, widths, () => paper.turn());
  };
  const rowElement = (parent: Element, texts: readonly string[], type: 'TH' | 'TD', lines: string[][]) => {
    const row = paper.element('TR', parent);
    return lines.map((each, place) => ({
      lines: each,
      element: paper.element(type, row, {
        text: texts[place] ?? '',
        ...(type === 'TH' && { scope: 'Column' as const }),
      }),
    }));
  };
  const first = table.rows[0] ? linesOf(table.rows[0], CELL) : [];
  paper.keep(heightOfRow(repeated) + heightOfLines(first, CELL));
  const headCells = rowElement(paper.element('THead', whole), table.columns, 'TH', headLines);
  drawRow(paper, { cells: headCells, style: HEAD, type: 'TH' }, widths, () => paper.turn());
  if (table.rows.length === 0) return;
  const body = paper.element('TBody', whole);
  for (const texts of table.rows) {
    const cells = rowElement(body, texts, 'TD', linesOf(texts, CELL));
    const row: Row = { cells, style: CELL, type: 'TD' };
    const height = heightOfRow(row);
    const fitsOnNew = height <= paper.height - (isRepeated ? heightOfRow(repeated) : 0);
    if (height > paper.room && fitsOnNew) turn();
    drawRow(paper, row, widths, turn);
  }
}

function widthsOf(paper: Paper, table: Table): number[] {
  const columns = table.columns.map((column, place) => {
    const texts: [string, Style][] = [
      [column, HEAD],
      ...table.rows.map((row): [string, Style] => [row[place] ?? '', CELL]),
    ];
    let longestWord = 0;
    let whole = 0;
    for (const [text, style] of texts) {
      const measured = paper.measure(style);
      for (const line of paper.lines(text, Number.POSITIVE_INFINITY, style)) {
        whole = Math.max(whole, measured(line));
        for (const word of line.split(' ')) longestWord = Math.max(longestWord, measured(word));
      }
    }
    return { longestWord: longestWord + 2 * PADDING + 1, whole: whole + 2 * PADDING + 1 };
  });
  return columnWidths(columns, paper.width);
}

const heightOfLines = (cells: readonly (readonly string[])[], style: Style): number =>
  Math.max(1, ...cells.map((lines) => lines.length)) * heightOf(style) + 2 * PADDING;

const heightOfRow = ({ cells, style }: Row): number =>
  heightOfLines(
    cells.map(({ lines }) => lines),
    style,
  );

/** A row, in slices where it is higher than what is left of the page. Without elements it is only for the eye. */
function drawRow(paper: Paper, row: Row, widths: readonly number[], turn: () => void): void {
  const { cells, style, type } = row;
  const most = Math.max(1, ...cells.map(({ lines }) => lines.length));
  for (let from = 0; from < most; ) {
    if (paper.room < heightOf(style) + 2 * PADDING) turn();
    const fits = Math.max(1, Math.floor((paper.room - 2 * PADDING) / heightOf(style)));
    const to = Math.min(from + fits, most);
    const height = (to - from) * heightOf(style) + 2 * PADDING;
    drawFrame(paper, widths, height, type === 'TH');
    let x = paper.left;
    cells.forEach(({ lines, element }, place) => {
      const slice = lines.slice(from, to);
      const at = [x + PADDING, paper.y + PADDING] as const;
      if (element && slice.length > 0) paper.place(element, type, slice, ...at, style);
      if (!element) paper.decorate(() => paper.letters(slice, ...at, style));
      x += widths[place] ?? 0;
    });
    paper.y += height;
    from = to;
  }
}

function drawFrame(paper: Paper, widths: readonly number[], height: number, isHead: boolean): void {
  paper.decorate((pdf) => {
    if (isHead) pdf.rect(paper.left, paper.y, paper.width, height).fill('#eeeeee');
    let x = paper.left;
    pdf.lineWidth(0.5).strokeColor('#767676');
    for (const width of widths) {
      pdf.rect(x, paper.y, width, height);
      x += width;
    }
    pdf.stroke();
  });
}
