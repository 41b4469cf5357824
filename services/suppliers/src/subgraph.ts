import { suppliersNamed } from '@samspill/messages';
import {
  entity,
  type Service,
  type ServiceDefinition,
  type ServiceHost,
  startService,
} from '@samspill/subgraph';
import { Capability } from './capability/capability.js';
import { CapabilityResolver } from './capability/capability.resolver.js';
import { fillWithDemoSuppliers } from './demo/demo.js';
import { Municipality, MunicipalityResolver } from './municipality/municipality.js';
import { recordNamedSuppliers } from './supplier/record-named-suppliers.js';
import { Supplier } from './supplier/supplier.js';
import { supplierById, supplierByNumber } from './supplier/supplier.loader.js';
import { SupplierResolver } from './supplier/supplier.resolver.js';
import { Training } from './training/training.js';

export const suppliers: ServiceDefinition = {
  name: 'suppliers',
  resolvers: [SupplierResolver, CapabilityResolver, MunicipalityResolver],
  references: [
    entity(Supplier, (key: { id?: string; organisationNumber?: string }, context) =>
      key.id ? supplierById(context, key.id) : supplierByNumber(context, String(key.organisationNumber)),
    ),
    entity(Municipality),
  ],
  entities: [Supplier, Capability, Training],
  migrations: new URL('../migrations/', import.meta.url),
  receive: (store) =>
    store.host.bus.receive('suppliers', suppliersNamed, (message) =>
      store.change('suppliers-named', (change) => recordNamedSuppliers(change, message)),
    ),
  demo: fillWithDemoSuppliers,
};

export const startSuppliers = (host: ServiceHost): Promise<Service> => startService(suppliers, host);
