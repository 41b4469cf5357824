import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@samspill/region/postgres-server';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server's address, with a database that tests leave alone. */
    postgresUrl: string;
  }
}

/** One PostgreSQL 18 for the whole run; each test that needs one makes a database of its own on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-postgres-'));
  // Run by root, PostgreSQL works as a user of its own, who must be able to pass through here.
  chmodSync(directory, 0o755);
  const postgres = startPostgres(directory);
  project.provide('postgresUrl', await postgres.url);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}
