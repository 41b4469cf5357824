import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceKey } from '@samspill/identity';
import pg from 'pg';
import { NOTHING_SHARED } from './contestants.ts';
import { freePort } from './free-port.ts';
import { cpuSecondsOfChildren, lastWords, message, type Running, start } from './processes.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** How Samspill is hosted: what its processes are, and on which database. */
export interface Hosting {
  readonly name: string;
  /** Whether the database works in its process. */
  readonly databaseInside: boolean;
  /** Starts it anew on a database with demo data; `postgres` is a server's address. */
  start(postgres: string): Promise<RunningHosting>;
}

export interface RunningHosting extends Disposable {
  /** Where it answers GraphQL. */
  readonly url: string;
  /** All its Node processes. */
  readonly processes: readonly Running[];
  /** @throws with the last words of one that has ended. */
  assertRunning(): void;
}

const master = randomBytes(32);
const key = () => randomBytes(32).toString('base64url');

/** As in production, and without what belongs to the gateway alone: answers kept or shared. */
const environment = {
  HOST: '127.0.0.1',
  LOG_LEVEL: 'warn',
  DEMO: 'true',
  AUDIT_KEY: key(),
  LINK_KEY: key(),
  GATEWAY_KEY: master.toString('base64url'),
  PLAYGROUND: 'false',
  ...NOTHING_SHARED,
};

const services = ['tenders', 'suppliers', 'dialogue', 'events'];

export const hostings: readonly Hosting[] = [
  {
    name: 'one process, embedded database',
    databaseInside: true,
    start: () => oneProcess({}),
  },
  {
    name: 'one process, PostgreSQL',
    databaseInside: false,
    start: async (postgres) => oneProcess({ DATABASE_URL: await database(postgres, 'one_process') }),
  },
  {
    name: 'five processes, PostgreSQL',
    databaseInside: false,
    start: async (postgres) => fiveProcesses({ DATABASE_URL: await database(postgres, 'five_processes') }),
  },
];

async function oneProcess(own: Record<string, string>): Promise<RunningHosting> {
  return running(async (run) => {
    const port = await freePort();
    await run('packages/region/dist/start.js', { ...own, PORT: String(port) });
    return port;
  });
}

async function fiveProcesses(own: Record<string, string>): Promise<RunningHosting> {
  return running(async (run) => {
    const urls: Record<string, string> = {};
    for (const service of services) {
      const port = await freePort();
      urls[`${service.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/graphql`;
      await run(`services/${service}/dist/main.js`, {
        ...own,
        PORT: String(port),
        ASSERTION_KEYS: Buffer.from(serviceKey(master, service)).toString('base64url'),
      });
    }
    const port = await freePort();
    await run('gateway/dist/main.js', { ...urls, PORT: String(port) });
    return port;
  });
}

type Run = (program: string, own: Record<string, string>) => Promise<void>;

/** Programs of ours on the measured core, with a directory for their data. */
async function running(startAll: (run: Run) => Promise<number>): Promise<RunningHosting> {
  const stack = new DisposableStack();
  const { path: directory } = stack.use(temporaryDirectory());
  const processes: Running[] = [];
  const words: (() => string)[] = [];
  const port = await startAll(async (program, own) => {
    const command = [process.execPath, fileURLToPath(new URL(`../../${program}`, import.meta.url))];
    const started = stack.use(
      start(command, 'measured', { environment: { ...environment, DATA_DIR: directory, ...own } }),
    );
    words.push(lastWords(started));
    processes.push(started);
  });
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    processes,
    assertRunning() {
      const ended = processes.findIndex(({ child }) => child.exitCode !== null);
      if (ended >= 0)
        throw new Error(`${processes[ended]?.child.spawnargs.at(-1)} ended: ${words[ended]?.()}`);
    },
    [Symbol.dispose]: () => stack.dispose(),
  };
}

export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  /** Of all its processes. */
  cpuSeconds(): number;
}

/**
 * A PostgreSQL of its own, on the core of those that serve the measurement.
 * @param settings of the server besides, such as `shared_buffers=1GB`
 */
export async function startServer(...settings: string[]): Promise<RunningServer> {
  const temporary = temporaryDirectory();
  const { path: directory } = temporary;
  // As root, the server runs as somebody else, who must get in.
  chmodSync(directory, 0o755);
  const program = fileURLToPath(new URL('../../packages/region/dist/postgres-process.js', import.meta.url));
  const server = start([process.execPath, program, directory, ...settings], 'serving', {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // It takes its own processes along when it is told to end.
    signal: 'SIGTERM',
  });
  const ended = once(server.child, 'exit');
  const url = await message<string>(server);
  const file = join(directory, 'postgres-18', 'postmaster.pid');
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return {
    url,
    cpuSeconds: () => cpuSecondsOfChildren({ pid }),
    async [Symbol.asyncDispose]() {
      server[Symbol.dispose]();
      await ended;
      temporary[Symbol.dispose]();
    },
  };
}

/** The database of a hosting, made on first use; the demo data stays in it from round to round. */
async function database(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
