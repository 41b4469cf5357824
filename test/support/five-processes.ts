import type { IssuerConfiguration } from '@samspill/identity';
import pg from 'pg';
import { type Distributed, startDistributed } from './distributed.js';

export { SERVICES, type Service } from './distributed.js';

export interface FiveProcesses extends Distributed {
  /** Runs SQL as the user that owns the tables. */
  sql<Row extends object>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Five processes with demo data, which believe further issuers, and whose database a test can look into. */
export async function startFiveProcesses(
  options: { issuers?: readonly IssuerConfiguration[] } = {},
): Promise<FiveProcesses> {
  const graph = await startDistributed(options);
  const pool = new pg.Pool({ connectionString: graph.databaseUrl, max: 2 });
  return {
    ...graph,
    sql: async (statement, parameters = []) => (await pool.query(statement, [...parameters])).rows,
    async [Symbol.asyncDispose]() {
      await pool.end();
      await graph[Symbol.asyncDispose]();
    },
  };
}
