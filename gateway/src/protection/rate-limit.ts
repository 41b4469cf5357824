import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { Messages } from '@samspill/subgraph/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { foundOf } from '../fast-lane/handed-on.js';
import { redisToDoWithout, whileItAnswers } from '../redis.js';
import { Refusal } from '../refusals.js';

export interface RateLimitOptions {
  /**
   * How many requests one actor may make in a minute; without a token, one address. 0 is any number.
   * @default 0
   */
  perMinute?: number;
  /**
   * A Redis or Valkey where replicas count together.
   * @default none: each process counts for itself, so that n replicas let through n times as many
   */
  redisUrl?: string;
}

/** Who is counted: as a request of Fastify's, or known from its connection alone. */
export type Asking = Pick<FastifyRequest, 'identity' | 'ip'> & { readonly routeOptions: object };

/** How the limit stands with a request counted. */
export interface Counted {
  readonly max: number;
  readonly remaining: number;
  readonly ttlInSeconds: number;
  readonly isExceeded: boolean;
}

export interface RateLimit extends AsyncDisposable {
  /** Counts a request; undefined where nobody is limited. */
  readonly count: ((asking: Asking) => Promise<Counted | undefined>) | undefined;
  /** Counts a token that was not believed, against the address that it came from. @throws Refusal beyond the limit. */
  countRefusedToken(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** Whoever tries tokens out, or has forgotten one in a loop, is told so ten times sooner. */
const COST_OF_REFUSED_TOKEN = 10;

/** How many actors are remembered in memory. Fewer, and one with many addresses would wash the others out. */
const REMEMBERED = 100_000;

/** How long a request waits to be counted, in milliseconds. */
const PATIENCE = 250;

/**
 * Limits requests by who asks, so it runs after identity is known. Those who share an address, as a
 * municipality does behind one, share a limit only as long as they have not logged in.
 *
 * When Redis does not answer, everybody is let through and the log says so once: a limit is there to keep
 * the endpoint up, and must not be what takes it down.
 */
export async function useRateLimit(
  app: FastifyInstance,
  log: Logger,
  options: RateLimitOptions = {},
): Promise<RateLimit> {
  const { perMinute = 0, redisUrl } = options;
  if (perMinute === 0) {
    return {
      count: undefined,
      countRefusedToken: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }
  const redis = redisUrl === undefined ? null : redisToDoWithout(redisUrl, PATIENCE);
  await redis?.connect().catch(() => undefined);
  await app.register(fastifyRateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: REMEMBERED,
    keyGenerator: actorOf,
    ...(redis && { redis, nameSpace: 'samspill:rate:' }),
  });
  const countOne = app.createRateLimit();
  const unlessItFails = whileItAnswers(log, {
    gone: 'Redis does not answer, so nobody is held to the rate limit',
    back: 'Requests are counted again',
  });

  const count = (asking: Asking) =>
    unlessItFails(async (): Promise<Counted | undefined> => {
      // It reads nothing of a request but what we count by, and how its route is configured.
      const state = await countOne(asking as FastifyRequest);
      return state.isAllowed ? undefined : state;
    });
  const tell = (counted: Counted | undefined, reply: FastifyReply) => {
    if (!counted) return;
    reply.headers(headersOf(counted));
    if (counted.isExceeded) throw tooMany(counted.max, Math.max(1, counted.ttlInSeconds));
  };
  app.addHook('onRequest', async (request, reply) => {
    const url = request.routeOptions.url ?? '';
    // Probes must not make a gateway look dead.
    if (url === '/health' || url.startsWith('/health/')) return;
    tell(foundOf(request.raw).counted ?? (await count(request)), reply);
  });
  return {
    count,
    countRefusedToken: async (request, reply) => {
      for (let i = 0; i < COST_OF_REFUSED_TOKEN; i++) tell(await count(request), reply);
    },
    [Symbol.asyncDispose]: async () => redis?.disconnect(),
  };
}

export function headersOf({ max, remaining, ttlInSeconds }: Counted): Record<string, number> {
  return { 'ratelimit-limit': max, 'ratelimit-remaining': remaining, 'ratelimit-reset': ttlInSeconds };
}

/** Who is counted: the pseudonym of a person, the client of a machine, or where it came from. */
function actorOf({ identity, ip }: Asking): string {
  if (identity.kind === 'PERSON') return `person:${identity.personId}`;
  if (identity.kind === 'SERVICE') return `client:${identity.issuer}/${identity.clientId}`;
  // Of IPv6 the network counts: whoever has one address there has as many as they like.
  return `address:${normalizeIP(ip)}`;
}

function tooMany(limit: number, seconds: number): Refusal {
  const messages: Messages = {
    nb: `Det kom flere enn ${limit} forespørsler på ett minutt. Prøv igjen om ${seconds} sekunder.`,
    nn: `Det kom fleire enn ${limit} førespurnader på eitt minutt. Prøv igjen om ${seconds} sekund.`,
    en: `More than ${limit} requests came in one minute. Try again in ${seconds} seconds.`,
  };
  return new Refusal(429, 'RATE_LIMITED', messages, { headers: { 'retry-after': String(seconds) } });
}
