import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
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

/** Starts a program of this repository, by its path from the root. It does not outlive the benchmark. */
export function startProgram(path: string, core: Core, environment: Record<string, string> = {}): Running {
  const node = [process.execPath, fileURLToPath(new URL(`../../${path}`, import.meta.url))];
  const [command, ...args] = pinned ? ['taskset', '-c', core === 'measured' ? '0' : '1', ...node] : node;
  const child = spawn(command as string, args, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Nothing of ours: neither options of Node nor the configuration of a region.
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
  });
  const stop = () => void child.kill('SIGKILL');
  process.once('exit', stop);
  child.once('exit', () => process.off('exit', stop));
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

/**
 * The seconds that a process, with all its threads, has had of a processor; NaN where the system does not say.
 * In nanoseconds from the scheduler, as the usual figure counts in hundredths of a second.
 */
export function cpuSeconds({ pid }: Running): number {
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
