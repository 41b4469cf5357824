import { DriverException } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/postgresql';
import { type AuditEntry, appendAudit } from '@samspill/audit';
import { type DatabaseRole, roleName } from '@samspill/database';
import type { ServiceStore } from './service.js';

/** What a change did to one object, for the audit log. */
export interface AuditedObject {
  readonly object: { readonly type: string; readonly id: string };
  /** Whose it is: who may read the entry. */
  readonly owner?: AuditEntry['owner'];
  /** Digests of the object; see `digest`. Left out where there was or is none. */
  readonly before?: Buffer | null;
  readonly after?: Buffer | null;
}

/** A change in progress: its transaction, and what it has to tell the audit log. */
export interface Change {
  readonly em: EntityManager;
  /** Says what the change did. Without it, nothing that the change did is kept. */
  audit(...objects: readonly AuditedObject[]): void;
  /**
   * Does something in the same transaction as the service itself, whom no policy stops: where what the actor may do
   * has consequences for rows that are not theirs, such as a seat that is passed on to the next in line. Begin with
   * what the actor does in their own name, so that the database refuses those who may not.
   */
  asService<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
}

/** Something was written that no audit entry tells of. The change has been undone. */
export class UnauditedChange extends Error {
  override readonly name = 'UnauditedChange';
  constructor(operation: string) {
    super(`${operation} changed something and said nothing to the audit log; it has been undone.`);
  }
}

/** Who makes a change, and under which name it goes into the log. */
export interface ChangeAuthor {
  readonly role: Extract<DatabaseRole, 'writer' | 'system'>;
  readonly variables: Record<string, string>;
  readonly actor: AuditEntry['actor'];
  readonly operation: string;
  readonly requestId: string;
}

/**
 * Runs a change and writes its audit entries, all in one transaction. The entries come last, because they
 * wait in line with everybody else's: the log of a service is one chain.
 *
 * A change that turns out to change nothing (refused input, a message that came twice) says nothing to the
 * log; its transaction is rolled back.
 * @throws UnauditedChange when something was written all the same.
 */
export async function inChange<T>(
  store: ServiceStore,
  author: ChangeAuthor,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  const em = store.as(author.role, author.variables);
  const { operation, requestId, actor } = author;
  const undone = new NothingChanged<T>();
  try {
    return await em.transactional(async (tx) => {
      const objects: AuditedObject[] = [];
      const result = await work({
        em: tx,
        audit: (...more) => void objects.push(...more),
        asService: (inside) => underRole(tx, store.name, author.role, inside),
      });
      await tx.flush();
      if (objects.length === 0) {
        if (await hasWritten(tx)) throw new UnauditedChange(operation);
        undone.result = result;
        throw undone;
      }
      const at = store.host.clock.now();
      await appendAudit(
        tx,
        store.name,
        objects.map((object) => ({ ...object, at, requestId, actor, operation, outcome: 'DONE' })),
      );
      return result;
    });
  } catch (error) {
    if (error === undone) return undone.result as T;
    throw error;
  }
}

/** Of one kind of work at a time: what is pending is written under the role that it was done under. */
async function underRole<T>(
  tx: EntityManager,
  service: string,
  role: ChangeAuthor['role'],
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  await tx.flush();
  await tx.execute(`set local role "${roleName(service, 'system')}"`);
  const result = await work(tx);
  await tx.flush();
  // Not after an error: the transaction is lost then, and with it the role.
  await tx.execute(`set local role "${roleName(service, role)}"`);
  return result;
}

/** Ends a transaction without an error for anybody. */
class NothingChanged<T> extends Error {
  result: T | undefined;
}

/** PostgreSQL gives a transaction a number only once it writes or locks a row. */
async function hasWritten(tx: EntityManager): Promise<boolean> {
  const [row] = await tx.execute<{ written: boolean }[]>(
    'select pg_current_xact_id_if_assigned() is not null as written',
  );
  return row?.written ?? false;
}

/**
 * Whether row-level security, or a privilege that a role lacks, has refused a statement. The rules at the
 * resolvers should have refused it before; that they did not is a fault of ours, but nothing has happened.
 */
export function isRefusedByDatabase(error: unknown): boolean {
  return error instanceof DriverException && (error as { code?: string }).code === '42501';
}
