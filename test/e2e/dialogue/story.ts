import type { AdjustableClock } from '@samspill/values';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect } from 'vitest';
import { type Letter, mailbox, textOf } from '../../support/mailbox.js';
import { eventually } from '../../support/programs.js';
import type { TestRegion } from '../../support/region.js';
import { upload } from '../../support/upload.js';
import { Asking } from './asking.js';

/** Those who take part: by persona. */
export const suppliers = {
  supplier: { organisationNumber: '310000035', organisationName: 'Øyeren Velferdsteknologi AS' },
  'supplier-2': { organisationNumber: '310000027', organisationName: 'Mysen Rørleggerverksted AS' },
  'supplier-3': { organisationNumber: '310000043', organisationName: 'Haldenvassdraget Renhold AS' },
  'supplier-4': { organisationNumber: '310000019', organisationName: 'Glommen Bygg og Anlegg AS' },
} as const;
export type SupplierId = keyof typeof suppliers;
export const supplierIds = Object.keys(suppliers) as SupplierId[];
export const numberOf = (id: SupplierId): string => suppliers[id].organisationNumber;
export const mailOf = (id: string): string => `${id}@leverandor.example`;
export const supplierWith = (organisationNumber: string): SupplierId =>
  supplierIds.find((id) => numberOf(id) === organisationNumber) as SupplierId;

/** What one chapter of the story leaves to the next. */
export class Story extends Asking {
  need = '';
  procurement = '';
  dialogue = '';
  conference = '';
  hearing = '';
  questions: { id: string; kind: string }[] = [];
  /** Every input and comment that stands. */
  inputs: { id: string; by: SupplierId; says: string; outcome: string }[] = [];
  /** Every text of the ledger, in its order. */
  readonly told: string[] = [];
  /** What must never be read by others: words that stand nowhere else. */
  readonly secrets: string[] = [];
  readonly additions: string[] = [];
  readonly letters = new Map<string, Letter>();
  /** Null until the competition is announced. */
  tender: string | null = null;

  constructor(
    readonly region: TestRegion,
    readonly clock: AdjustableClock,
    /** How the competition is known to be of the same procurement, and whether the dialogue is closed before it. */
    readonly course: { readonly tie: 'BY_PLANNING_NOTICE' | 'BY_LINK'; readonly closes: 'BEFORE' | 'AFTER' },
  ) {
    super(region);
  }

  /** An attachment, all the way up. */
  async uploads(by: SupplierId, name: string, text: string): Promise<string> {
    const bytes = new TextEncoder().encode(text);
    const input = { dialogueId: this.dialogue, organisationNumber: numberOf(by), name, size: bytes.length };
    const { document } = await this.does(by, 'createDialogueDocument', input, 'document { id uploadUrl }');
    await upload(document.uploadUrl, bytes);
    return document.id;
  }

  /** Waits until somebody has got a letter with these words, and answers with it. */
  async receives(email: string, words: string): Promise<string> {
    const isIt = ({ text }: Letter) => text.includes(email) && text.includes(words);
    return eventually(
      async () => {
        for (const letter of await mailbox(this.graph, 'dialogue')) this.letters.set(letter.path, letter);
        return [...this.letters.values()].find(isIt)?.text;
      },
      { what: `a letter to ${email} with «${words}»` },
    );
  }

  /** What everybody can fetch of the summary: the page, the text of the PDF, the data. */
  async publishedSummary(): Promise<{ html: string; pdf: string; json: string; text: string }> {
    const { marketDialogue } = await this.sees(
      'public',
      'query ($id: ID!) { marketDialogue(id: $id) { summary { htmlUrl pdfUrl jsonUrl } } }',
      { id: this.dialogue },
    );
    const { htmlUrl, pdfUrl, jsonUrl } = marketDialogue.summary;
    const html = new TextDecoder().decode(await this.fetches(htmlUrl, 'text/html'));
    const json = new TextDecoder().decode(await this.fetches(jsonUrl, 'application/json'));
    const file = await getDocumentProxy(await this.fetches(pdfUrl, 'application/pdf'));
    const { text: pdf } = await extractText(file, { mergePages: true });
    return { html, pdf: words(pdf), json, text: words(textOf(html)) };
  }

  expectNoSecret(text: string, where: string): void {
    for (const secret of this.secrets) expect(text, where).not.toContain(secret);
  }
}

/** Lines are broken where there was room. */
export const words = (text: string): string => text.replaceAll(/\s+/g, ' ');
