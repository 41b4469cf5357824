import type { EntityManager } from '@mikro-orm/postgresql';
import type { SummaryFacts } from './compose-summary.js';

/** One input as the statement below gives it, with times as JSON has them. */
interface InputRow {
  readonly kind: 'WRITTEN' | 'HEARING_COMMENT';
  readonly number: number | null;
  readonly organisation_number: string;
  readonly organisation_name: string;
  readonly submitted_at: string;
  readonly comment: string | null;
  readonly secret_left_out: boolean;
  readonly outcome: { readonly outcome: string; readonly explanation: string; readonly at: string } | null;
  readonly answers: readonly {
    readonly question: string;
    readonly text: string | null;
    readonly value: number | null;
    readonly yes: boolean | null;
    readonly choice: string | null;
    readonly has_trade_secret: boolean;
  }[];
  readonly attachments: readonly { readonly name: string; readonly sha256: string }[];
  readonly document: string | null;
  readonly hearing_version: number | null;
  readonly paragraph: number | null;
  readonly quote: string | null;
}

/** The inputs that stand: neither replaced by a newer one nor withdrawn. Of a trade secret only that there is one. */
const STANDING = `select to_jsonb(i) || jsonb_build_object(
    'secret_left_out', i.has_trade_secret
      or exists (select from dialogue.input_answer a where a.input_id = i.id and a.has_trade_secret)
      or exists (select from dialogue.input_attachment a where a.input_id = i.id and a.is_trade_secret),
    'outcome', (select jsonb_build_object('outcome', c.outcome, 'explanation', c.explanation, 'at', c.concluded_at)
      from dialogue.input_conclusion c where c.id = i.id),
    'answers', coalesce((select jsonb_agg(to_jsonb(a) order by a.position)
      from dialogue.input_answer a where a.input_id = i.id), '[]'),
    'attachments', coalesce((select jsonb_agg(jsonb_build_object('name', d.name, 'sha256', d.sha256) order by a.position)
      from dialogue.input_attachment a join dialogue.document d on d.id = a.document_id
      where a.input_id = i.id and not a.is_trade_secret), '[]'),
    'document', (select v.title from dialogue.hearing_version v
      where v.document_id = i.hearing_document_id and v.version = i.hearing_version)
  ) as input
  from dialogue.input i
  where i.dialogue_id = ? and i.replaced_at is null and i.withdrawn_at is null`;

/** Answers to the questions, and comments on drafts, with what was done with each. */
export async function gatherInputs(
  em: EntityManager,
  dialogueId: string,
): Promise<Pick<SummaryFacts, 'inputs' | 'comments'>> {
  const rows = await em.execute<{ input: InputRow | string }[]>(STANDING, [dialogueId]);
  const all = rows.map(({ input }) => (typeof input === 'string' ? (JSON.parse(input) as InputRow) : input));
  return {
    inputs: all
      .filter(({ kind }) => kind === 'WRITTEN')
      .map((row) => ({
        ...common(row),
        answers: row.answers.map((answer) => ({
          question: answer.question,
          answer:
            answer.yes ??
            answer.text ??
            answer.choice ??
            (answer.value === null ? null : String(answer.value)),
          secretLeftOut: answer.has_trade_secret,
        })),
        attachments: row.attachments,
      })),
    comments: all
      .filter(({ kind }) => kind === 'HEARING_COMMENT')
      .map((row) => ({
        ...common(row),
        document: row.document ?? '',
        documentVersion: row.hearing_version ?? 0,
        paragraph: row.paragraph ?? 0,
        quote: row.quote ?? '',
      })),
  };
}

function common(row: InputRow) {
  const { number, comment, secret_left_out, outcome } = row;
  return {
    number,
    organisationNumber: row.organisation_number,
    organisationName: row.organisation_name,
    submittedAt: new Date(row.submitted_at),
    secretLeftOut: secret_left_out,
    comment,
    outcome: outcome && { ...outcome, at: new Date(outcome.at) },
  };
}

/** The attachments that everybody may have once the dialogue is summarised. */
export async function publicDocumentsOf(em: EntityManager, dialogueId: string): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select a.document_id as id from dialogue.input_attachment a join dialogue.input i on i.id = a.input_id
     join dialogue.document d on d.id = a.document_id and d.attached_to_id is not null
     where i.dialogue_id = ? and i.replaced_at is null and i.withdrawn_at is null and not a.is_trade_secret`,
    [dialogueId],
  );
  return rows.map(({ id }) => id);
}
