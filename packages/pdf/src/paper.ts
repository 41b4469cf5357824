import PDFDocument from 'pdfkit';
import type { PrintedDocument } from './document.js';
import { printable } from './printable.js';
import { wrap } from './wrap.js';

/** Two centimetres, in points. */
const MARGIN = 57;
const INK = '#111111';
const LINE = 1.35;

export interface Style {
  readonly font: 'Helvetica' | 'Helvetica-Bold';
  readonly size: number;
}

export type Element = PDFKit.PDFStructureElement;

const PAGE: Record<PrintedDocument['language'], (page: number, of: number) => string> = {
  nb: (page, of) => `Side ${page} av ${of}`,
  nn: (page, of) => `Side ${page} av ${of}`,
  en: (page, of) => `Page ${page} of ${of}`,
};

export const heightOf = ({ size }: Style): number => size * LINE;

/**
 * Pages that are written from top to bottom. All that is written belongs to an element of the document's structure,
 * which is what a screen reader reads; all that is only drawn is marked as such.
 */
export class Paper {
  readonly left = MARGIN;
  readonly width: number;
  y = MARGIN;
  /** Whether anything was written in other letters than it has. */
  hasReplaced = false;
  private readonly pdf: PDFKit.PDFDocument;
  private readonly bottom: number;
  private readonly finished: Promise<Uint8Array>;

  constructor({ title, author, language, createdAt, orientation = 'portrait' }: PrintedDocument) {
    this.pdf = new PDFDocument({
      size: 'A4',
      layout: orientation,
      margin: MARGIN,
      bufferPages: true,
      pdfVersion: '1.7',
      lang: language,
      tagged: true,
      displayTitle: true,
      info: {
        Title: title,
        Author: author,
        Creator: 'Samspill',
        Producer: 'Samspill',
        CreationDate: createdAt,
      },
    });
    const { width, height } = this.pdf.page;
    this.width = width - 2 * MARGIN;
    this.bottom = height - MARGIN;
    const chunks: Uint8Array[] = [];
    this.finished = new Promise((resolve, reject) => {
      this.pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.pdf.on('error', reject);
    });
  }

  /** What is left of the page. */
  get room(): number {
    return this.bottom - this.y;
  }

  get height(): number {
    return this.bottom - MARGIN;
  }

  turn(): void {
    this.pdf.addPage();
    this.y = MARGIN;
  }

  /** Begins a new page unless so much fits on this one, or would not fit on a new one either. */
  keep(height: number): void {
    if (height > this.room && this.y > MARGIN) this.turn();
  }

  /** Room between two blocks; none at the top of a page. */
  gap(height: number): void {
    if (this.y > MARGIN) this.y = Math.min(this.y + height, this.bottom);
  }

  /** A piece of the structure. `text` is what it says, where that cannot be told from what is written. */
  element(type: string, parent: Element | null, options: { text?: string; scope?: 'Column' } = {}): Element {
    const { text, scope } = options;
    const isExact = text === undefined || printable(text).isExact;
    const element = this.pdf.struct(type, {
      ...(scope && { scope }),
      ...(!isExact && { actual: text }),
    } as PDFKit.Mixins.StructureElementOptions);
    if (parent) parent.add(element);
    else this.pdf.addStructure(element);
    return element;
  }

  lines(text: string, width: number, style: Style): string[] {
    const { shown, isExact } = printable(text);
    if (!isExact) this.hasReplaced = true;
    return wrap(shown, width, this.measure(style));
  }

  measure({ font, size }: Style): (text: string) => number {
    this.pdf.font(font).fontSize(size);
    return (text) => this.pdf.widthOfString(text);
  }

  /** Lines one below the other, on as many pages as they need. */
  write(element: Element, type: string, lines: readonly string[], style: Style, indent = 0): void {
    const height = heightOf(style);
    for (let from = 0; from < lines.length; ) {
      if (this.room < height) this.turn();
      const to = from + Math.max(1, Math.floor(this.room / height));
      const now = lines.slice(from, to);
      this.place(element, type, now, this.left + indent, this.y, style);
      this.y += now.length * height;
      from = to;
    }
  }

  /** Lines at a place, which is for the caller to find. */
  place(element: Element, type: string, lines: readonly string[], x: number, y: number, style: Style): void {
    const content = this.pdf.markStructureContent(type);
    this.letters(lines, x, y, style);
    this.pdf.endMarkedContent();
    element.add(content);
  }

  /** What is there for the eye alone. */
  decorate(draw: (pdf: PDFKit.PDFDocument) => void): void {
    this.pdf.markContent('Artifact', { type: 'Layout' });
    draw(this.pdf);
    this.pdf.endMarkedContent();
  }

  letters(lines: readonly string[], x: number, y: number, style: Style): void {
    this.pdf.font(style.font).fontSize(style.size).fillColor(INK);
    lines.forEach((line, place) => {
      if (line.trim() === '') return;
      this.pdf.text(line, x, y + place * heightOf(style), { lineBreak: false });
    });
  }

  finish(language: PrintedDocument['language']): Promise<Uint8Array> {
    const { start, count } = this.pdf.bufferedPageRange();
    const style: Style = { font: 'Helvetica', size: 9 };
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(start + page);
      const text = PAGE[language](page + 1, count);
      const x = this.left + this.width - this.measure(style)(text);
      this.pdf.markContent('Artifact', { type: 'Pagination', attached: ['Bottom'] });
      this.letters([text], x, this.bottom + 18, style);
      this.pdf.endMarkedContent();
    }
    this.pdf.end();
    return this.finished;
  }
}
