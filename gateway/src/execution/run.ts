import type { Data } from './data.js';
import type { Failures } from './failures.js';
import type { Send } from './service-call.js';

/** One request on its way through a plan. */
export interface Run {
  readonly variables: Readonly<Record<string, unknown>>;
  /** The answer in the making: everything that was found, more than was asked for. */
  readonly data: Data;
  /** What services said is wrong. */
  readonly errors: unknown[];
  /** Services that said nothing. */
  readonly failures: Failures;
  readonly send: Send;
}

export type Step = (run: Run) => Promise<unknown>;
