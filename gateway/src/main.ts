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
import { assertionSigner, type Identity, identifyBy, issuersOf } from '@samspill/identity';
import pino from 'pino';
import { changeStream } from './caching/change-stream.js';
import type { FollowChanges } from './caching/follow-changes.js';
import { cachingFrom } from './caching/from-environment.js';
import { startGateway } from './gateway.js';
import { protectionFrom } from './protection/from-environment.js';
import { serviceHealth } from './service-health.js';
import { serviceRouteProxy } from './service-route-proxy.js';
import type { RouteHandler } from './service-routes.js';
import { subgraphDataSource } from './subgraph-data-source.js';

/** Where the supergraph of this repository says that services answer. */
const DEVELOPMENT_URLS: Readonly<Record<string, string>> = {
  tenders: 'http://127.0.0.1:4001/graphql',
  suppliers: 'http://127.0.0.1:4002/graphql',
  dialogue: 'http://127.0.0.1:4003/graphql',
  events: 'http://127.0.0.1:4004/graphql',
};

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
  const { SUBGRAPH_TIMEOUT_MS: timeout, SUPERGRAPH } = environment;
  const serviceRoutes: Record<string, RouteHandler & AsyncDisposable> = {};
  const changes: Record<string, FollowChanges> = {};
  for (const [name, override] of Object.entries(overrides)) {
    // A supergraph of somebody else's has services of its own, with no routes that we know of and nothing to announce.
    const url = override ?? (SUPERGRAPH ? undefined : DEVELOPMENT_URLS[name]);
    if (!url) continue;
    const sign = (identity: Identity, body: string) => signer.sign({ service: name, identity, body });
    serviceRoutes[name] = serviceRouteProxy({ name, url, timeout, sign, log });
    changes[name] = changeStream({ name, url, sign, log });
  }
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
        timeout,
        sign: (identity, body) => signer.sign({ service: name, identity, body }),
      });
    },
    serviceRoutes,
    execution: environment.EXECUTION,
    shareInFlight: environment.SHARE_IN_FLIGHT,
    caching: { ...cachingFrom(environment), changes },
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
