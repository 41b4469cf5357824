import type { EntityManager } from '@mikro-orm/postgresql';
import type { Mendable } from '@samspill/subgraph';
import { repeatsSecret } from './repeats-secret.js';

/**
 * Whether a text that is to be read by others repeats what a supplier of the dialogue has marked as a trade secret, in
 * writing or in a meeting.
 * Asked as the service (`change.asService`), because nobody else sees the secrets of all. What it cannot know is a
 * secret in other words; whoever writes has to know that themselves.
 */
export async function secretIn(em: EntityManager, dialogueId: string, text: string): Promise<boolean> {
  const [row] = await em.execute<{ role: string }[]>('select current_user as role');
  // Row-level security would show no secrets and so find none, which reads like a clean text.
  if (!row?.role.endsWith('_system')) throw new Error(`${row?.role} cannot see the secrets to look for.`);
  const secrets = await em.execute<{ text: string }[]>(
    `select text from dialogue.trade_secret where dialogue_id = ?
     union
     select s.text from dialogue.meeting_secret s join dialogue.meeting m on m.id = s.meeting_id where m.dialogue_id = ?`,
    [dialogueId, dialogueId],
  );
  if (secrets.length === 0) return false;
  const known = await knownToAll(em, dialogueId);
  return secrets.some((secret) => repeatsSecret(text, secret.text, known));
}

/** What anybody could read before. A supplier who repeats the question in its secret has not made the question one. */
async function knownToAll(em: EntityManager, dialogueId: string): Promise<string[]> {
  const rows = await em.execute<{ text: string }[]>(
    `select concat_ws(E'\\n', title, description, contact ->> 'name', array_to_string(questions, E'\\n')) as text
       from dialogue.market_dialogue where id = ? and announced_at is not null
     union all
     select concat_ws(E'\\n', need.title, effect, users, array_to_string(success_criteria, E'\\n'), volume)
       from dialogue.need join dialogue.market_dialogue using (procurement_id)
       where market_dialogue.id = ? and need.status <> 'DRAFT'
     union all
     select text from dialogue.disclosure where dialogue_id = ? and published_at is not null`,
    [dialogueId, dialogueId, dialogueId],
  );
  return rows.map(({ text }) => text);
}

/** The text at `path` has to be written differently. */
export const containsTradeSecret = (path: readonly string[]): Mendable => ({
  code: 'CONTAINS_TRADE_SECRET',
  path,
  messages: {
    nb: 'Teksten gjengir noe som en leverandør har merket som forretningshemmelighet. Skriv det slik at hemmeligheten ikke kan leses ut av det.',
    nn: 'Teksten gjev att noko som ein leverandør har merkt som forretningsløyndom. Skriv det slik at løyndomen ikkje kan lesast ut av det.',
    en: 'The text repeats something that a supplier has marked as a trade secret. Write it so that the secret cannot be read from it.',
  },
});
