import { readFile } from 'node:fs/promises';
import { gatewayEnvironment, gatewayKey, readEnvironment } from '@samspill/environment';
import { protectionFrom, serviceHealth, startGateway, subgraphDataSource } from '@samspill/gateway';
import { assertionSigner, bearerToken, everybody, issuersOf, tokenVerifier } from '@samspill/identity';
import pino from 'pino';
import type { PartsOfIdentity } from './parts-of-identity.ts';

// The gateway's own main.ts with parts of identity left out, to see what each costs. Otherwise as that one.

const { IDENTIFY, SIGN } = process.env as PartsOfIdentity;
const environment = readEnvironment(gatewayEnvironment);
const issuers = issuersOf(environment);
const verifier = tokenVerifier({
  issuers,
  ...(IDENTIFY === 'always-verifying' && { cacheSeconds: 0 }),
});
const signer = assertionSigner({ key: gatewayKey(environment) });
const log = pino({ level: environment.LOG_LEVEL, base: { process: 'gateway' } });
const health = serviceHealth(new Map());

const gateway = await startGateway({
  supergraphSdl: await readFile(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8'),
  dataSource: (name) =>
    subgraphDataSource({
      name,
      url: environment.TENDERS_URL as string,
      timeout: environment.SUBGRAPH_TIMEOUT_MS,
      ...(SIGN === 'yes' && { sign: (identity, body) => signer.sign({ service: name, identity, body }) }),
    }),
  log,
  host: environment.HOST,
  port: environment.PORT,
  introspection: environment.INTROSPECTION,
  playground: environment.PLAYGROUND,
  hideSchemaDetails: true,
  ...(IDENTIFY !== 'nobody' && {
    identify: (header: string | undefined) => {
      const token = bearerToken(header);
      return token === null ? everybody : verifier.verify(token);
    },
    issuers,
  }),
  protection: protectionFrom(environment),
  isReady: health.isReady,
  services: health.states,
});
log.info({ url: `${gateway.url}/graphql` }, 'The gateway answers');
