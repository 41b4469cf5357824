import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext, ServiceStore } from '@samspill/subgraph';
import { Municipality, MunicipalitySuccession } from './municipality.js';
import { MunicipalityHistory } from './municipality-history.js';

export async function loadMunicipalityHistory(em: EntityManager): Promise<MunicipalityHistory<Municipality>> {
  const municipalities = await em.find(Municipality, {});
  const successions = await em.find(MunicipalitySuccession, {});
  return new MunicipalityHistory(municipalities, successions);
}

type History = MunicipalityHistory<Municipality>;

interface Kept {
  history: Promise<History> | null;
  /** Whether it would be heard that something has changed. */
  isFollowed: boolean;
}

const kept = new WeakMap<ServiceStore, Kept>();

/**
 * Read again when something in this service has changed, and not for each request: nearly all need it, and it was two
 * statements and a hundred objects of every one of them. All of it is for everybody, so nobody sees by it what another
 * may see.
 */
export function municipalityHistory({ store }: RequestContext): Promise<History> {
  const here = kept.get(store) ?? follow(store);
  if (here.history) return here.history;
  const history = loadMunicipalityHistory(store.fork());
  if (!here.isFollowed) return history;
  here.history = history;
  // What could not be read is asked for again by the next.
  history.catch(() => {
    if (here.history === history) here.history = null;
  });
  return history;
}

function follow(store: ServiceStore): Kept {
  const here: Kept = { history: null, isFollowed: false };
  kept.set(store, here);
  store.host.database.changes.follow(store.name, (generation) => {
    here.history = null;
    here.isFollowed = generation !== null;
  });
  return here;
}
