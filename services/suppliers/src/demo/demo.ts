import type { ServiceStore } from '@samspill/subgraph';
import { Capability } from '../capability/capability.js';
import { Supplier } from '../supplier/supplier.js';
import { lockSuppliers } from '../supplier/supplier-lock.js';
import { Training } from '../training/training.js';
import { demoSuppliers } from './demo-suppliers.js';

/** Puts the demo suppliers into an empty store, in one transaction. */
export async function fillWithDemoSuppliers(store: ServiceStore): Promise<void> {
  await store.change('demo', async ({ em, audit }) => {
    // Notices that name some of them may be on their way at this moment.
    await lockSuppliers(em);
    if ((await em.count(Training)) > 0) return;
    const known = await em.find(Supplier, { id: { $in: demoSuppliers.map(({ id }) => id) } });
    const byId = new Map(known.map((supplier) => [supplier.id, supplier]));
    for (const { capabilities, trainings, ...facts } of demoSuppliers) {
      const { municipalityNumber, size } = facts;
      // A notice may have named it first: then that knows its name and address best.
      const named = byId.get(facts.id);
      const supplier = named ? em.assign(named, { municipalityNumber, size }) : em.create(Supplier, facts);
      for (const capability of capabilities) {
        em.create(Capability, { ...capability, supplier });
        const owner = { organisation: capability.organisationNumber };
        audit({ object: { type: 'Capability', id: capability.id }, owner });
      }
      for (const training of trainings) em.create(Training, { ...training, supplier });
      audit({ object: { type: 'Supplier', id: facts.id } });
    }
  });
}
