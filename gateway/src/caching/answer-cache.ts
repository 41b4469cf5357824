import { hash } from 'node:crypto';
import { endOf, isWithin, type Span } from './age.js';
import type { Generation, Generations, Moment } from './generations.js';
import { KeptWithin } from './kept-within.js';
import type { SharedAnswers } from './shared-answers.js';

/** An answer as it goes over the wire. */
export interface Answer {
  readonly body: Buffer;
  readonly contentType: string;
  /** Names these very bytes, in the form of the header `ETag`. */
  readonly etag: string;
}

/** When an answer began to be made: it says nothing of what came later. */
export interface Beginning {
  readonly generations: Moment;
  /** In milliseconds. */
  readonly at: number;
}

/** An answer that has just been made, and what it takes to know how long it is right. */
export interface FreshAnswer {
  readonly body: Buffer;
  readonly contentType: string;
  /** From before the first service was asked. */
  readonly began: Beginning;
  /** The services that were asked. */
  readonly services: Iterable<string>;
  /** What the operation's policy says, in seconds. */
  readonly maxAge: number;
  /**
   * When the first of the parts ends that were kept before, in milliseconds.
   * @default never: there are none
   */
  readonly until?: number;
}

export interface AnswerCacheOptions {
  readonly generations: Generations;
  /** How many bytes of answers are kept in this process. */
  readonly maxBytes: number;
  /**
   * How old, in seconds, what a service said may be that never announces a change.
   * @default 0: nothing of it is kept
   */
  readonly unannouncedMaxAge?: number;
  /**
   * Where replicas of the gateway find each other's answers.
   * @default none
   */
  readonly shared?: SharedAnswers | null;
  /** The time, in milliseconds. @default Date.now */
  readonly now?: () => number;
}

interface Kept extends Answer, Span {
  /** What it was made of. */
  readonly made: readonly (readonly [service: string, generation: Generation])[];
}

/**
 * Answers to the public, kept for as long as they are right. An answer is made of the services that were asked for it,
 * each at one generation of its data, and ends with any of them, or with its age.
 *
 * Only what was computed for the public may be kept, and only the public be given it. That is the caller's to hold;
 * `use-answer-cache.ts` and `make-answer.ts` are the only ones.
 */
export class AnswerCache {
  readonly #store: KeptWithin<Kept>;
  readonly #generations: Generations;
  readonly #shared: SharedAnswers | null;
  readonly #unannouncedMaxAge: number;
  readonly #now: () => number;

  constructor(options: AnswerCacheOptions) {
    const { generations, maxBytes, unannouncedMaxAge = 0, shared = null, now = Date.now } = options;
    this.#generations = generations;
    this.#shared = shared;
    this.#unannouncedMaxAge = unannouncedMaxAge;
    this.#now = now;
    this.#store = new KeptWithin(maxBytes, ({ body }) => body.length);
  }

  /** To be taken before anything is asked, and given with the answer. */
  begin(): Beginning {
    return { generations: this.#generations.now, at: this.#now() };
  }

  /** What is known and still right. A promise only when somebody else may have it, which takes a moment to ask. */
  find(key: string): Answer | null | Promise<Answer | null> {
    const kept = this.#store.get(key);
    if (kept) {
      if (this.#isRight(kept)) return kept;
      this.#store.delete(key);
    }
    return this.#shared ? this.#findShared(this.#shared, key) : null;
  }

  /** Whether {@link keep} might keep the answer to a question that was not found: its name is dear. */
  isWorthKeeping(key: string): boolean {
    return this.#store.isWorthKeeping(key);
  }

  /** Names a new answer, and keeps it if it is worth that and nothing has happened to what it was made of. */
  keep(key: string, fresh: FreshAnswer): Answer {
    const { body, contentType, began } = fresh;
    const etag = `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
    const answer = { body, contentType, etag };
    const made: (readonly [string, Generation])[] = [];
    let { maxAge } = fresh;
    for (const service of fresh.services) {
      const generation = began.generations.get(service);
      if (generation === undefined) maxAge = Math.min(maxAge, this.#unannouncedMaxAge);
      else if (generation === null || this.#generations.now.get(service) !== generation) return answer;
      else made.push([service, generation]);
    }
    const until = Math.min(endOf(began.at, maxAge), fresh.until ?? Number.POSITIVE_INFINITY);
    if (until <= this.#now() || !this.isWorthKeeping(key)) return answer;
    this.#store.set(key, { ...answer, made, since: began.at, until });
    if (made.every(([, { isShared }]) => isShared)) {
      this.#shared?.set(key, { ...answer, made: namesOf(made), since: began.at, until });
    }
    return answer;
  }

  #isRight(kept: Kept): boolean {
    const { now } = this.#generations;
    for (const [service, generation] of kept.made) if (now.get(service) !== generation) return false;
    return isWithin(kept, this.#now());
  }

  async #findShared(shared: SharedAnswers, key: string): Promise<Answer | null> {
    // From before: what is said of another moment than that of the finding is not believed.
    const { now } = this.#generations;
    const found = await shared.get(key);
    if (!found) return null;
    const made: (readonly [string, Generation])[] = [];
    for (const [service, name] of found.made) {
      const generation = now.get(service);
      if (!generation?.isShared || generation.name !== name) return null;
      made.push([service, generation]);
    }
    const kept: Kept = { ...found, made };
    if (!this.#isRight(kept)) return null;
    this.#store.set(key, kept);
    return kept;
  }
}

const namesOf = (made: readonly (readonly [string, Generation])[]): [string, string][] =>
  made.map(([service, { name }]) => [service, name]);
