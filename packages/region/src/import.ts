import { parseArgs } from 'node:util';
import { MendableError, readEnvironment, run } from '@samspill/environment';
import { createLog } from '@samspill/hosting';
import { scopes } from '@samspill/identity';
import { SingleBar } from 'cli-progress';
import { batches } from './import/batches.js';
import { credentialsFor } from './import/credentials.js';
import { importEnvironment } from './import/environment.js';
import { findFiles } from './import/find-files.js';
import { ImportSummary } from './import/summary.js';
import { gatewayTarget, type ImportTarget, localTarget } from './import/target.js';
import { openServices } from './region.js';
import { runningRegion } from './running-region.js';

const HELP = `Imports eForms notices (SDK 1.3 to 1.16) into Samspill.

  npm run import -- [options] <files, folders or ->

Folders are searched for .xml files; - reads one notice from standard input. Importing the same
again changes nothing. While the region runs, the notices are sent to it; otherwise they go
into the database directly.

  --url <address>  send to the gateway at this address, such as http://localhost:4000
  --strict         end with exit code 2 if any file was refused
  --help           show this

A region takes notices only from those it knows. The import identifies itself with the first of these
that there is:

  SERVICE_KEY_FILE        a file with a private key (JWK, Ed25519), and, where they are not those of a data
                          directory's key, "issuer", "audience" and "clientId" beside it; the region believes
                          it by an entry in its ISSUERS. "npm run keys -- --only tool" makes both
  MASKINPORTEN_CLIENT_ID  a client at Maskinporten; with MASKINPORTEN_KEY_FILE (its private key, a JWK with kid)
                          and MASKINPORTEN_RESOURCE (the audience that the region expects), and perhaps
                          MASKINPORTEN_SCOPE (${scopes.importNotices}) and MASKINPORTEN_ISSUER
                          (https://maskinporten.no/)
  DATA_DIR                the data directory of the region (.data), which has a key that the region believes
`;

/** `npm run import` */
run(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  const total = await countFiles(positionals);
  const target = await openTarget(values.url);
  process.stderr.write(`Importing ${total} files into ${target.description}\n`);
  const summary = new ImportSummary();
  const bar = new SingleBar({
    format: '  {bar} {percentage}%  {value}/{total} files  {duration_formatted}, {eta_formatted} left',
    stream: process.stderr,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  bar.start(total, 0);
  try {
    for await (const batch of batches(findFiles(positionals))) {
      summary.add(batch.files.length ? await target.send(batch.files) : [], batch.refused);
      bar.increment(batch.files.length + batch.refused.length);
    }
  } catch (error) {
    bar.stop();
    throw stoppedAfter(summary, error);
  }
  bar.stop();
  await target.finish();
  process.stdout.write(`\n${summary.print()}\n`);
  if (values.strict && summary.refusedCount > 0) process.exitCode = 2;
});

/** Whoever reads why it stopped also wants to know what is there already. */
function stoppedAfter(summary: ImportSummary, error: unknown): unknown {
  const { storedCount } = summary;
  if (!(error instanceof MendableError) || storedCount === 0) return error;
  process.stdout.write(`\n${summary.print()}\n`);
  return new MendableError(
    `${error.message}\nThe ${storedCount} notices that had been sent before are stored; importing again does not store them twice.`,
  );
}

async function countFiles(paths: readonly string[]): Promise<number> {
  let count = 0;
  for await (const _ of findFiles(paths)) count++;
  return count;
}

async function openTarget(url: string | undefined): Promise<ImportTarget> {
  const environment = readEnvironment(importEnvironment);
  const running = url || !environment.DATABASE_URL ? await runningRegion(environment.DATA_DIR) : null;
  const region = url ? url.replace(/\/(graphql)?\/?$/, '') : running;
  if (region) return gatewayTarget(region, await credentialsFor(region, running, environment));
  const services = await openServices({
    databaseUrl: environment.DATABASE_URL,
    databaseOwnerUrl: environment.DATABASE_OWNER_URL,
    dataDirectory: environment.DATA_DIR,
    log: createLog('warn', 'import'),
    demo: false,
  });
  return localTarget(services);
}
