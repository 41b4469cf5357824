import { type ChildProcess, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

/** The built programs, run as their users run them; `npm test` builds first. */
export const builtProgram = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface RunningProgram {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts a built program in a process group of its own, with nothing of our environment but the path. */
export function startProgram(
  path: string,
  args: readonly string[],
  { environment = {}, input }: { environment?: Record<string, string>; input?: string } = {},
): RunningProgram {
  const child = spawn(process.execPath, [builtProgram(path), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'warn', ...environment },
  });
  child.stdin.end(input);
  const exit = new Promise<[number | null, NodeJS.Signals | null]>((resolve) =>
    child.once('exit', (...how) => resolve(how)),
  );
  const ended = Promise.all([exit, text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], out, err]) => ({ code, signal, out, err }),
  );
  return { child, ended };
}

/** Runs a built program to its end. It does not outlive the test. */
export function runProgram(...how: Parameters<typeof startProgram>): Promise<Ended> {
  const program = startProgram(...how);
  onTestFinished(() => void killGroup(program.child));
  return program.ended;
}

/** Ends a program and whatever it started, at once. */
export function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** The first of `count` free ports in a row, below those that systems give to outgoing connections. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const servers: Server[] = [];
    try {
      for (let port = first; port < first + count; port++) servers.push(await listen(port));
      return first;
    } catch {
      // One of them is taken: elsewhere, then.
    } finally {
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    }
  }
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Asks again and again until the answer is not null, undefined or false. */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false>,
  { patience = 30_000, every = 100, what = 'it' } = {},
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${patience} ms for ${what}, in vain.`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
