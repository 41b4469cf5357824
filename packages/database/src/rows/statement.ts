import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';
import { keepStatement } from './kept-statements.js';

export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /**
   * Whether PostgreSQL may parse and plan it once and for all: only where no value that is asked for could make
   * another plan the better one.
   */
  readonly isKept: boolean;
}

/** Asks what this unit of work may ask: under its role, and with its variables, where it has any. */
export async function rowsOf<R extends object>(em: EntityManager, statement: Statement): Promise<R[]> {
  const isUnderRole = em.getSessionContext() !== undefined && !em.isInTransaction();
  return isUnderRole ? em.transactional((transaction) => send(transaction, statement)) : send(em, statement);
}

async function send<R>(em: EntityManager, { sql, parameters, isKept }: Statement): Promise<R[]> {
  if (isKept) keepStatement(sql);
  const began = performance.now();
  try {
    const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(sql, [...parameters]));
    const took = Math.round(performance.now() - began);
    em.config.getLogger().logQuery({ query: sql, took, results: rows.length, level: 'info' });
    return rows as R[];
  } catch (error) {
    // What a failure is called must not depend on who sent the statement.
    throw em
      .getPlatform()
      .getExceptionConverter()
      .convertException(error as Error);
  }
}
