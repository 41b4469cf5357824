import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, TypeOverrides } from 'pg';
import { parse as parseArray } from 'postgres-array';
import { claimDataDirectory } from './data-directory.js';
import { EmbeddedDialect } from './embedded-dialect.js';
import { emptyDatabase } from './empty-database.js';

/**
 * One PostgreSQL, embedded or real, opened once by whoever hosts the services and shared by them.
 * Services get it passed in and cannot tell which kind it is.
 */
export interface Database {
  /** The connection (PGlite) or pool (PostgreSQL) that every MikroORM instance runs on. */
  readonly kysely: Kysely<unknown>;
  /** The name of the database, as PostgreSQL knows it. */
  readonly name: string;
  /** What the message queue opens its own connection on. Everybody else uses `kysely`, through MikroORM. */
  readonly native: { kind: 'pglite'; pglite: PGlite } | { kind: 'postgresql'; url: string };
  /**
   * Runs `work` while holding a lock that only one process of a deployment can hold at a time.
   * Embedded, the data directory's owner is alone anyway.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…`. When set, the real PostgreSQL is used. */
  url?: string;
  /** Where the embedded database keeps its data. Without it the data lives in memory only. */
  dataDirectory?: string;
  /** Largest number of connections to a real PostgreSQL. @default 10 */
  maxConnections?: number;
}

export function openDatabase(options: DatabaseOptions): Promise<Database> {
  return options.url
    ? openPostgres(options.url, options.maxConnections)
    : openEmbedded(options.dataDirectory);
}

/**
 * Dates stay text until MikroORM makes of them what the entity says; without this, `date` columns would
 * be shifted into the machine's time zone.
 */
const typeParsers = createPostgreSqlTypeParsers((text) => parseArray(text, (entry) => entry));

async function openPostgres(url: string, maxConnections = 10): Promise<Database> {
  const types = new TypeOverrides();
  for (const [oid, parser] of Object.entries(typeParsers)) types.setTypeParser(Number(oid), parser);
  const pool = new Pool({ connectionString: url, max: maxConnections, types, application_name: 'samspill' });
  // A server that goes away is reported by the query that needed it; an unheard 'error' event would end the process.
  pool.on('error', () => undefined);
  const name = (await pool.query('select current_database() as name')).rows[0].name as string;
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  return {
    kysely,
    name,
    native: { kind: 'postgresql', url },
    exclusively: async (name, work) => {
      const client = await pool.connect();
      try {
        await client.query('select pg_advisory_lock(hashtext($1))', [name]);
        try {
          return await work();
        } finally {
          await client.query('select pg_advisory_unlock(hashtext($1))', [name]);
        }
      } finally {
        client.release();
      }
    },
    close: () => kysely.destroy(),
  };
}

async function openEmbedded(dataDirectory?: string): Promise<Database> {
  const release = dataDirectory ? claimDataDirectory(dataDirectory) : () => undefined;
  try {
    const pglite = await openPglite(dataDirectory);
    const kysely = new Kysely<unknown>({ dialect: new EmbeddedDialect(pglite) });
    return {
      kysely,
      name: (await pglite.query<{ name: string }>('select current_database() as name')).rows[0]
        ?.name as string,
      native: { kind: 'pglite', pglite },
      exclusively: (_name, work) => work(),
      close: async () => {
        await kysely.destroy();
        if (!pglite.closed) await pglite.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * A first start that was killed half way leaves files that look like a database and are none, so the
 * folder counts only once a marker beside it says that it was finished.
 */
async function openPglite(dataDirectory?: string): Promise<PGlite> {
  if (!dataDirectory) {
    return PGlite.create({ loadDataDir: (await emptyDatabase()) ?? undefined, parsers: typeParsers });
  }
  const folder = join(dataDirectory, 'postgres');
  const marker = join(dataDirectory, 'postgres.complete');
  if (existsSync(marker)) return PGlite.create({ dataDir: folder, parsers: typeParsers });
  rmSync(folder, { recursive: true, force: true });
  const loadDataDir = (await emptyDatabase()) ?? undefined;
  const pglite = await PGlite.create({ dataDir: folder, loadDataDir, parsers: typeParsers });
  writeFileSync(marker, '');
  return pglite;
}
