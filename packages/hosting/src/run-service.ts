import { roleName } from '@samspill/database';
import { closeOnSignal, readEnvironment, run, serviceEnvironment } from '@samspill/environment';
import { issuersOf, type SeenOnce, seenInMemory, seenInRedis, tokenVerifier } from '@samspill/identity';
import { type ServiceDefinition, serveService, startService } from '@samspill/subgraph';
import { administratorsOf } from './administrators.js';
import { callers } from './callers.js';
import { keepCheckpoints } from './checkpoints.js';
import { createLog, openHost } from './host.js';
import { assertionKeysOf, auditKeyOf } from './keys.js';
import { outsideOf } from './outside.js';
import { sharedMemory } from './shared-memory.js';

/** A service as a process of its own, on its own port. */
export function runService(definition: ServiceDefinition, defaultPort: number): void {
  run(async () => {
    const environment = readEnvironment(serviceEnvironment);
    const { name } = definition;
    const { PUBLIC_URL } = environment;
    const issuers = issuersOf(environment);
    const assertionKeys = assertionKeysOf(environment, name);
    const auditKey = auditKeyOf(environment);
    const log = createLog(environment.LOG_LEVEL, name);
    const host = await openHost({
      databaseUrl: environment.DATABASE_URL,
      databaseOwnerUrl: environment.DATABASE_OWNER_URL,
      // The embedded database belongs to one process; services on their own each get one of their own.
      dataDirectory: `${environment.DATA_DIR}/${name}`,
      publicRole: roleName(name, 'public'),
      log,
      publicUrl: PUBLIC_URL === undefined ? undefined : () => PUBLIC_URL,
      ...outsideOf(environment),
      administrators: administratorsOf(environment.ADMINISTRATORS),
      personas: environment.DEVELOPMENT_ISSUER ?? false,
    });
    const service = await startService(definition, host);
    if (environment.DEMO) await service.fillWithDemoData();
    const stopSigning = keepCheckpoints([service], auditKey);
    const stopWorking = await service.work();
    const redis = environment.REDIS_URL ? sharedMemory(environment.REDIS_URL, log) : null;
    const seen: SeenOnce = redis ? seenInRedis(redis) : seenInMemory();
    const served = await serveService(service, {
      host: environment.HOST,
      port: environment.PORT ?? defaultPort,
      authenticate: callers({
        service: name,
        assertionKeys,
        seen,
        tokens: issuers.length ? tokenVerifier({ issuers: [...issuers] }) : null,
      }),
      isReady: async () => {
        await service.store.fork().execute('select 1');
        return true;
      },
    });
    log.info({ url: served.url }, `The ${name} service answers`);
    closeOnSignal(
      async () => {
        await served.close();
        await stopWorking();
        await stopSigning();
        redis?.disconnect();
        await host.close();
      },
      (signal) => log.info({ signal }, 'Finishing what is in flight'),
    );
  });
}
