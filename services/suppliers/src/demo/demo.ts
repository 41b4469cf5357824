import type { ServiceStore } from '@samspill/subgraph';
import { Capability } from '../supplier/capability.js';
import { Supplier } from '../supplier/supplier.js';
import { Training } from '../training/training.js';
import { demoSuppliers } from './demo-suppliers.js';

/** Puts the demo suppliers into an empty store, in one transaction. */
export async function fillWithDemoSuppliers(store: ServiceStore): Promise<void> {
  await store.fork().transactional(async (em) => {
    if ((await em.count(Training)) > 0) return;
    for (const { capabilities, trainings, ...facts } of demoSuppliers) {
      const supplier = em.create(Supplier, facts);
      for (const capability of capabilities) em.create(Capability, { ...capability, supplier });
      for (const training of trainings) em.create(Training, { ...training, supplier });
    }
  });
}
