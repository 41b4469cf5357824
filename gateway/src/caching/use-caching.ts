import type { Logger } from 'pino';
import type { FollowChanges } from './follow-changes.js';
import { Generations } from './generations.js';
import { answersInRedis } from './shared-answers.js';
import { type AnswerCaching, useAnswerCache } from './use-answer-cache.js';

const MB = 1024 * 1024;

export interface CachingOptions {
  /**
   * How to listen to the services that say when they change, by their names.
   * @default {} none does
   */
  readonly changes?: Readonly<Record<string, FollowChanges>>;
  /**
   * How many bytes of answers and of single entities are kept in this process; 0 keeps none, here or elsewhere.
   * @default 24 MB
   */
  readonly maxBytes?: number;
  /**
   * How old, in seconds, an answer may be that rests on services that do not say when they change, or on fields of
   * which nobody has said how long they may be kept.
   * @default 0: such answers are not kept
   */
  readonly defaultMaxAge?: number;
  /**
   * A Redis or Valkey where replicas find each other's answers.
   * @default none
   */
  readonly redisUrl?: string;
  /** The time, in milliseconds; for a host whose services have a clock of their own. @default Date.now */
  readonly now?: () => number;
}

/** Keeps answers to the public, and listens to what makes them wrong. */
export function useCaching(
  options: CachingOptions & { readonly supergraphSdl: string; readonly log: Logger },
): AnswerCaching & AsyncDisposable {
  const { changes = {}, defaultMaxAge = 0, redisUrl, log, supergraphSdl, maxBytes = 24 * MB, now } = options;
  const generations = new Generations(Object.keys(changes));
  const stops = Object.entries(changes).map(([service, follow]) =>
    follow({
      heard: (generation) => generations.heard(service, generation),
      lost: () => generations.lost(service),
    }),
  );
  const shared = redisUrl === undefined || maxBytes === 0 ? null : answersInRedis(redisUrl, log);
  const caching = useAnswerCache({
    supergraphSdl,
    generations,
    shared,
    maxBytes,
    defaultMaxAge,
    unannouncedMaxAge: defaultMaxAge,
    now,
  });
  return {
    ...caching,
    async [Symbol.asyncDispose]() {
      await Promise.all(stops.map((stop) => stop()));
      await shared?.[Symbol.asyncDispose]();
    },
  };
}
