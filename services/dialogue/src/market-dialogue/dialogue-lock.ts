import type { EntityManager } from '@mikro-orm/postgresql';
import { lockUntilTheEnd, shareUntilTheEnd } from '@samspill/database';
import { noSuchDialogue } from './market-dialogue.permission.js';

/**
 * Held to the end of the transaction by whoever makes or changes this dialogue. A row lock cannot do it: two
 * who both find that the dialogue is not there would both make it.
 */
export async function lockDialogue(tx: EntityManager, id: string): Promise<void> {
  await lockUntilTheEnd(tx, `dialogue.market_dialogue.${id}`);
}

/**
 * Held by those who say something in a dialogue: beside each other, but not beside somebody who changes or closes it.
 * What they were let in by is still so when they are done.
 */
export async function holdDialogue(tx: EntityManager, id: string): Promise<void> {
  await shareUntilTheEnd(tx, `dialogue.market_dialogue.${id}`);
}

/**
 * Makes sure, by the database alone, that the dialogue is the actor's to change; call it right before the first write.
 * Everybody sees a dialogue that is announced, and an update of a row that is seen but not for writing would touch
 * nothing, without an error.
 */
export async function claimDialogue(tx: EntityManager, id: string): Promise<void> {
  const rows = await tx.execute('select 1 from dialogue.market_dialogue where id = ? for update', [id]);
  if (rows.length === 0) throw noSuchDialogue();
}
