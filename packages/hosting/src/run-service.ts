import { closeOnSignal, readEnvironment, run, serviceEnvironment } from '@samspill/environment';
import { type ServiceDefinition, serveService, startService } from '@samspill/subgraph';
import { createLog, openHost } from './host.js';

/** A service as a process of its own, on its own port. */
export function runService(definition: ServiceDefinition, defaultPort: number): void {
  run(async () => {
    const environment = readEnvironment(serviceEnvironment);
    const log = createLog(environment.LOG_LEVEL, definition.name);
    const host = await openHost({
      databaseUrl: environment.DATABASE_URL,
      // The embedded database belongs to one process; services on their own each get one of their own.
      dataDirectory: `${environment.DATA_DIR}/${definition.name}`,
      log,
    });
    const service = await startService(definition, host);
    if (environment.DEMO) await service.fillWithDemoData();
    const served = await serveService(service, {
      host: environment.HOST,
      port: environment.PORT ?? defaultPort,
      isReady: async () => {
        await service.store.fork().execute('select 1');
        return true;
      },
    });
    log.info({ url: served.url }, `The ${definition.name} service answers`);
    closeOnSignal(
      async () => {
        await served.close();
        await host.close();
      },
      (signal) => log.info({ signal }, 'Finishing what is in flight'),
    );
  });
}
