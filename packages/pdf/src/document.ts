type Language = 'nb' | 'nn' | 'en';

/** A piece of a document, by what it is and not by how it looks. */
export type Block =
  | { readonly kind: 'title' | 'heading' | 'paragraph' | 'small'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'space' };

/** The same document on paper (`renderPdf`) and on screen (`renderHtml`). */
export interface PrintedDocument {
  readonly title: string;
  readonly language: Language;
  readonly author: string;
  /** Stands in the file instead of the time at which it is made, so that the same content is the same bytes. */
  readonly createdAt: Date;
  readonly blocks: readonly Block[];
  /** @default 'portrait' */
  readonly orientation?: 'portrait' | 'landscape';
}

/** A cell without a column would be lost, and somebody's name with it. */
export function checkTable({ columns, rows }: Extract<Block, { kind: 'table' }>): void {
  const longest = Math.max(0, ...rows.map((row) => row.length));
  if (longest > columns.length) {
    throw new RangeError(`A row has ${longest} cells and its table ${columns.length} columns.`);
  }
}
