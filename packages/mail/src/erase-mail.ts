import type { EntityManager } from '@mikro-orm/postgresql';
import { EMPTIED } from './outbox.js';

/** Whose letters: a person's, known by id or by address or both, or those about an object, or what is both. */
export interface MailOwner {
  readonly personId?: string;
  readonly email?: string;
  readonly about?: { readonly type: string; readonly id: string };
}

/**
 * Forgets letters: those that wait are never sent, and of those that were nothing stays but that there were. A letter
 * that is withdrawn leaves its row as well, so that the same one cannot come back with a message that comes twice.
 * For the role `system`; inside a change the caller says so to the audit log.
 */
export async function eraseMailOf(em: EntityManager, service: string, who: MailOwner): Promise<void> {
  const { personId, email, about } = who;
  const person: string[] = [];
  const where: string[] = [];
  const values: string[] = [];
  if (personId !== undefined) {
    person.push('person_id = ?');
    values.push(personId);
  }
  if (email !== undefined) {
    person.push('lower(to_email) = lower(?)');
    values.push(email);
  }
  if (person.length > 0) where.push(`(${person.join(' or ')})`);
  if (about !== undefined) {
    where.push('about_type = ? and about_id = ?');
    values.push(about.type, about.id);
  }
  if (where.length === 0) throw new Error('Whose letters are to be erased has to be said.');
  await em.execute(
    `update "${service}".mail set ${EMPTIED},
       state = case state when 'WAITING' then 'WITHDRAWN' else state end
     where ${where.join(' and ')}`,
    values,
  );
}
