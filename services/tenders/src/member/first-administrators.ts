import { type Change, type FirstAdministrator, Role, type ServiceStore } from '@samspill/subgraph';
import { Municipality } from '../municipality/municipality.js';
import { loadMunicipalityHistory } from '../municipality/municipality.loader.js';
import { administrators, grantRole } from './change-roles.js';

/**
 * Gives each municipality that the configuration names its first administrator. Where there is one already,
 * the configuration has nothing more to say: whoever was revoked does not come back with the next start.
 */
export async function appointFirstAdministrators(store: ServiceStore): Promise<void> {
  for (const each of store.host.administrators ?? []) {
    await store.change('configuration', (change) => appoint(store, change, each));
  }
}

async function appoint(store: ServiceStore, change: Change, first: FirstAdministrator): Promise<void> {
  const municipality = await connectMunicipality(change, first);
  if ((await administrators(change, municipality)) > 0) return;
  const { personId, name: displayName } = first;
  const result = await grantRole(store, change, {
    municipality,
    personId,
    displayName,
    role: Role.ADMINISTRATOR,
    reason: 'ADMINISTRATORS',
    by: null,
  });
  if ('mend' in result) throw new Error(`ADMINISTRATORS: ${result.mend.messages.en}`);
}

/** Notes under which organisation number a municipality's officers log in, and gives its number of today. */
export async function connectMunicipality(
  { em, audit }: Change,
  { municipality, organisation }: Pick<FirstAdministrator, 'municipality' | 'organisation'>,
): Promise<string> {
  const history = await loadMunicipalityHistory(em);
  const today = history.becameOf(municipality) ?? history.get(municipality);
  if (!today) throw new Error(`There is no municipality with the number ${municipality} in Samspill.`);
  if (today.organisationNumber !== organisation) {
    await em.nativeUpdate(Municipality, { id: today.number }, { organisationNumber: organisation });
    today.organisationNumber = organisation;
    audit({ object: { type: 'Municipality', id: today.number }, owner: { municipality: today.number } });
  }
  return today.number;
}
