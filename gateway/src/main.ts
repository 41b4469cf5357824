import { readFile } from 'node:fs/promises';
import {
  closeOnSignal,
  EnvironmentError,
  gatewayEnvironment,
  gatewayKey,
  isProduction,
  readEnvironment,
  run,
} from '@samspill/environment';
import { assertionSigner, identifyBy, issuersOf } from '@samspill/identity';
import pino from 'pino';
import { startGateway } from './gateway.js';
import { protectionFrom } from './protection/from-environment.js';
import { serviceHealth } from './service-health.js';
import { subgraphDataSource } from './subgraph-data-source.js';

/** The gateway as a process of its own; the services are somewhere else. */
run(async () => {
  const environment = readEnvironment(gatewayEnvironment);
  const issuers = issuersOf(environment);
  const signer = assertionSigner({ key: gatewayKey(environment) });
  const log = pino({ level: environment.LOG_LEVEL, base: { process: 'gateway' } });
  const supergraph = environment.SUPERGRAPH ?? new URL('../supergraph.graphql', import.meta.url);
  const overrides: Record<string, string | undefined> = {
    tenders: environment.TENDERS_URL,
    suppliers: environment.SUPPLIERS_URL,
    dialogue: environment.DIALOGUE_URL,
    events: environment.EVENTS_URL,
  };
  const urls = new Map<string, string>();
  const health = serviceHealth(urls);
  const gateway = await startGateway({
    supergraphSdl: await readFile(supergraph, 'utf8'),
    dataSource: (name, fromSupergraph) => {
      const url = overrides[name] ?? fromSupergraph;
      if (!url) {
        throw new EnvironmentError(
          `Nothing says where the service "${name}" answers. Set ${name.toUpperCase()}_URL, such as http://127.0.0.1:4001/graphql`,
        );
      }
      urls.set(name, url);
      return subgraphDataSource({
        name,
        url,
        timeout: environment.SUBGRAPH_TIMEOUT_MS,
        sign: (identity, body) => signer.sign({ service: name, identity, body }),
      });
    },
    log,
    host: environment.HOST,
    port: environment.PORT,
    introspection: environment.INTROSPECTION,
    playground: environment.PLAYGROUND,
    hideSchemaDetails: isProduction(environment),
    identify: identifyBy(issuers),
    issuers,
    protection: protectionFrom(environment),
    isReady: health.isReady,
    services: health.states,
  });
  log.info({ url: `${gateway.url}/graphql` }, 'The gateway answers');

  closeOnSignal(
    () => gateway.close(),
    (signal) => log.info({ signal }, 'Finishing what is in flight'),
  );
});
