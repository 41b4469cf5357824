import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '@samspill/values';
import DataLoader from 'dataloader';
import type { Language } from './errors.js';

/**
 * What every resolver gets first: one unit of work, one set of loaders, one idea of what time it is and
 * of who reads. It lives exactly as long as one request.
 */
export class RequestContext {
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(
    readonly em: EntityManager,
    readonly clock: Clock,
    readonly language: Language,
    readonly requestId: string,
  ) {}

  /**
   * Loads by key, gathering the keys of one tick into one call of `load`. `name` tells loaders apart and
   * must include every argument that changes what is loaded.
   */
  batched<T>(name: string, key: string, load: (keys: readonly string[]) => Promise<Map<string, T>>): Promise<T | null> {
    let loader = this.#loaders.get(name) as DataLoader<string, T | null> | undefined;
    if (!loader) {
      loader = new DataLoader<string, T | null>(async (keys) => {
        const found = await load(keys);
        return keys.map((each) => found.get(each) ?? null);
      });
      this.#loaders.set(name, loader as DataLoader<string, unknown>);
    }
    return loader.load(key);
  }
}
