import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, it } from 'vitest';
import type { Block, PrintedDocument } from './document.js';
import { renderPdf } from './render-pdf.js';

const document = (blocks: readonly Block[], more: Partial<PrintedDocument> = {}): PrintedDocument => ({
  title: 'Oppsummering av markedsdialog',
  language: 'nb',
  author: 'Indre Østfold kommune',
  createdAt: new Date('2026-10-17T12:00:00Z'),
  blocks,
  ...more,
});
const opened = async (blocks: readonly Block[], more?: Partial<PrintedDocument>) =>
  getDocumentProxy(new Uint8Array(await renderPdf(document(blocks, more))));
const pagesOf = async (pdf: Awaited<ReturnType<typeof opened>>) =>
  (await extractText(pdf)).text.map((page) => page.replaceAll(/\s+/g, ' '));
const textOf = async (blocks: readonly Block[], more?: Partial<PrintedDocument>) =>
  (await pagesOf(await opened(blocks, more))).join(' ');

interface Node {
  role?: string;
  lang?: string;
  children?: Node[];
  type?: string;
  id?: string;
}

/** What a screen reader finds: roles, with the text that belongs to each. */
async function structureOf(pdf: Awaited<ReturnType<typeof opened>>): Promise<string[]> {
  const found: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const texts = new Map<string, string>();
    let open: string[] = [];
    const { items } = await page.getTextContent({ includeMarkedContent: true });
    for (const item of items as { type?: string; id?: string; str?: string }[]) {
      if (item.type?.startsWith('beginMarkedContent')) open = [...open, item.id ?? ''];
      else if (item.type === 'endMarkedContent') open = open.slice(0, -1);
      else {
        const id = open.at(-1) ?? 'nowhere';
        texts.set(id, (texts.get(id) ?? '') + (item.str ?? ''));
      }
    }
    expect(
      [...texts]
        .filter(([id]) => id === 'nowhere')
        .map(([, text]) => text.trim())
        .join(''),
    ).toBe('');
    const walk = (node: Node, roles: string[]): void => {
      const path = node.role ? [...roles, node.role] : roles;
      if (node.type === 'content')
        found.push(`${path.slice(1).join('>')}: ${texts.get(node.id ?? '')?.trim()}`);
      for (const child of node.children ?? []) walk(child, path);
    };
    const tree = (await page.getStructTree()) as Node | null;
    if (tree) walk(tree, []);
  }
  return found;
}

const everything: Block[] = [
  { kind: 'title', text: 'Oppsummering' },
  { kind: 'paragraph', text: 'Blåbærsyltetøy på ærfuglens øy – «sitat» og “quote”, 5 € … ÆØÅ' },
  { kind: 'heading', text: 'Hva som ble sagt' },
  { kind: 'list', items: ['Det første', 'Det andre'] },
  {
    kind: 'table',
    columns: ['Nr.', 'Hva'],
    rows: [
      ['1', 'Pris'],
      ['2', 'Miljø'],
    ],
  },
  { kind: 'space' },
  { kind: 'small', text: 'Laget av Samspill' },
];

describe('a document', () => {
  it('says what its blocks say, with Norwegian letters', async () => {
    const text = await textOf(everything);
    for (const part of [
      'Oppsummering',
      'Blåbærsyltetøy på ærfuglens øy – «sitat» og “quote”, 5 € … ÆØÅ',
      'Det første',
      'Miljø',
      'Laget av Samspill',
      'Side 1 av 1',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('ikke i skriften');
  });

  it('is a structure that a screen reader can follow, in which all that is written has its place', async () => {
    const pdf = await opened(everything);
    expect(await structureOf(pdf)).toEqual([
      'H1: Oppsummering',
      'P: Blåbærsyltetøy på ærfuglens øy – «sitat» og “quote”, 5 € … ÆØÅ',
      'H2: Hva som ble sagt',
      'L>LI>Lbl: •',
      'L>LI>LBody: Det første',
      'L>LI>Lbl: •',
      'L>LI>LBody: Det andre',
      'Table>THead>TR>TH: Nr.',
      'Table>THead>TR>TH: Hva',
      'Table>TBody>TR>TD: 1',
      'Table>TBody>TR>TD: Pris',
      'Table>TBody>TR>TD: 2',
      'Table>TBody>TR>TD: Miljø',
      'P: Laget av Samspill',
    ]);
    const raw = Buffer.from(await renderPdf(document(everything))).toString('latin1');
    expect(raw.match(/\/Scope \/Column/g)).toHaveLength(2);
    expect(await pdf.getMarkInfo()).toMatchObject({ Marked: true });
    const { info } = await pdf.getMetadata();
    expect(info).toMatchObject({
      Title: 'Oppsummering av markedsdialog',
      Author: 'Indre Østfold kommune',
      Language: 'nb',
    });
    expect(await pdf.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
  });

  it('is the same bytes for the same content, whenever it is made', async () => {
    const first = await renderPdf(document(everything));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(Buffer.from(await renderPdf(document(everything))).equals(Buffer.from(first))).toBe(true);
    const other = await renderPdf(document(everything, { createdAt: new Date('2026-10-18T12:00:00Z') }));
    expect(Buffer.from(other).equals(Buffer.from(first))).toBe(false);
  });

  it.each([
    ['nn', 'Side 1 av 1'],
    ['en', 'Page 1 of 1'],
  ] as const)('counts its pages in %s', async (language, expected) => {
    expect(await textOf(everything, { language })).toContain(expected);
  });

  it('lies down when it is asked to', async () => {
    const page = await (await opened(everything, { orientation: 'landscape' })).getPage(1);
    const { width, height } = page.getViewport({ scale: 1 });
    expect(width).toBeGreaterThan(height);
  });

  it('is one page also when there is nothing in it', async () => {
    const pdf = await opened([
      { kind: 'list', items: [] },
      { kind: 'table', columns: [], rows: [] },
    ]);
    expect(pdf.numPages).toBe(1);
  });
});

describe('letters that the font has not', () => {
  const name = 'Čáhppe Dŋuđ Ólafsson Łukasz 漢字 🦆';

  it('become the nearest, or a question mark, and the document says so', async () => {
    const text = await textOf([{ kind: 'paragraph', text: name }]);
    expect(text).toContain('Cáhppe Dnud Ólafsson Lukasz ?? ?');
    expect(text).toContain('Noen tegn finnes ikke i skriften');
  });

  it('are what a screen reader reads', async () => {
    const raw = Buffer.from(await renderPdf(document([{ kind: 'paragraph', text: 'Č' }]))).toString('latin1');
    // UTF-16 with its mark, as PDF writes what is not Latin.
    expect(raw).toContain('/ActualText (\u00fe\u00ff\u0001\\f)');
  });

  it('do not end it, whatever they are', async () => {
    const all = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code)).join('');
    const text = await textOf([
      { kind: 'title', text: all },
      { kind: 'list', items: [all, '\ud800', ''] },
      { kind: 'table', columns: [all, ''], rows: [[all], ['', all]] },
    ]);
    expect(text).toContain('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  });
});

describe('long documents', () => {
  const rows = Array.from({ length: 200 }, (_, row) => [
    String(row + 1),
    `Firma nummer ${row + 1} Entreprenør AS`,
    `Deltaker${row + 1} Å. Nordmann`,
  ]);

  it('break tables over pages, with the headings on each and every row once', async () => {
    const pdf = await opened([{ kind: 'table', columns: ['Nr.', 'Firma', 'Navn'], rows }]);
    const pages = await pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, place) => {
      expect(page).toContain('Nr. Firma Navn');
      expect(page).toContain(`Side ${place + 1} av ${pages.length}`);
    });
    const text = pages.join(' ');
    for (const [, firm, name] of rows) {
      expect(text.split(`${firm} `)).toHaveLength(2);
      expect(text.split(`${name} `)).toHaveLength(2);
    }
    // The headings on the other pages are for the eye; the structure has them once.
    const structure = await structureOf(pdf);
    expect(structure.filter((each) => each.startsWith('Table>THead'))).toHaveLength(3);
    expect(structure.filter((each) => each.startsWith('Table>TBody'))).toHaveLength(600);
  });

  it('break a row that is longer than a page', async () => {
    const words = Array.from({ length: 1_500 }, (_, place) => `ord${place}.`);
    const pdf = await opened([
      {
        kind: 'table',
        columns: ['Nr.', 'Tekst'],
        rows: [
          ['1', words.join(' ')],
          ['2', 'etterpå'],
        ],
      },
    ]);
    const pages = await pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(1);
    const text = pages.join(' ');
    expect(words.filter((word) => text.split(word).length !== 2)).toEqual([]);
    expect(text).toContain('etterpå');
  });

  it('break paragraphs and lists over pages without losing a word', async () => {
    const words = Array.from({ length: 2_000 }, (_, place) => `ord${place}.`);
    const text = await textOf([
      { kind: 'paragraph', text: words.slice(0, 1_000).join(' ') },
      { kind: 'list', items: [words.slice(1_000).join(' ')] },
    ]);
    expect(words.filter((word) => text.split(word).length !== 2)).toEqual([]);
  });

  it('keep everything on the paper, however long a word is', async () => {
    const word = 'https://www.example.no/'.padEnd(400, 'abcdefghij');
    const pdf = await opened([
      { kind: 'paragraph', text: word },
      { kind: 'table', columns: ['Navn', 'Lenke'], rows: [['Kari', word]] },
    ]);
    const page = await pdf.getPage(1);
    const { width } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const boxes = items as { str: string; width: number; transform: number[] }[];
    for (const { str, width: own, transform } of boxes) {
      expect((transform[4] ?? 0) + own, str).toBeLessThanOrEqual(width - 56);
    }
    const whole = boxes.map(({ str }) => str.trim()).join('');
    expect(whole.split(word)).toHaveLength(3);
  });

  it('write nothing over anything else', async () => {
    const long = 'Blåbærsyltetøy på ærfuglens øy. '.repeat(40);
    const pdf = await opened([
      ...everything,
      { kind: 'title', text: long },
      { kind: 'list', items: [long, long] },
      { kind: 'table', columns: ['Nr.', 'Firma', 'Navn'], rows: [...rows.slice(0, 60), ['61', long, long]] },
      { kind: 'heading', text: 'Etterpå' },
      { kind: 'small', text: long },
    ]);
    for (let number = 1; number <= pdf.numPages; number += 1) {
      const { items } = await (await pdf.getPage(number)).getTextContent();
      const boxes = (items as { str: string; width: number; height: number; transform: number[] }[])
        .filter(({ str }) => str.trim() !== '')
        .map(({ str, width, height, transform: [, , , , x = 0, y = 0] }) => ({ str, x, y, width, height }));
      expect(boxes.length).toBeGreaterThan(5);
      for (const [place, a] of boxes.entries()) {
        for (const b of boxes.slice(place + 1)) {
          const apart =
            a.x + a.width <= b.x + 0.5 ||
            b.x + b.width <= a.x + 0.5 ||
            Math.abs(a.y - b.y) >= Math.min(a.height, b.height);
          expect(apart, `page ${number}: ${a.str} / ${b.str}`).toBe(true);
        }
      }
    }
  });

  it('leave no heading alone at the foot of a page', async () => {
    for (let lines = 30; lines < 60; lines += 1) {
      const pages = await pagesOf(
        await opened([
          { kind: 'paragraph', text: Array.from({ length: lines }, () => 'linje').join('\n') },
          { kind: 'heading', text: 'Overskrift' },
          { kind: 'paragraph', text: 'Det som følger' },
        ]),
      );
      const page = pages.find((each) => each.includes('Overskrift'));
      expect(page, `after ${lines} lines`).toContain('Det som følger');
    }
  });
});

it('refuses a row with more cells than there are columns', () => {
  const table: Block = { kind: 'table', columns: ['a'], rows: [['1', '2']] };
  expect(() => renderPdf(document([table]))).toThrow(RangeError);
});
