import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { Messages } from '@samspill/subgraph';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
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
  /**
   * Paths that are not counted, by how they begin: probes must not make a gateway look dead.
   * @default ['/health/']
   */
  exempt?: readonly string[];
}

export interface RateLimit extends AsyncDisposable {
  /** Counts a token that was not believed, against the address that it came from. @throws Refusal beyond the limit. */
  countRefusedToken(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** Whoever tries tokens out, or has forgotten one in a loop, is told so ten times sooner. */
const COST_OF_REFUSED_TOKEN = 10;

/** How many actors are remembered in memory. Fewer, and one with many addresses would wash the others out. */
const REMEMBERED = 100_000;

/** After Redis has failed it is left alone for a while, so that nobody waits for it with every request. */
const PAUSE = 1_000;
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
  const { perMinute = 0, redisUrl, exempt = ['/health/'] } = options;
  if (perMinute === 0) {
    return { countRefusedToken: async () => undefined, [Symbol.asyncDispose]: async () => undefined };
  }
  const redis = redisUrl === undefined ? null : await connect(redisUrl);
  await app.register(fastifyRateLimit, {
    global: false,
    max: perMinute,
    timeWindow: 60_000,
    cache: REMEMBERED,
    keyGenerator: actorOf,
    ...(redis && { redis, nameSpace: 'samspill:rate:' }),
  });
  const count = fallingOpen(app.createRateLimit(), log);

  const limit = async (request: FastifyRequest, reply: FastifyReply, cost = 1) => {
    for (let counted = 0; counted < cost; counted++) {
      const state = await count(request);
      if (!state || state.isAllowed) return;
      reply.headers({
        'ratelimit-limit': state.max,
        'ratelimit-remaining': state.remaining,
        'ratelimit-reset': state.ttlInSeconds,
      });
      if (state.isExceeded) throw tooMany(state.max, Math.max(1, state.ttlInSeconds));
    }
  };
  app.addHook('onRequest', async (request, reply) => {
    const url = request.routeOptions.url ?? '';
    if (!exempt.some((path) => url.startsWith(path))) await limit(request, reply);
  });
  return {
    countRefusedToken: (request, reply) => limit(request, reply, COST_OF_REFUSED_TOKEN),
    [Symbol.asyncDispose]: async () => redis?.disconnect(),
  };
}

/** Who is counted: the pseudonym of a person, the client of a machine, or where it came from. */
function actorOf({ identity, ip }: FastifyRequest): string {
  if (identity.kind === 'PERSON') return `person:${identity.personId}`;
  if (identity.kind === 'SERVICE') return `client:${identity.issuer}/${identity.clientId}`;
  // Of IPv6 the network counts: whoever has one address there has as many as they like.
  return `address:${normalizeIP(ip)}`;
}

type Count = ReturnType<FastifyInstance['createRateLimit']>;
type State = Awaited<ReturnType<Count>>;

function fallingOpen(count: Count, log: Logger): (request: FastifyRequest) => Promise<State | undefined> {
  let failedAt: number | undefined;
  return async (request) => {
    if (failedAt !== undefined && performance.now() - failedAt < PAUSE) return undefined;
    try {
      const state = await count(request);
      if (failedAt !== undefined) log.info('Requests are counted again');
      failedAt = undefined;
      return state;
    } catch (err) {
      if (failedAt === undefined) {
        log.warn({ err }, 'Redis does not answer, so nobody is held to the rate limit');
      }
      failedAt = performance.now();
      return undefined;
    }
  };
}

async function connect(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    // A request waits for no connection: without one it is let through.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  // Every failed attempt to connect is an event of its own; the log is told by the first request that it meets.
  redis.on('error', () => undefined);
  await redis.connect().catch(() => undefined);
  return redis;
}

function tooMany(limit: number, seconds: number): Refusal {
  const messages: Messages = {
    nb: `Det kom flere enn ${limit} forespørsler på ett minutt. Prøv igjen om ${seconds} sekunder.`,
    nn: `Det kom fleire enn ${limit} førespurnader på eitt minutt. Prøv igjen om ${seconds} sekund.`,
    en: `More than ${limit} requests came in one minute. Try again in ${seconds} seconds.`,
  };
  return new Refusal(429, 'RATE_LIMITED', messages, { headers: { 'retry-after': String(seconds) } });
}
