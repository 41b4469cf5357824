import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPostgreSqlTypeParsers } from '@mikro-orm/postgresql';
import { Kysely, PostgresDialect } from 'kysely';
import { Client, Pool, TypeOverrides } from 'pg';
import { parse as parseArray } from 'postgres-array';
import { type ChangeFeed, changesOfPglite, changesOfPostgres } from './change-feed.js';
import { claimDataDirectory } from './data-directory.js';
import { EmbeddedConnection, EmbeddedDialect } from './embedded-dialect.js';
import { emptyDatabase } from './empty-database.js';
import { PUBLIC_ROLE } from './roles.js';
import { keptName } from './rows/kept-statements.js';

/**
 * One PostgreSQL, embedded or real, opened once by whoever hosts the services and shared by them.
 * Services get it passed in and cannot tell which kind it is.
 */
export interface Database {
  /**
   * What every MikroORM instance runs on: a connection (PGlite) or pool (PostgreSQL) whose role is the public's.
   * Whoever is more than the public takes on another role for a transaction.
   */
  readonly kysely: Kysely<unknown>;
  /** The same as the user that connects, who owns the tables and whom no policy stops. For migrations alone. */
  readonly owner: Kysely<unknown>;
  /** The user that `kysely` connects as, where it is not the owner. */
  readonly login: string | null;
  /** The name of the database, as PostgreSQL knows it. */
  readonly name: string;
  /** What the message queue opens its own connection on. Everybody else uses `kysely`, through MikroORM. */
  readonly native:
    | { kind: 'pglite'; pglite: Pick<PGlite, 'query' | 'exec' | 'listen'> }
    | { kind: 'postgresql'; url: string };
  /** What it says of changes in the services' tables, whoever made them. */
  readonly changes: ChangeFeed;
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
  /**
   * The same database as the user that owns the tables: migrations and the queue use it. A service whose own user
   * does not own them could not even read more than its roles may if its SQL were taken over.
   * @default url
   */
  ownerUrl?: string;
  /** Where the embedded database keeps its data. Without it the data lives in memory only. */
  dataDirectory?: string;
  /** Largest number of connections to a real PostgreSQL. @default 10 */
  maxConnections?: number;
  /**
   * The role that connections have from the start.
   * @default 'samspill_public', the public to all services
   */
  publicRole?: string;
}

export function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { publicRole = PUBLIC_ROLE } = options;
  return options.url
    ? openPostgres(options.url, options.ownerUrl ?? options.url, publicRole, options.maxConnections)
    : openEmbedded(publicRole, options.dataDirectory);
}

/**
 * Dates stay text until MikroORM makes of them what the entity says; without this, `date` columns would
 * be shifted into the machine's time zone.
 */
const typeParsers = createPostgreSqlTypeParsers((text) => parseArray(text, (entry) => entry));

async function openPostgres(
  url: string,
  ownerUrl: string,
  publicRole: string,
  maxConnections = 10,
): Promise<Database> {
  const types = new TypeOverrides();
  for (const [oid, parser] of Object.entries(typeParsers)) types.setTypeParser(Number(oid), parser);
  const pool = new Pool({
    Client: KeepingClient,
    connectionString: url,
    max: maxConnections,
    types,
    application_name: 'samspill',
    onConnect: (client) => client.query(`set role "${publicRole}"`) as Promise<never>,
  });
  // Migrations and locks, at the start; afterwards it has no connections.
  const ownersPool = new Pool({
    connectionString: ownerUrl,
    max: 4,
    types,
    application_name: 'samspill-owner',
    idleTimeoutMillis: 1_000,
  });
  // A server that goes away is reported by the query that needed it; an unheard 'error' event would end the process.
  for (const each of [pool, ownersPool]) each.on('error', () => undefined);
  const name = (await ownersPool.query('select current_database() as name')).rows[0].name as string;
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: ownersPool }) });
  const changes = changesOfPostgres(url);
  return {
    kysely,
    owner,
    name,
    login: ownerUrl === url ? null : await userOf(url),
    native: { kind: 'postgresql', url: ownerUrl },
    changes,
    exclusively: async (name, work) => {
      const client = await ownersPool.connect();
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
    close: async () => {
      await Promise.all([changes.close(), kysely.destroy(), owner.destroy()]);
    },
  };
}

/** A connection on which PostgreSQL keeps the statements that are to be kept. */
class KeepingClient extends Client {
  // biome-ignore lint/suspicious/noExplicitAny: it has a dozen forms, of which the one with a text and values is meant
  override query(...args: any[]): any {
    const [text, values] = args;
    const name = typeof text === 'string' && args.length === 2 ? keptName(text) : undefined;
    return super.query(...((name ? [{ name, text, values }] : args) as [string]));
  }
}

async function userOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query('select session_user as name')).rows[0].name as string;
  } finally {
    await client.end();
  }
}

async function openEmbedded(publicRole: string, dataDirectory?: string): Promise<Database> {
  const release = dataDirectory ? claimDataDirectory(dataDirectory) : () => undefined;
  try {
    const pglite = await openPglite(dataDirectory);
    const connection = new EmbeddedConnection(pglite);
    const kysely = new Kysely<unknown>({ dialect: new EmbeddedDialect(connection, publicRole) });
    const owner = new Kysely<unknown>({ dialect: new EmbeddedDialect(connection, null) });
    const native = { kind: 'pglite', pglite: connection.asOwner() } as const;
    const changes = changesOfPglite(native.pglite);
    return {
      kysely,
      owner,
      login: null,
      name: (await pglite.query<{ name: string }>('select current_database() as name')).rows[0]
        ?.name as string,
      native,
      changes,
      exclusively: (_name, work) => work(),
      close: async () => {
        await changes.close();
        await kysely.destroy();
        await owner.destroy();
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
