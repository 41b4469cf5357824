import { closeOnSignal, readEnvironment, regionEnvironment, run } from '@samspill/environment';
import { createLog } from '@samspill/hosting';
import { startRegion } from './region.js';
import { announceRegion } from './running-region.js';

/** `npm start`: the whole region in this process. */
run(async () => {
  const environment = readEnvironment(regionEnvironment);
  const log = createLog(environment.LOG_LEVEL, 'region');
  const embedded = !environment.DATABASE_URL;
  const region = await startRegion({
    databaseUrl: environment.DATABASE_URL,
    dataDirectory: environment.DATA_DIR,
    log,
    host: environment.HOST,
    port: environment.PORT,
    introspection: environment.INTROSPECTION,
    playground: environment.PLAYGROUND,
    demo: environment.DEMO ?? embedded,
    progress: (step) => process.stderr.write(`  ${step} …\n`),
  });
  const { url } = region.gateway;
  const withdraw = embedded ? announceRegion(environment.DATA_DIR, url) : () => undefined;
  process.stderr.write(
    `\nSamspill is running.\n  Playground  ${url}/\n  GraphQL     ${url}/graphql\n  Database    ${embedded ? `embedded, in ${environment.DATA_DIR}` : 'PostgreSQL'}\nStop it with Ctrl+C.\n\n`,
  );
  closeOnSignal(
    async () => {
      withdraw();
      await region.close();
    },
    () => process.stderr.write('Finishing what is in flight …\n'),
  );
});
