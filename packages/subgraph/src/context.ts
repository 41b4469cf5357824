import type { EntityManager } from '@mikro-orm/postgresql';
import type { Clock } from '@samspill/values';
import DataLoader from 'dataloader';
import type { Language } from './errors.js';
import type { ServiceStore } from './service.js';

/**
 * What every resolver gets first: one unit of work, one set of loaders, one idea of what time it is and
 * of who reads. It lives exactly as long as one request.
 */
export class RequestContext {
  // Not a #private name: Apollo Server hands resolvers a copy of this object, made property by property.
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();

  /** The request's unit of work. */
  readonly em: EntityManager;

  constructor(
    /** The service's store, for the few operations that need a transaction of their own. */
    readonly store: ServiceStore,
    readonly language: Language,
    readonly requestId: string,
  ) {
    this.em = store.fork();
  }

  get clock(): Clock {
    return this.store.host.clock;
  }

  /**
   * Loads by key, gathering the keys of one tick into one call of `load`. `name` tells loaders apart and
   * must include every argument that changes what is loaded.
   */
  batched<T>(
    name: string,
    key: string,
    load: (keys: readonly string[]) => Promise<Map<string, T>>,
  ): Promise<T | null> {
    let loader = this.loaders.get(name) as DataLoader<string, T | null> | undefined;
    if (!loader) {
      loader = new DataLoader<string, T | null>(async (keys) => {
        const found = await load(keys);
        return keys.map((each) => found.get(each) ?? null);
      });
      this.loaders.set(name, loader as DataLoader<string, unknown>);
    }
    return loader.load(key);
  }
}
