import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { DevelopmentIssuer } from '@samspill/development-issuer';
import {
  closeOnSignal,
  gatewayNodeOptions,
  isProduction,
  readEnvironment,
  regionEnvironment,
  run,
} from '@samspill/environment';
import { createLog } from '@samspill/hosting';
import { issuersOf } from '@samspill/identity';
import { developmentIssuerFor } from './development.js';
import { type PostgresServer, startPostgres } from './postgres-server.js';
import { serviceNames } from './tools/service-names.js';
import { toolKey } from './tools/tool-key.js';

const require = createRequire(import.meta.url);

interface Member {
  readonly name: string;
  readonly port: number;
  readonly program: string;
  readonly nodeOptions?: readonly string[];
  child?: ChildProcess;
}

/**
 * `npm run start:distributed`: the gateway and every service as a process of its own, on PostgreSQL. For
 * developing and for trying out failures; in production the orchestrator does what this does here. A
 * member that dies is started again, so `kill -9` of one of them shows what its users would see.
 */
run(async () => {
  const environment = readEnvironment(regionEnvironment);
  let closing = false;
  let postgres: PostgresServer | null = null;
  let development: DevelopmentIssuer | null = null;
  const members: Member[] = [];
  closeOnSignal(
    async () => {
      closing = true;
      // From the outside in: each one still needs the next while it finishes.
      await Promise.all(members.filter(({ name }) => name === 'gateway').map(stop));
      await Promise.all(members.map(stop));
      await postgres?.stop();
      await development?.close();
    },
    () => say('Finishing what is in flight …'),
  );
  // A terminal that is closed says it in its own way, and the members no longer hear it.
  process.once('SIGHUP', () => process.kill(process.pid, 'SIGTERM'));

  if (!environment.DATABASE_URL) {
    say('Starting a PostgreSQL of its own (set DATABASE_URL to use another) …');
    postgres = startPostgres(environment.DATA_DIR);
  }
  const databaseUrl = environment.DATABASE_URL ?? ((await postgres?.url) as string);
  // The members trust whom this process trusts, and make the keys between them in DATA_DIR.
  development = await developmentIssuerFor(environment, createLog(environment.LOG_LEVEL, 'issuer'));
  const issuers = JSON.stringify([
    ...issuersOf(environment),
    ...(development ? [development.configuration] : []),
    ...(isProduction(environment) ? [] : [(await toolKey(environment.DATA_DIR)).issuer]),
  ]);
  const urls = Object.fromEntries(
    serviceNames.map((name, at) => [name, `http://${environment.HOST}:${environment.PORT + 1 + at}/graphql`]),
  );
  members.push(
    ...serviceNames.map((name, at) => ({
      name,
      port: environment.PORT + 1 + at,
      program: require.resolve(`@samspill/${name}/main`),
    })),
    {
      name: 'gateway',
      port: environment.PORT,
      program: require.resolve('@samspill/gateway/main'),
      nodeOptions: gatewayNodeOptions,
    },
  );

  const start = (member: Member) => {
    const args = ['--enable-source-maps', ...(member.nodeOptions ?? []), member.program];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      // In a group of its own: Ctrl+C means this process, which stops them in order.
      detached: true,
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        ISSUERS: issuers,
        DEVELOPMENT_ISSUER: String(development !== null),
        PORT: String(member.port),
        PUBLIC_URL: environment.PUBLIC_URL ?? `http://${environment.HOST}:${environment.PORT}`,
        DEMO: String(environment.DEMO ?? postgres !== null),
        ...Object.fromEntries(Object.entries(urls).map(([name, url]) => [`${name.toUpperCase()}_URL`, url])),
      },
    });
    member.child = child;
    child.once('exit', (code, signal) => {
      if (closing) return;
      say(`${member.name} ended (${signal ?? `code ${code}`}); starting it again`);
      setTimeout(() => closing || start(member), 1_000);
    });
  };

  for (const member of members) {
    if (closing) return;
    start(member);
    say(`${member.name.padEnd(10)} http://${environment.HOST}:${member.port}  process ${member.child?.pid}`);
  }
  await ready(`http://${environment.HOST}:${environment.PORT}/health/ready`, members.length - 1);
  say(
    `\nSamspill is running in five processes.\n  Playground  http://${environment.HOST}:${environment.PORT}/\n${development ? `  Log in as   ${development.issuer}/tokens  (for developing only)\n` : ''}Stop it with Ctrl+C.\n`,
  );
});

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function stop({ child }: Member): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

/** Waits until the gateway reaches every service. */
async function ready(url: string, services: number): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      const { services: states = {} } = (await response.json()) as { services?: Record<string, string> };
      if (Object.values(states).filter((state) => state === 'up').length === services) return;
    } catch {
      // Not listening yet; a member that cannot start says so itself.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
