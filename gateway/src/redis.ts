import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** After Redis has failed it is left alone for a while, so that nobody waits for it with every request. */
const PAUSE = 1_000;

/** Connects to a Redis or Valkey that requests can do without: none of them waits for longer than `patience`. */
export function redisToDoWithout(url: string, patience: number): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    // A request waits for no connection: it goes on without.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patience,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  // Every failed attempt to connect is an event of its own; the log is told by the first request that it meets.
  redis.on('error', () => undefined);
  return redis;
}

/**
 * Asks something of Redis that is done without when it fails: the answer is then undefined, and the log says so once,
 * and once when it is back.
 */
export function whileItAnswers(
  log: Logger,
  said: { readonly gone: string; readonly back: string },
): <T>(ask: () => Promise<T>) => Promise<T | undefined> {
  let failedAt: number | undefined;
  return async (ask) => {
    if (failedAt !== undefined && performance.now() - failedAt < PAUSE) return undefined;
    try {
      const answer = await ask();
      if (failedAt !== undefined) log.info(said.back);
      failedAt = undefined;
      return answer;
    } catch (err) {
      if (failedAt === undefined) log.warn({ err }, said.gone);
      failedAt = performance.now();
      return undefined;
    }
  };
}
