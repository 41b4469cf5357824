import { mkdirSync } from 'node:fs';
import { type Database, openDatabase } from '@samspill/database';
import { MessageBus } from '@samspill/messages';
import { type ServiceHost, safeLog } from '@samspill/subgraph';
import { type Clock, systemClock, withoutDetail } from '@samspill/values';
import pino, { type Logger } from 'pino';

export interface HostOptions {
  /** A PostgreSQL address. Without it the embedded database is used. */
  databaseUrl?: string;
  /** The same database as its owner; `databaseUrl` unless the services connect as another user. */
  databaseOwnerUrl?: string;
  /** Where the embedded database keeps its data; in memory when left out. */
  dataDirectory?: string;
  log: Logger;
  /** @default systemClock */
  clock?: Clock;
  onStatement?: ServiceHost['onStatement'];
  permission?: ServiceHost['permission'];
  administrators?: ServiceHost['administrators'];
  personas?: ServiceHost['personas'];
  publicUrl?: ServiceHost['publicUrl'];
  linkKey?: ServiceHost['linkKey'];
  files?: ServiceHost['files'];
  mail?: ServiceHost['mail'];
  scan?: ServiceHost['scan'];
  /** The role that connections have from the start: a service that is alone in its process has one of its own. */
  publicRole?: string;
}

export interface Host extends ServiceHost {
  close(): Promise<void>;
}

/** Opens everything that services share: one database, one message bus, one clock, one log. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { log, clock = systemClock, onStatement, permission, administrators, personas } = options;
  const { publicUrl, linkKey, files, mail, scan } = options;
  if (!options.databaseUrl && options.dataDirectory) mkdirSync(options.dataDirectory, { recursive: true });
  const database: Database = await openDatabase({
    url: options.databaseUrl,
    ownerUrl: options.databaseOwnerUrl,
    dataDirectory: options.dataDirectory,
    publicRole: options.publicRole,
  });
  try {
    const bus = await MessageBus.open(database, {
      onError: (error, message) =>
        message
          ? log.error({ err: plainFault(error), message }, 'A message was not handled')
          : log.error({ err: plainFault(error) }, 'The message queue had a fault'),
    });
    return {
      database,
      bus,
      clock,
      log,
      onStatement,
      permission,
      administrators,
      personas,
      publicUrl,
      linkKey,
      files,
      mail,
      scan,
      close: async () => {
        await bus.close();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * What a log line says of an error. A driver hangs its client on errors, and the queue copies everything on
 * them: the whole connection, its password included, would stand in the log.
 */
export function plainFault(error: Error): { type: string; message: string; code?: string; stack?: string } {
  const { name, message, stack } = error;
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: name ?? 'Error',
    message: withoutDetail(message),
    code,
    stack: stack && withoutDetail(stack),
  };
}

/** One JSON object a line, without the fields that say nothing to an operator. */
export function createLog(level: string, process: string): Logger {
  return safeLog(pino({ level, base: { process } }));
}
