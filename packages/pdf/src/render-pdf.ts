import type { Block, PrintedDocument } from './document.js';
import { heightOf, Paper, type Style } from './paper.js';
import { renderTable } from './render-table.js';

const BODY: Style = { font: 'Helvetica', size: 10.5 };
const SMALL: Style = { font: 'Helvetica', size: 8.5 };
const TITLE: Style = { font: 'Helvetica-Bold', size: 20 };
const HEADING: Style = { font: 'Helvetica-Bold', size: 13 };
const BULLET = 14;

/** Texts by what they are: how they look, and as what a screen reader announces them. */
const TEXTS = {
  title: { style: TITLE, type: 'H1', before: 0, after: 12 },
  heading: { style: HEADING, type: 'H2', before: 12, after: 4 },
  paragraph: { style: BODY, type: 'P', before: 0, after: 7 },
  small: { style: SMALL, type: 'P', before: 0, after: 5 },
} as const;

const REPLACED: Record<PrintedDocument['language'], string> = {
  nb: 'Noen tegn finnes ikke i skriften som brukes her. De er skrevet med den nærmeste bokstaven eller som «?».',
  nn: 'Nokre teikn finst ikkje i skrifta som er brukt her. Dei er skrivne med den næraste bokstaven eller som «?».',
  en: 'Some characters are not in the typeface used here. They are written as the nearest letter or as “?”.',
};

/**
 * The blocks as a PDF whose structure a screen reader can follow: headings, lists, tables with headings of columns,
 * a language, a title. The same document is the same bytes.
 */
export function renderPdf(document: PrintedDocument): Promise<Uint8Array> {
  const paper = new Paper(document);
  for (const block of document.blocks) render(paper, block);
  if (paper.hasReplaced) {
    paper.gap(12);
    render(paper, { kind: 'small', text: REPLACED[document.language] });
  }
  return paper.finish(document.language);
}

function render(paper: Paper, block: Block): void {
  if (block.kind === 'space') paper.gap(18);
  else if (block.kind === 'table') {
    renderTable(paper, block);
    paper.gap(12);
  } else if (block.kind === 'list') renderList(paper, block.items);
  else {
    const { style, type, before, after } = TEXTS[block.kind];
    const lines = paper.lines(block.text, paper.width, style);
    paper.gap(before);
    // A heading at the foot of a page belongs to nothing there.
    if (type !== 'P') paper.keep(lines.length * heightOf(style) + after + 3 * heightOf(BODY));
    paper.write(paper.element(type, null, { text: block.text }), type, lines, style);
    paper.gap(after);
  }
}

function renderList(paper: Paper, items: readonly string[]): void {
  if (items.length === 0) return;
  const list = paper.element('L', null);
  for (const item of items) {
    const lines = paper.lines(item, paper.width - BULLET, BODY);
    const entry = paper.element('LI', list);
    paper.keep(heightOf(BODY));
    paper.place(paper.element('Lbl', entry), 'Lbl', ['• '], paper.left + 2, paper.y, BODY);
    const body = paper.element('LBody', entry, { text: item });
    paper.write(body, 'LBody', lines, BODY, BULLET);
    paper.gap(2);
  }
  paper.gap(5);
}
