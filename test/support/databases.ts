import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';

/** Both kinds of database; end-to-end tests run on each. */
export const databaseKinds = ['embedded', 'postgresql'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

export interface TestDatabase extends AsyncDisposable {
  /** What to start a region with. */
  readonly options: { databaseUrl?: string; dataDirectory?: string };
  /** The same for a process of its own. */
  readonly environment: Record<string, string>;
}

/** An empty database that goes away with the test. `onDisk` keeps the embedded one in a folder, for tests that kill. */
export async function emptyDatabase(kind: DatabaseKind, { onDisk = false } = {}): Promise<TestDatabase> {
  return kind === 'postgresql' ? emptyPostgres() : emptyEmbedded(onDisk);
}

async function emptyEmbedded(onDisk: boolean): Promise<TestDatabase> {
  if (!onDisk) return { options: {}, environment: {}, [Symbol.asyncDispose]: async () => undefined };
  const directory = mkdtempSync(join(tmpdir(), 'samspill-data-'));
  return {
    options: { dataDirectory: directory },
    environment: { DATA_DIR: directory },
    [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function emptyPostgres(): Promise<TestDatabase> {
  const server = new URL(inject('postgresUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    options: { databaseUrl: url.href },
    environment: { DATABASE_URL: url.href },
    [Symbol.asyncDispose]: () => administer(`drop database if exists ${name} with (force)`),
  };
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
