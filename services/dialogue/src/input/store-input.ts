import { randomUUID } from 'node:crypto';
import { lockUntilTheEnd } from '@samspill/database';
import { attachDocuments, type Document } from '@samspill/documents';
import type { Change, Mendable } from '@samspill/subgraph';
import { tooMany } from '../market-dialogue/dialogue-texts.js';
import type { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import type { CheckedAnswer } from './answer-rules.js';
import { InputAnswer, InputAttachmentRow, TradeSecret } from './input-parts.js';
import { InputReceipt, receiptHash, type SubmittedContent } from './input-receipt.js';
import { MarketInput, type MarketInputKind } from './market-input.js';

export const MOST_ATTACHMENTS = 20;

export interface GivenAttachment {
  readonly documentId: string;
  readonly isTradeSecret: boolean;
}

/** What all versions of an input are known by. */
export interface Series {
  readonly seriesId: string;
  /** Null for the first version: it is numbered when it is there. */
  readonly number: number | null;
  readonly version: number;
}

export interface PlaceInDraft {
  readonly hearingDocumentId: string;
  readonly hearingVersion: number;
  readonly paragraph: number;
  readonly placeFrom: number;
  readonly placeTo: number;
  readonly quote: string;
}

export interface InputToStore {
  readonly dialogue: MarketDialogue;
  readonly kind: MarketInputKind;
  readonly organisation: { readonly organisationNumber: string; readonly organisationName: string };
  readonly personId: string | null;
  readonly series: Series;
  readonly comment: string | null;
  readonly tradeSecret: string | null;
  readonly answers: readonly CheckedAnswer[];
  readonly attachments: readonly GivenAttachment[];
  readonly documents: readonly Document[];
  readonly place: PlaceInDraft | null;
  readonly now: Date;
}

/** Attaches the documents of an input, which have to be the organisation's own. */
export async function attachTo(
  change: Change,
  seriesId: string,
  organisationNumber: string,
  attachments: readonly GivenAttachment[],
): Promise<{ documents: Document[] } | { mend: Mendable[] }> {
  const path = ['input', 'attachments'];
  if (attachments.length > MOST_ATTACHMENTS) return { mend: [tooMany(path, MOST_ATTACHMENTS)] };
  const ids = attachments.map(({ documentId }) => documentId);
  if (new Set(ids).size < ids.length) return { mend: [attachedTwice] };
  // Handed to nobody: whoever reads the input reads what is no secret of it, by the policies of 0006.
  return attachDocuments(change, ids, { type: 'MarketInput', id: seriesId, organisationNumber }, path);
}

/** Writes a version of an input in the organisation's own name, numbers it, and gives a receipt for all of it. */
export async function storeInput(change: Change, what: InputToStore): Promise<MarketInput> {
  const { em } = change;
  const { dialogue, kind, organisation, series, comment, tradeSecret, place, now } = what;
  const nowhere = { hearingDocumentId: null, hearingVersion: null, paragraph: null };
  const input = em.create(MarketInput, {
    ...{ id: randomUUID(), dialogueId: dialogue.id, kind, ...organisation, ...series },
    ...{ comment, hasTradeSecret: tradeSecret !== null },
    ...{ submittedAt: now, replacedAt: null, withdrawnAt: null },
    ...(place ?? { ...nowhere, placeFrom: null, placeTo: null, quote: null }),
  });
  await em.flush();
  if (input.number === null) await numberInput(change, input);
  const content = contentOf(what, input);
  await writeParts(change, what, input);
  em.create(InputReceipt, {
    id: input.id,
    dialogueId: dialogue.id,
    organisationNumber: organisation.organisationNumber,
    personId: what.personId,
    sha256: receiptHash(content),
  });
  await em.flush();
  change.audit({
    object: { type: 'MarketInput', id: input.id },
    owner: { organisation: organisation.organisationNumber, municipality: dialogue.municipalityNumber },
    before: null,
    after: Buffer.from(receiptHash(content), 'hex'),
  });
  return input;
}

/** As the service, because an organisation does not see how many others have written. */
async function numberInput(change: Change, input: MarketInput): Promise<void> {
  await change.asService(async (em) => {
    await lockUntilTheEnd(em, `dialogue.input-number.${input.dialogueId}`);
    const [row] = await em.execute<{ last: number }[]>(
      'select coalesce(max(number), 0)::int as last from dialogue.input where dialogue_id = ?',
      [input.dialogueId],
    );
    em.assign(input, { number: (row?.last ?? 0) + 1 });
  });
}

async function writeParts({ em }: Change, what: InputToStore, { id: inputId }: MarketInput): Promise<void> {
  const { dialogue, organisation, answers, attachments, tradeSecret } = what;
  const secrets: { answerId: string | null; text: string }[] = [];
  if (tradeSecret !== null) secrets.push({ answerId: null, text: tradeSecret });
  for (const [position, { tradeSecret: text, ...answer }] of answers.entries()) {
    const id = randomUUID();
    em.create(InputAnswer, { id, inputId, position, ...answer, hasTradeSecret: text !== null });
    if (text !== null) secrets.push({ answerId: id, text });
  }
  // What the secrets point at has to be there first.
  await em.flush();
  const { organisationNumber } = organisation;
  for (const secret of secrets) {
    em.create(TradeSecret, {
      id: randomUUID(),
      inputId,
      dialogueId: dialogue.id,
      organisationNumber,
      ...secret,
    });
  }
  for (const [position, { documentId, isTradeSecret }] of attachments.entries()) {
    em.create(InputAttachmentRow, { id: randomUUID(), inputId, documentId, position, isTradeSecret });
  }
}

function contentOf(what: InputToStore, input: MarketInput): SubmittedContent {
  const { dialogueId, organisationNumber, number, version, submittedAt, comment } = input;
  const documents = new Map(what.documents.map((document) => [document.id, document]));
  return {
    ...{ dialogueId, organisationNumber, number: number ?? 0, version, submittedAt, comment },
    tradeSecret: what.tradeSecret,
    place: what.place && { ...what.place },
    answers: what.answers.map((answer) => ({ ...answer })),
    attachments: what.attachments.map(({ documentId, isTradeSecret }) => {
      const document = documents.get(documentId);
      return { documentId, isTradeSecret, name: document?.name ?? '', sha256: document?.sha256 ?? null };
    }),
  };
}

const attachedTwice: Mendable = {
  code: 'ATTACHED_TWICE',
  path: ['input', 'attachments'],
  messages: {
    nb: 'Samme dokument er lagt ved to ganger. Behold det én gang.',
    nn: 'Same dokument er lagt ved to gonger. Behald det éin gong.',
    en: 'The same document is attached twice. Keep it once.',
  },
};
