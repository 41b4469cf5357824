import type { Block, PrintedDocument } from '@samspill/pdf';
import type { Language } from '@samspill/subgraph';
import type { SummaryContent } from './summary-content.js';
import { type Addition, summarySections } from './summary-sections.js';
import { summaryWords } from './summary-words.js';

export interface PrintedParts {
  readonly content: SummaryContent;
  readonly additions: readonly Addition[];
  readonly language: Language;
  readonly generatedAt: Date;
  /** Null in a preview: what is not frozen has no hash. */
  readonly sha256: string | null;
}

/** A summary as a document, for the screen and for paper alike. */
export function printedSummary(parts: PrintedParts): PrintedDocument {
  const { content, additions, language, generatedAt, sha256 } = parts;
  const words = summaryWords[language];
  const title = `${words.summaryOf}: ${content.dialogue.title}`;
  const sections = summarySections(content, additions, language)
    // Nobody has to say that nothing was added.
    .filter(({ key }) => key !== 'ADDITIONS' || additions.length > 0)
    .flatMap(({ heading, blocks }): Block[] => [{ kind: 'heading', text: heading }, ...blocks]);
  return {
    title,
    language,
    author: content.dialogue.contact ?? 'Samspill',
    createdAt: generatedAt,
    blocks: [
      { kind: 'title', text: title },
      ...(sha256 === null ? [{ kind: 'paragraph', text: words.preview } as const] : []),
      ...sections,
      ...(sha256 === null
        ? []
        : [{ kind: 'space' } as const, { kind: 'small', text: words.footer(sha256) } as const]),
    ],
  };
}
