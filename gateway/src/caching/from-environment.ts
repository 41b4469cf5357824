import type { gatewayEnvironment, readEnvironment } from '@samspill/environment';
import type { CachingOptions } from './use-caching.js';

type Environment = ReturnType<typeof readEnvironment<typeof gatewayEnvironment>>;

const MB = 1024 * 1024;

/** What is kept, as the environment says it, for the gateway alone and for the region alike. */
export function cachingFrom({
  CACHE_MB,
  CACHE_MAX_AGE,
  REDIS_URL,
}: Pick<Environment, 'CACHE_MB' | 'CACHE_MAX_AGE' | 'REDIS_URL'>): CachingOptions {
  return { maxBytes: CACHE_MB * MB, defaultMaxAge: CACHE_MAX_AGE, redisUrl: REDIS_URL };
}
