import { systemClock } from '@samspill/values';

/** Remembers what has been used. Replicas of one service must share it, or each accepts the same assertion once. */
export interface SeenOnce {
  /** True the first time that an id is asked about, false while it is remembered. */
  firstTime(id: string, secondsToRemember: number): boolean | Promise<boolean>;
}

/** For a service that runs once. Holds no more than what came in during the time to remember. */
export function seenInMemory(options: { now?: () => Date } = {}): SeenOnce {
  const { now = () => systemClock.now() } = options;
  const forgottenAt = new Map<string, number>();
  return {
    firstTime(id, secondsToRemember) {
      const time = now().getTime();
      // In the order of arrival, which is nearly that of forgetting: stop at the first that is still needed.
      for (const [other, until] of forgottenAt) {
        if (until > time) break;
        forgottenAt.delete(other);
      }
      const until = forgottenAt.get(id);
      if (until !== undefined && until > time) return false;
      forgottenAt.delete(id);
      forgottenAt.set(id, time + secondsToRemember * 1000);
      return true;
    },
  };
}

/** The one command that is needed of a client of Redis or Valkey; ioredis has it. */
export interface RedisSet {
  set(key: string, value: string, expiry: 'EX', seconds: number, condition: 'NX'): Promise<'OK' | null>;
}

/** For replicas. When Redis does not answer, its error is thrown: what cannot be known to be new is not accepted. */
export function seenInRedis(redis: RedisSet): SeenOnce {
  return {
    async firstTime(id, secondsToRemember) {
      const seconds = Math.max(1, Math.ceil(secondsToRemember));
      return (await redis.set(`samspill:seen:${id}`, '1', 'EX', seconds, 'NX')) === 'OK';
    },
  };
}
