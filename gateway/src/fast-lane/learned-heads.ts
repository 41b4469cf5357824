import type { IncomingMessage } from 'node:http';
import { RecentlyUsed } from '@samspill/subgraph/protocol';
import type { FastifyInstance } from 'fastify';

/** The names and values of headers, one after the other. */
export type Head = readonly string[];

/** What is another with every answer. */
const OF_ONE_ANSWER = new Set([
  'cache-control',
  'connection',
  'content-length',
  'etag',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'vary',
  'x-request-id',
]);

/** What a generation of heads may take of memory, and what a head takes besides its name; in bytes. */
const MOST = 100_000;
const EACH = 1_000;

/**
 * The headers of answers, learned from those of the usual way instead of written down a second time: what is said to
 * browsers for safety, which pages may read it (by `Origin`), and as what it is sent (by `Accept`).
 */
export class LearnedHeads {
  readonly #heads = new RecentlyUsed<Head>({ most: MOST, weigh: (key) => key.length + EACH });
  readonly #origins: ReadonlySet<string | undefined>;

  /** @param origins those whose pages are let in; all others get the same headers */
  constructor(origins: readonly string[] = []) {
    this.#origins = new Set(origins);
  }

  /** Undefined as long as nobody has been answered who asked like this. */
  for(request: IncomingMessage): Head | undefined {
    return this.#heads.get(this.#key(request));
  }

  /** Learns from the answers at a path. */
  use(app: FastifyInstance, path: string): void {
    app.addHook('onSend', async (request, reply) => {
      const { raw } = request;
      if (request.routeOptions.url !== path || raw.method !== 'POST' || reply.statusCode !== 200) return;
      if (this.for(raw)) return;
      const head = Object.entries(reply.getHeaders()).filter(([name]) => !OF_ONE_ANSWER.has(name));
      this.#heads.set(
        this.#key(raw),
        head.flatMap(([name, value]) => [name, String(value)]),
      );
    });
  }

  #key({ headers: { origin, accept = '' } }: IncomingMessage): string {
    return this.#origins.has(origin) ? `${origin} ${accept}` : ` ${accept}`;
  }
}
