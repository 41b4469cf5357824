import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** How long a caller waits for Redis, in milliseconds: whoever cannot be told from a replay is refused at once. */
const PATIENCE = 500;

/** What the replicas of a service remember together. The log hears of an outage once, and of its end. */
export function sharedMemory(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: PATIENCE,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(attempt * 200, 5_000),
  });
  let isAway = false;
  redis.on('error', (err) => {
    if (!isAway) log.error({ err }, 'Redis does not answer, so nobody who has logged in is let through');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info('Redis answers again');
    isAway = false;
  });
  return redis;
}
