import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { readEnvironment, regionEnvironment } from '@samspill/environment';
import { closeOnSignal, run } from '@samspill/hosting';
import { startPostgres } from './postgres-server.js';

const require = createRequire(import.meta.url);
const SERVICES = ['tenders', 'suppliers', 'dialogue', 'events'] as const;

interface Member {
  readonly name: string;
  readonly port: number;
  readonly program: string;
  child?: ChildProcess;
}

/**
 * `npm run start:distributed`: the gateway and every service as a process of its own, on PostgreSQL. For
 * developing and for trying out failures; in production the orchestrator does what this does here. A
 * member that dies is started again, so `kill -9` of one of them shows what its users would see.
 */
run(async () => {
  const environment = readEnvironment(regionEnvironment);
  const postgres = environment.DATABASE_URL ? null : await startPostgres(environment.DATA_DIR, say);
  const databaseUrl = environment.DATABASE_URL ?? (postgres?.url as string);
  const urls = Object.fromEntries(
    SERVICES.map((name, at) => [name, `http://${environment.HOST}:${environment.PORT + 1 + at}/graphql`]),
  );
  const members: Member[] = [
    ...SERVICES.map((name, at) => ({
      name,
      port: environment.PORT + 1 + at,
      program: require.resolve(`@samspill/${name}/main`),
    })),
    { name: 'gateway', port: environment.PORT, program: require.resolve('@samspill/gateway/main') },
  ];
  let closing = false;

  const start = (member: Member) => {
    const child = spawn(process.execPath, ['--enable-source-maps', member.program], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PORT: String(member.port),
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
    start(member);
    say(`${member.name.padEnd(10)} http://${environment.HOST}:${member.port}  process ${member.child?.pid}`);
  }
  closeOnSignal(
    async () => {
      closing = true;
      await Promise.all(members.map(stop));
      await postgres?.stop();
    },
    () => say('Finishing what is in flight …'),
  );
  await ready(`http://${environment.HOST}:${environment.PORT}/health/ready`, members.length - 1);
  say(
    `\nSamspill is running in five processes.\n  Playground  http://${environment.HOST}:${environment.PORT}/\nStop it with Ctrl+C.\n`,
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
