import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, type Verdict, type VerifyOptions, verifyChain } from '@samspill/audit';
import { type Database, DataDirectoryInUse, openDatabase } from '@samspill/database';
import { MendableError } from '@samspill/environment';
import { sql, type Transaction } from 'kysely';

/** The audit logs of a database, to be read and by nobody changed. */
export interface AuditLogs {
  /** How it is called, for whoever reads the report. */
  readonly description: string;
  /** Null when the service has no log here. */
  verify(service: string, options: VerifyOptions): Promise<Verdict | null>;
  checkpoints(service: string): Promise<Checkpoint[] | null>;
  close(): Promise<void>;
}

/**
 * Opens the database as it is: nothing is made, nothing is migrated.
 * @throws MendableError when it is not there, or belongs to a region that runs.
 */
export async function openAuditLogs(options: {
  databaseUrl?: string;
  /** The same database, as the owner of its tables, where the services connect as somebody else. */
  databaseOwnerUrl?: string;
  dataDirectory: string;
}): Promise<AuditLogs> {
  const { databaseUrl, databaseOwnerUrl } = options;
  const database = databaseUrl
    ? await openPostgres(databaseUrl, databaseOwnerUrl)
    : await openEmbedded(options.dataDirectory);
  return {
    description: options.databaseUrl
      ? `the database ${database.name}`
      : `the data in ${options.dataDirectory}`,
    verify: (service, how) =>
      reading(database, service, (read) => verifyChain((text) => rows(read, text), service, how)),
    checkpoints: (service) => reading(database, service, (read) => checkpointsOf(read, service)),
    close: () => database.close(),
  };
}

async function openPostgres(url: string, ownerUrl?: string): Promise<Database> {
  try {
    return await openDatabase({ url: ownerUrl ?? url });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Not the address: it has a password in it.
    throw new MendableError(
      `The database of ${ownerUrl ? 'DATABASE_OWNER_URL' : 'DATABASE_URL'} does not answer (${message || code}).`,
    );
  }
}

async function openEmbedded(dataDirectory: string): Promise<Database> {
  // Whoever opens a directory without one makes one.
  if (!existsSync(join(dataDirectory, 'postgres.complete'))) {
    throw new MendableError(
      `There is no embedded database in ${dataDirectory}. Say with DATA_DIR where it is, or with DATABASE_URL which PostgreSQL it is.`,
    );
  }
  try {
    return await openDatabase({ dataDirectory });
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    throw new MendableError(
      `An embedded database belongs to one process at a time, and the one in ${dataDirectory} is in use by process ${error.processId}. Stop that process (a running region with Ctrl+C) and verify again. A PostgreSQL (DATABASE_URL) can be verified while the region runs.`,
    );
  }
}

type Reading = Transaction<unknown>;

/** Everything about a service as of one moment, in a transaction that can change nothing. */
function reading<T>(
  database: Database,
  service: string,
  work: (read: Reading) => Promise<T>,
): Promise<T | null> {
  return database.owner.transaction().execute(async (read) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(read);
    const [log] = await rows<{ whole: boolean }>(
      read,
      `select pg_has_role(current_user, relowner, 'usage') or exists (
         select from pg_roles where rolname = current_user and (rolsuper or rolbypassrls)
       ) as whole from pg_class where oid = to_regclass('"${service}".audit_entry')`,
    );
    if (!log) return null;
    if (!log.whole) {
      throw new MendableError(
        `The user that connects does not own the audit log of ${service}, so the database may hide entries from it. Name the owner's address in DATABASE_OWNER_URL.`,
      );
    }
    return work(read);
  });
}

async function rows<T>(read: Reading, text: string): Promise<T[]> {
  return (await sql.raw<T>(text).execute(read)).rows;
}

/** As they were signed, to the letter: times and dates put into text by the database, not by a driver. */
async function checkpointsOf(read: Reading, service: string): Promise<Checkpoint[]> {
  const found = await rows<{ checkpoint: string }>(
    read,
    `select json_build_object('service', '${service}', 'day', day, 'sequence', sequence::text,
       'hash', encode(hash, 'hex'), 'keyId', key_id, 'signedAt', extract(epoch from signed_at)::text,
       'signature', encode(signature, 'hex'))::text as checkpoint
     from "${service}".audit_checkpoint order by sequence, day`,
  );
  return found.map(({ checkpoint }) => JSON.parse(checkpoint));
}
