import type { EntityManager } from '@mikro-orm/postgresql';
import { Document } from '@samspill/documents';
import type { RequestContext } from '@samspill/subgraph';
import {
  InputAnswer,
  type InputAttachment,
  InputAttachmentRow,
  InputConclusion,
  TradeSecret,
} from './input-parts.js';
import { InputReceipt } from './input-receipt.js';
import { MarketInput } from './market-input.js';

/**
 * How many inputs of a dialogue nobody has said anything of yet: neither withdrawn nor replaced. A dialogue is not
 * closed before there are none.
 */
export async function openInputs(em: EntityManager, dialogueId: string): Promise<number> {
  const [row] = await em.execute<{ count: number }[]>(
    `select count(*)::int as count from dialogue.input i
     where i.dialogue_id = ? and i.replaced_at is null and i.withdrawn_at is null
       and not exists (select from dialogue.input_conclusion c where c.id = i.id)`,
    [dialogueId],
  );
  return row?.count ?? 0;
}

/** One input that the actor may read; row-level security decides. */
export function inputById(context: RequestContext, id: string): Promise<MarketInput | null> {
  return context.batched('market-input', id, async (ids) => {
    const found = await context.find(MarketInput, { id: { $in: [...ids] } });
    return new Map(found.map((input) => [input.id, input]));
  });
}

export async function answersOf(context: RequestContext, inputId: string): Promise<InputAnswer[]> {
  const answers = await context.batched('input-answers', inputId, async (ids) => {
    const found = await context.find(
      InputAnswer,
      { inputId: { $in: [...ids] } },
      { orderBy: { position: 'asc' } },
    );
    return Map.groupBy(found, (answer) => answer.inputId);
  });
  return answers ?? [];
}

/** The secret of an answer, or of the comment where no answer is named; null for those who may not read it. */
export async function secretOf(
  context: RequestContext,
  inputId: string,
  answerId: string | null,
): Promise<string | null> {
  if (context.actor.isPublic) return null;
  const secrets = await context.batched('trade-secrets', inputId, async (ids) => {
    const found = await context.find(TradeSecret, { inputId: { $in: [...ids] } });
    return Map.groupBy(found, (secret) => secret.inputId);
  });
  return secrets?.find((secret) => secret.answerId === answerId)?.text ?? null;
}

export function conclusionOf(context: RequestContext, inputId: string): Promise<InputConclusion | null> {
  return context.batched('input-conclusion', inputId, async (ids) => {
    const found = await context.find(InputConclusion, { id: { $in: [...ids] } });
    return new Map(found.map((conclusion) => [conclusion.id, conclusion]));
  });
}

export function receiptOf(context: RequestContext, inputId: string): Promise<InputReceipt | null> {
  if (context.actor.isPublic) return Promise.resolve(null);
  return context.batched('input-receipt', inputId, async (ids) => {
    const found = await context.find(InputReceipt, { id: { $in: [...ids] } });
    return new Map(found.map((receipt) => [receipt.id, receipt]));
  });
}

/** What was sent along, each with its document for those who may read that. */
export async function attachmentsOf(context: RequestContext, inputId: string): Promise<InputAttachment[]> {
  const attachments = await context.batched('input-attachments', inputId, async (ids) => {
    const rows = await context.find(
      InputAttachmentRow,
      { inputId: { $in: [...ids] } },
      { orderBy: { position: 'asc' } },
    );
    const documentIds = [...new Set(rows.map(({ documentId }) => documentId))];
    const found = documentIds.length ? await context.find(Document, { id: { $in: documentIds } }) : [];
    const byId = new Map(found.map((document) => [document.id, document]));
    const shown = rows.map(({ inputId: of, documentId, isTradeSecret }) => ({
      of,
      attachment: { isTradeSecret, document: byId.get(documentId) ?? null },
    }));
    const grouped = Map.groupBy(shown, ({ of }) => of);
    return new Map([...grouped].map(([of, each]) => [of, each.map(({ attachment }) => attachment)]));
  });
  return attachments ?? [];
}

/** The versions that a newer one has taken the place of, the newest first. */
export async function earlierVersionsOf(context: RequestContext, input: MarketInput): Promise<MarketInput[]> {
  if (input.version === 1) return [];
  const versions = await context.batched('input-versions', input.seriesId, async (ids) => {
    const found = await context.find(
      MarketInput,
      { seriesId: { $in: [...ids] } },
      { orderBy: { version: 'desc' } },
    );
    return Map.groupBy(found, (each) => each.seriesId);
  });
  return (versions ?? []).filter(({ version }) => version < input.version);
}
