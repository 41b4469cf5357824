import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * Holds a name to the end of the transaction; whoever asks for the same one meanwhile waits. For what row locks
 * cannot do: two who both find that something is not there would both make it, and a row that is locked counts
 * as written.
 */
export async function lockUntilTheEnd(tx: EntityManager, name: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(hashtext(?))', [name]);
}

/** Holds a name together with others who do so too, and beside nobody who has it locked. */
export async function shareUntilTheEnd(tx: EntityManager, name: string): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock_shared(hashtext(?))', [name]);
}
