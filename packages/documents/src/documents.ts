import type { ServicePart } from '@samspill/subgraph';
import { openDesk } from './desk.js';
import { Document } from './document.js';
import { downloadRoute } from './download.route.js';
import { documentMigration } from './migration.js';
import type { DocumentPurpose } from './purpose.js';
import { uploadRoute } from './upload.route.js';
import { startWork } from './worker.js';

/** Documents in a service: their tables, their addresses, and the work of checking and cleaning. */
export function documents(purposes: readonly DocumentPurpose[]): ServicePart {
  return {
    migrations: (service) => [documentMigration(service)],
    entities: [Document],
    routes: (store) => {
      const desk = openDesk(store, purposes);
      return [uploadRoute(desk), downloadRoute(desk)];
    },
    work: (store) => startWork(openDesk(store, purposes)),
  };
}
