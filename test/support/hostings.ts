import { startDistributed } from './distributed.js';
import { type Answer, startTestRegion } from './region.js';
import type { Who } from './tokens.js';

/** Somewhere to ask. What answers is none of a test's business. */
export interface Graph extends AsyncDisposable {
  readonly url: string;
  query(query: string, variables?: object, headers?: Record<string, string>, as?: Who): Promise<Answer>;
}

/** Every way in which the product is run; each passes the same suites. */
export const hostings = {
  'the region on its embedded database': () => startTestRegion('embedded'),
  'the region on PostgreSQL': () => startTestRegion('postgresql'),
  'five processes on PostgreSQL': () => startDistributed(),
} satisfies Record<string, () => Promise<Graph>>;

export type Hosting = keyof typeof hostings;
