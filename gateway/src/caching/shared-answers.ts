import type { Logger } from 'pino';
import { redisToDoWithout, whileItAnswers } from '../redis.js';
import type { Answer } from './answer-cache.js';
import { digestOf } from './answer-key.js';

/** An answer as replicas hand it on: its generations go by the names that all of them hear. */
export interface SharedAnswer extends Answer {
  readonly made: readonly (readonly [service: string, generation: string])[];
  /** From when until when it is right, in milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
}

/** Where replicas of the gateway find each other's answers. It may fail, and nobody notices but the log. */
export interface SharedAnswers extends AsyncDisposable {
  get(key: string): Promise<SharedAnswer | null>;
  set(key: string, answer: SharedAnswer): void;
}

/** Longer than this, and asking the services is as quick. In milliseconds. */
const PATIENCE = 100;
/** Raised when the form of an entry changes, so that old and new gateways leave each other's alone. */
const PREFIX = 'samspill:answer:1:';

/** Keeps answers in a Redis or Valkey, for as long as their age says. */
export function answersInRedis(url: string, log: Logger): SharedAnswers {
  const redis = redisToDoWithout(url, PATIENCE);
  // Until it is known whether there is one, it is neither asked nor missed.
  let isTried = false;
  void redis
    .connect()
    .catch(() => undefined)
    .finally(() => {
      isTried = true;
    });
  const unlessItFails = whileItAnswers(log, {
    gone: 'Redis does not answer, so replicas share no answers',
    back: 'Replicas share answers again',
  });
  return {
    async get(key) {
      if (!isTried) return null;
      const entry = await unlessItFails(() => redis.getBuffer(nameOf(key)));
      return entry ? unpacked(entry, key) : null;
    },
    set(key, answer) {
      if (!isTried) return;
      const lifetime = Math.ceil(answer.until - answer.since);
      void unlessItFails(() => redis.set(nameOf(key), packed(answer, key), 'PX', lifetime));
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
    },
  };
}

const nameOf = (key: string): string => PREFIX + digestOf(key);

/** A line about the answer, and its bytes as they are. */
function packed({ body, ...about }: SharedAnswer, key: string): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify({ ...about, key })}\n`), body]);
}

/** Null for what is not whole, or answers another question: nobody else's word is taken for what a name stands for. */
function unpacked(entry: Buffer, key: string): SharedAnswer | null {
  const end = entry.indexOf('\n');
  const about = lineAbout(entry.toString('utf8', 0, Math.max(end, 0)));
  if (about?.key !== key) return null;
  const { contentType, etag, made, since, until } = about;
  return { contentType, etag, made, since, until, body: entry.subarray(end + 1) };
}

function lineAbout(line: string): (Omit<SharedAnswer, 'body'> & { key: string }) | null {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
