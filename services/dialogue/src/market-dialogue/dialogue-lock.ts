import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Held to the end of the transaction by whoever makes or changes this dialogue. A row lock cannot do it: two
 * who both find that the dialogue is not there would both make it.
 */
export async function lockDialogue(tx: EntityManager, id: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtext(?))', [`dialogue.market_dialogue.${id}`]);
}
