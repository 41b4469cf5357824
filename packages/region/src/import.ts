import { parseArgs } from 'node:util';
import { commonEnvironment, readEnvironment, run } from '@samspill/environment';
import { createLog } from '@samspill/hosting';
import { SingleBar } from 'cli-progress';
import { batches } from './import/batches.js';
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
  for await (const batch of batches(findFiles(positionals))) {
    summary.add(batch.files.length ? await target.send(batch.files) : [], batch.refused);
    bar.increment(batch.files.length + batch.refused.length);
  }
  bar.stop();
  await target.finish();
  process.stdout.write(`\n${summary.print()}\n`);
  if (values.strict && summary.refusedCount > 0) process.exitCode = 2;
});

async function countFiles(paths: readonly string[]): Promise<number> {
  let count = 0;
  for await (const _ of findFiles(paths)) count++;
  return count;
}

async function openTarget(url: string | undefined): Promise<ImportTarget> {
  if (url) return gatewayTarget(url.replace(/\/(graphql)?\/?$/, ''));
  const environment = readEnvironment(commonEnvironment);
  const running = environment.DATABASE_URL ? null : await runningRegion(environment.DATA_DIR);
  if (running) return gatewayTarget(running);
  const services = await openServices({
    databaseUrl: environment.DATABASE_URL,
    dataDirectory: environment.DATA_DIR,
    log: createLog('warn', 'import'),
    demo: false,
  });
  return localTarget(services);
}
