import type { EntityManager } from '@mikro-orm/postgresql';
import { type PayloadOf, procurementsJoined, type procurementsLinked } from '@samspill/messages';
import type { Change, ServiceStore } from '@samspill/subgraph';
import { IMPORT_LOCK } from '../import/import-lock.js';
import { joinProcurement } from '../import/resolve-procurements.js';
import { loadMunicipalityHistory } from '../municipality/municipality.loader.js';
import { Tender } from '../tender/tender.js';
import { Procurement, ProcurementKey } from './procurement.js';

/**
 * Makes one chain of two, because an officer has said that they are one. Handled again, or after either has become
 * part of another, the result is the same.
 */
export async function linkProcurements(
  store: ServiceStore,
  { em, audit }: Change,
  link: PayloadOf<typeof procurementsLinked>,
): Promise<void> {
  // An import may be joining one of them at this moment.
  await em.execute(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
  const current = async (id: string): Promise<string> =>
    (await em.findOne(ProcurementKey, { key: `id:${id}` }))?.procurementId ?? id;
  const [from, into] = [await current(link.from), await current(link.into)];
  if (from === into) return;
  if (await isSomebodyElses(em, [from, into], link.municipality ?? null)) {
    const { host } = store;
    host.log.warn(
      { from, into },
      'Two chains were not linked, because one has a competition of somebody else',
    );
    return;
  }
  // A chain that another service has begun may not have been told of yet.
  for (const id of [from, into]) {
    if (!(await em.findOne(Procurement, { id })))
      await em.insert(Procurement, { id, startedAt: new Date(link.at) });
  }
  await joinProcurement(em, from, into);
  await store.host.bus.publish(em, procurementsJoined, [{ from, into }]);
  audit({ object: { type: 'Procurement', id: from } }, { object: { type: 'Procurement', id: into } });
}

/** Whether one of the chains has a competition of another municipality, by whichever number it has or had. */
async function isSomebodyElses(
  em: EntityManager,
  procurements: readonly string[],
  municipality: string | null,
): Promise<boolean> {
  const tenders = await em.find(Tender, { procurementId: { $in: [...procurements] } });
  if (tenders.length === 0) return false;
  const numbers = municipality === null ? [] : (await loadMunicipalityHistory(em)).numbersOf(municipality);
  return tenders.some(({ municipalityNumber }) => !numbers.includes(municipalityNumber ?? ''));
}
