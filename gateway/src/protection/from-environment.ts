import {
  type gatewayEnvironment,
  isLoopback,
  isProduction,
  type readEnvironment,
} from '@samspill/environment';
import type { ProtectionOptions } from '../gateway.js';

type Environment = ReturnType<typeof readEnvironment<typeof gatewayEnvironment>>;

/** Far more than a person clicks and a front end asks, and far less than what the gateway can answer. */
const PER_MINUTE = 6_000;

/** The protection that the environment asks for, for the gateway alone and for the region alike. */
export function protectionFrom(
  environment: Pick<
    Environment,
    'HOST' | 'NODE_ENV' | 'CORS_ORIGINS' | 'TRUST_PROXY' | 'RATE_LIMIT_PER_MINUTE' | 'REDIS_URL'
  >,
): ProtectionOptions {
  const { HOST, CORS_ORIGINS, TRUST_PROXY, RATE_LIMIT_PER_MINUTE, REDIS_URL } = environment;
  return {
    cors: { origins: CORS_ORIGINS },
    headers: { hsts: isProduction(environment) },
    rateLimit: {
      // What only this machine reaches is reached by nobody who has to be held back: a test or an import
      // from the next terminal may go as fast as it can.
      perMinute: RATE_LIMIT_PER_MINUTE ?? (isLoopback(HOST) && TRUST_PROXY === undefined ? 0 : PER_MINUTE),
      redisUrl: REDIS_URL,
    },
    trustProxy: TRUST_PROXY,
  };
}
