import { DEVELOPMENT_ISSUER, personas, personIdOf } from '@samspill/identity';
import type { Role, ServiceStore } from '@samspill/subgraph';
import { grantRole } from '../member/change-roles.js';
import { connectMunicipality } from '../member/first-administrators.js';
import { memberOfPerson } from '../member/member.loader.js';

/** Gives the personas of the development issuer their roles. Only where that issuer is trusted at all. */
export async function appointPersonas(store: ServiceStore): Promise<void> {
  if (!store.host.personas) return;
  await store.change('demo', async (change) => {
    for (const { id, name, municipality, organisation, roles } of personas) {
      if (municipality === null || organisation === null) continue;
      await connectMunicipality(change, { municipality, organisation: organisation.number });
      const personId = personIdOf(DEVELOPMENT_ISSUER, id);
      // Once: a role that somebody has revoked since does not come back with the next start.
      if (await memberOfPerson(change.em, municipality, personId)) continue;
      for (const role of roles) {
        await grantRole(store, change, {
          municipality,
          personId,
          displayName: name,
          role: role as Role,
          reason: 'demo',
          by: null,
        });
      }
    }
  });
}
