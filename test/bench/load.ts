import { message, type Running, startProgram } from './processes.ts';

export interface Request {
  readonly headers: Record<string, string>;
  readonly body: string;
  /** The body of the answer, byte for byte. */
  readonly expected: string;
}

/** What to ask for how long. */
export interface Load {
  readonly url: string;
  /** Asked one after another, and then from the start again. */
  readonly requests: readonly Request[];
  /**
   * Digits in the requests and in what is expected that are another number of as many digits each time, so that no
   * request is like one before.
   * @default null all requests are as they are given
   */
  readonly varying?: string | null;
  readonly milliseconds: number;
  readonly connections: number;
}

export interface Measured {
  readonly requests: number;
  readonly perSecond: number;
  /** In milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export type LoadResult = Measured | { readonly fault: string };

export interface LoadGenerator extends Disposable {
  readonly running: Running;
  /** @throws when an answer is wrong or missing. */
  run(load: Load): Promise<Measured>;
}

export function startLoadGenerator(): LoadGenerator {
  const running: Running = startProgram('test/bench/load-generator.ts', 'serving');
  return {
    running,
    async run(load) {
      const answer = message<LoadResult>(running);
      running.child.send(load);
      const result = await answer;
      if ('fault' in result) throw new Error(result.fault);
      return result;
    },
    [Symbol.dispose]: () => running[Symbol.dispose](),
  };
}
