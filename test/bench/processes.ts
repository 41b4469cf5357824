import { type ChildProcess, type StdioOptions, spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Whether what is measured can be kept apart from what loads it. */
export const pinned = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** The measured process is alone on the first core; whatever serves the measurement shares the second. */
export type Core = 'measured' | 'serving';

export interface Running extends Disposable {
  readonly child: ChildProcess;
  readonly pid: number;
}

const started = new Map<ChildProcess, () => void>();
process.once('exit', () => {
  for (const stop of started.values()) stop();
});

/** Starts a program of this repository, by its path from the root. It does not outlive the benchmark. */
export function startProgram(path: string, core: Core, environment: Record<string, string> = {}): Running {
  const program = fileURLToPath(new URL(`../../${path}`, import.meta.url));
  return start([process.execPath, program], core, {
    environment,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
}

export interface StartOptions {
  readonly environment?: Record<string, string>;
  /** The directory that it runs in. */
  readonly directory?: string;
  /** @default ['ignore', 'pipe', 'pipe'] */
  readonly stdio?: StdioOptions;
  /**
   * How it is ended; one that has processes of its own must be told, and take them along.
   * @default 'SIGKILL'
   */
  readonly signal?: NodeJS.Signals;
}

/** Starts any program, with the core that it may use. It does not outlive the benchmark. */
export function start(command: readonly string[], core: Core, options: StartOptions = {}): Running {
  const { environment, directory, stdio = ['ignore', 'pipe', 'pipe'], signal = 'SIGKILL' } = options;
  const [program, ...args] = pinned
    ? ['taskset', '-c', core === 'measured' ? '0' : '1', ...command]
    : command;
  const child = spawn(program as string, args, {
    stdio,
    cwd: directory,
    // Nothing of ours: neither options of Node nor the configuration of a region.
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
  });
  const stop = () => void child.kill(signal);
  started.set(child, stop);
  child.once('exit', () => started.delete(child));
  return { child, pid: child.pid as number, [Symbol.dispose]: stop };
}

/** The next message of a process. @throws when it ends instead. */
export function message<T>({ child }: Running): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (value) => {
      child.off('exit', ended);
      resolve(value as T);
    });
  });
}

/** The first `url` that a process writes in its log. @throws when it ends instead, with what it wrote. */
export function addressInLog({ child }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    child.once('exit', (code) => reject(new Error(`${child.spawnargs.at(-1)} ended with ${code}\n${log}`)));
    // Goes on reading after that, as a full pipe would stop the process.
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      log += text;
      const [, url] = /"url":"([^"]+)"/.exec(log) ?? [];
      if (url) resolve(url);
    });
  });
}

/** How much of what a process says is kept, for when it fails. */
const LAST_WORDS = 2_000;

/** Reads what a process says, as a full pipe would stop it, and answers with the end of it when asked. */
export function lastWords({ child }: Running): () => string {
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output?.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-LAST_WORDS);
    });
  }
  return () => said.trim();
}

/**
 * The seconds that a process, with all its threads, has had of a processor; NaN where the system does not say.
 * In nanoseconds from the scheduler, as the usual figure counts in hundredths of a second.
 */
export function cpuSeconds({ pid }: Pick<Running, 'pid'>): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e9;
  } catch {
    return Number.NaN;
  }
}

/** The same of all the processes that one has started. */
export function cpuSecondsOfChildren({ pid }: Pick<Running, 'pid'>): number {
  try {
    const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
    return children.reduce((sum, child) => sum + cpuSeconds({ pid: Number(child) }), 0);
  } catch {
    return Number.NaN;
  }
}

function parentOf(process: string): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]);
  } catch {
    // It has ended since it was listed.
    return null;
  }
}

/** How much memory a process has in use now, and has had at most, in MB; NaN where the system does not say. */
export function memory({ pid }: Pick<Running, 'pid'>): { readonly now: number; readonly peak: number } {
  let status = '';
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // No such file on this system, which is what NaN says.
  }
  const megabytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** Holds a process, so that it takes nothing from one that is measured, until it is told to go on. */
export const hold = ({ child }: Running): void => void child.kill('SIGSTOP');
export const goOn = ({ child }: Running): void => void child.kill('SIGCONT');
