import type { Data } from '../execution/data.js';
import {
  otherNumber,
  type Question,
  type Send,
  type ServiceAnswer,
  type ServiceCall,
} from '../execution/service-call.js';
import { endOf, isWithin, type Span } from './age.js';
import { canonicalJson, digestOf } from './answer-key.js';
import type { Generation, Generations } from './generations.js';
import { KeptWithin } from './kept-within.js';

export interface EntityCacheOptions {
  readonly generations: Generations;
  /** How many bytes of entities are kept. */
  readonly maxBytes: number;
  /** How long what a question asks may be kept, in seconds. */
  readonly ageOf: (question: Question) => number;
  /**
   * How old, in seconds, what a service said may be that never announces a change.
   * @default 0: nothing of it is kept
   */
  readonly unannouncedMaxAge?: number;
  /** The time, in milliseconds. @default Date.now */
  readonly now?: () => number;
}

/** Told of each service whose entities were taken from what is kept, and until when they are right, in milliseconds. */
export type Taken = (service: string, until: number) => void;

interface Kept extends Span {
  /** As JSON: whoever gets it makes it a part of an answer, and changes it. */
  readonly text: string;
  /** What its service was at; undefined for one that never says. */
  readonly generation: Generation | undefined;
}

/**
 * What services have said of single entities to the public, for as long as it is right. Answers that differ in one
 * argument, or of which one service has changed, have most of their entities in common.
 *
 * Only what was asked for the public may pass through, as with whole answers. What is kept ends with the generation of
 * its service, or with the least age of what was asked of the entity.
 */
export class EntityCache {
  readonly #options: Required<EntityCacheOptions>;
  readonly #store: KeptWithin<Kept>;
  readonly #digests = new WeakMap<Question, string>();

  constructor({ unannouncedMaxAge = 0, now = Date.now, ...options }: EntityCacheOptions) {
    this.#options = { unannouncedMaxAge, now, ...options };
    this.#store = new KeptWithin(options.maxBytes, ({ text }) => text.length);
  }

  /**
   * Asks for the entities that are not known. For one request.
   * @param language what of the reader's languages a service may follow
   */
  inFrontOf(send: Send, language: string, taken: Taken): Send {
    return (call) => {
      const maxAge = this.#maxAgeOf(call);
      if (maxAge <= 0) return send(call);
      const representations = call.representations as readonly Data[];
      const asked = this.#askedIn(call, language);
      const keys = representations.map((each) => `${asked}${JSON.stringify(each)}`);
      const known = keys.map((key) => this.#find(key, call.service));
      for (const each of known) if (each) taken(call.service, each.until);
      const missing = keys.flatMap((_, at) => (known[at] ? [] : [at]));
      return this.#complete(call, { keys, known, missing, maxAge }, send);
    };
  }

  /** All that the answer follows besides the entity itself, in few characters. */
  #askedIn({ question, variables }: ServiceCall, language: string): string {
    const digest = this.#digests.get(question) ?? digestOf(question.asks);
    this.#digests.set(question, digest);
    const rest = `${JSON.stringify(language)}${canonicalJson(variables)}`;
    return `${digest}${rest.length > LONG ? digestOf(rest) : rest}`;
  }

  /** 0 for what is not about entities, may not be kept, or of which nobody would say when it is wrong. */
  #maxAgeOf({ representations, service, kind, question }: ServiceCall): number {
    const { ageOf, generations, unannouncedMaxAge } = this.#options;
    if (representations === null || kind === 'mutation') return 0;
    const generation = generations.now.get(service);
    if (generation === null || (generation === undefined && unannouncedMaxAge <= 0)) return 0;
    const age = ageOf(question);
    return generation === undefined ? Math.min(age, unannouncedMaxAge) : age;
  }

  async #complete(
    call: ServiceCall,
    { keys, known, missing, maxAge }: Lookup,
    send: Send,
  ): Promise<ServiceAnswer> {
    const entities: unknown[] = known.map((each) => each && JSON.parse(each.text));
    if (missing.length === 0) return { data: { _entities: entities } };
    const { generations, now } = this.#options;
    const generation = generations.now.get(call.service) ?? undefined;
    const since = now();
    const isPart = missing.length < keys.length;
    const representations = missing.map((at) => call.representations?.[at] as Data);
    const answer = await send(isPart ? { ...call, representations } : call);
    const { data, errors = [] } = answer;
    const found = data?._entities;
    const isWhole = Array.isArray(found) && found.length === missing.length;
    if (isWhole && errors.length === 0 && generations.now.get(call.service) === generation) {
      const until = endOf(since, maxAge);
      missing.forEach((at, place) => {
        const key = keys[at] as string;
        if (!this.#store.isWorthKeeping(key)) return;
        const text = JSON.stringify(found[place] ?? null);
        this.#store.set(key, { text, generation, since, until });
      });
    }
    if (!isPart) return answer;
    const told = errors.map((error) => moved(error, missing));
    if (!isWhole) {
      if (data == null) return { data, errors: told };
      throw otherNumber(missing.length);
    }
    missing.forEach((at, place) => {
      entities[at] = found[place];
    });
    return { data: { ...data, _entities: entities }, errors: told };
  }

  #find(key: string, service: string): Kept | undefined {
    const kept = this.#store.get(key);
    if (!kept) return undefined;
    const { generations, now } = this.#options;
    if (generations.now.get(service) === kept.generation && isWithin(kept, now())) return kept;
    this.#store.delete(key);
    return undefined;
  }
}

/** What is known of a call, by the places of its representations. */
interface Lookup {
  readonly keys: readonly string[];
  readonly known: readonly (Kept | undefined)[];
  readonly missing: readonly number[];
  readonly maxAge: number;
}

/** What is longer goes by its digest, which begins with no quotation mark. */
const LONG = 60;

/** An error of an entity that was asked for as one of fewer. */
function moved<E extends { readonly path?: readonly (string | number)[] }>(
  error: E,
  missing: readonly number[],
): E {
  const { path } = error;
  if (!path || typeof path[1] !== 'number') return error;
  return { ...error, path: [path[0] as string, missing[path[1]] ?? path[1], ...path.slice(2)] };
}
