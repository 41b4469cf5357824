import { closeOnSignal, isProduction, readEnvironment, regionEnvironment, run } from '@samspill/environment';
import { cachingFrom, protectionFrom } from '@samspill/gateway';
import { administratorsOf, auditKeyOf, createLog, outsideOf } from '@samspill/hosting';
import { identifyBy, issuersOf } from '@samspill/identity';
import { developmentIssuerFor } from './development.js';
import { startRegion } from './region.js';
import { announceRegion } from './running-region.js';
import { toolKey } from './tools/tool-key.js';

/** `npm start`: the whole region in this process. */
run(async () => {
  const environment = readEnvironment(regionEnvironment);
  const { DATA_DIR, DATABASE_URL, PUBLIC_URL } = environment;
  const log = createLog(environment.LOG_LEVEL, 'region');
  const embedded = !DATABASE_URL;
  const production = isProduction(environment);
  const configured = issuersOf(environment);
  const administrators = administratorsOf(environment.ADMINISTRATORS);
  const auditKey = auditKeyOf(environment);
  const development = await developmentIssuerFor(environment, log);
  const issuers = [
    ...configured,
    ...(development ? [development.configuration] : []),
    // Whoever may read the embedded database's folder holds its data anyway.
    ...(embedded ? [(await toolKey(DATA_DIR)).issuer] : []),
  ];
  const region = await startRegion({
    databaseUrl: DATABASE_URL,
    databaseOwnerUrl: environment.DATABASE_OWNER_URL,
    dataDirectory: DATA_DIR,
    execution: environment.EXECUTION,
    shareInFlight: environment.SHARE_IN_FLIGHT,
    log,
    host: environment.HOST,
    port: environment.PORT,
    introspection: environment.INTROSPECTION,
    playground: environment.PLAYGROUND,
    hideSchemaDetails: production,
    identify: identifyBy(issuers),
    issuers,
    protection: protectionFrom(environment),
    caching: cachingFrom(environment),
    administrators,
    publicUrl: PUBLIC_URL === undefined ? undefined : () => PUBLIC_URL,
    ...outsideOf(environment),
    personas: development !== null,
    auditKey,
    checkpointLevel: production ? 'info' : 'debug',
    demo: environment.DEMO ?? embedded,
    progress: (step) => process.stderr.write(`  ${step} …\n`),
  });
  const { url } = region.gateway;
  const withdraw = embedded ? announceRegion(DATA_DIR, url) : () => undefined;
  const lines = [
    ['Playground', `${url}/`],
    ['GraphQL', `${url}/graphql`],
    ['Log in as', development ? `${development.issuer}/tokens  (for developing only)` : null],
    ['Database', embedded ? `embedded, in ${DATA_DIR}` : 'PostgreSQL'],
  ].flatMap(([name, value]) => (value ? `  ${name?.padEnd(11)} ${value}\n` : []));
  process.stderr.write(`\nSamspill is running.\n${lines.join('')}Stop it with Ctrl+C.\n\n`);
  if (!development && configured.length === 0) {
    process.stderr.write('  Nobody can log in: ISSUERS names no issuer. See docs/identity.md.\n\n');
  }
  closeOnSignal(
    async () => {
      withdraw();
      await region.close();
      await development?.close();
    },
    () => process.stderr.write('Finishing what is in flight …\n'),
  );
});
