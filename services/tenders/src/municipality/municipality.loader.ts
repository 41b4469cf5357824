import type { EntityManager } from '@mikro-orm/postgresql';
import type { RequestContext } from '@samspill/subgraph';
import { Municipality, MunicipalitySuccession } from './municipality.js';
import { MunicipalityHistory } from './municipality-history.js';

export async function loadMunicipalityHistory(em: EntityManager): Promise<MunicipalityHistory<Municipality>> {
  const municipalities = await em.find(Municipality, {});
  const successions = await em.find(MunicipalitySuccession, {});
  return new MunicipalityHistory(municipalities, successions);
}

/** Read once for each request. */
export async function municipalityHistory(
  context: RequestContext,
): Promise<MunicipalityHistory<Municipality>> {
  const history = await context.batched(
    'municipality-history',
    'all',
    async () => new Map([['all', await loadMunicipalityHistory(context.em)]]),
  );
  return history as MunicipalityHistory<Municipality>;
}
