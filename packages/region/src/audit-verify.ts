import { parseArgs } from 'node:util';
import type { Checkpoint } from '@samspill/audit';
import { commonEnvironment, explained, MendableError, readEnvironment, run } from '@samspill/environment';
import type { ServiceName } from '@samspill/messages';
import { SingleBar } from 'cli-progress';
import { ownPublicKeys, type PublicKeys, publicKeysOf } from './tools/audit-keys.js';
import { type AuditLogs, openAuditLogs } from './tools/audit-log.js';
import {
  conclusionOf,
  exitCodeOf,
  linesOf,
  reportOfMissing,
  type ServiceReport,
} from './tools/audit-report.js';
import { isServiceName, serviceNames } from './tools/service-names.js';
import { witnessesIn } from './tools/witness.js';

const HELP = `Proves that the audit logs are what was written, or names the first entry that is not.

  npm run audit:verify -- [options]

Reads the database of DATABASE_URL (as the owner, DATABASE_OWNER_URL, where there is one), also while the
services run, or the embedded one in DATA_DIR, whose region must be stopped first. Nothing is changed. Every hash is computed anew, and the signed checkpoints are
checked with the public half of AUDIT_KEY (of the key in DATA_DIR while developing), or with --key.

  --service <name>   only this service's log; may be repeated (${serviceNames.join(', ')})
  --key <key>        a public key for the checkpoints instead: base64url, or a file with it or with PEM; may be
                     repeated, for keys that were used earlier
  --witness <file>   checkpoints that were kept outside the database, as JSON lines: what --checkpoints prints,
                     or a region's log; tells when the end of a log was cut off with its checkpoints
  --checkpoints      print the checkpoints as JSON lines, to be kept elsewhere, and verify nothing
  --json             print the result as JSON
  --help             show this

Exit codes: 0 all logs are whole; 1 one is broken; 2 not all could be verified.
`;

/** `npm run audit:verify` */
run(async () => {
  try {
    process.exitCode = await main();
  } catch (error) {
    // 1 is said of a log that is broken, and of nothing else.
    process.stderr.write(`\n${explained(error)}\n`);
    process.exitCode = 2;
  }
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      service: { type: 'string', multiple: true, default: [] },
      key: { type: 'string', multiple: true, default: [] },
      witness: { type: 'string', multiple: true, default: [] },
      checkpoints: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const services = servicesNamed(values.service);
  if (values.checkpoints && (values.json || values.key.length > 0 || values.witness.length > 0)) {
    throw new MendableError('--checkpoints only prints them; leave out --json, --key and --witness.');
  }
  const environment = readEnvironment(commonEnvironment);
  const publicKeys = values.key.length > 0 ? publicKeysOf(values.key) : ownPublicKeys(environment);
  const witnesses = values.witness.flatMap(witnessesIn);
  const logs = await openAuditLogs({
    databaseUrl: environment.DATABASE_URL,
    databaseOwnerUrl: environment.DATABASE_OWNER_URL,
    dataDirectory: environment.DATA_DIR,
  });
  try {
    if (values.checkpoints) return await printCheckpoints(logs, services);
    process.stderr.write(`Verifying the audit logs in ${logs.description}\n`);
    if (!publicKeys) {
      process.stderr.write(
        `Signatures are not checked: there is no AUDIT_KEY and no audit.key in ${environment.DATA_DIR}. Give the public half with --key.\n`,
      );
    }
    const reports: ServiceReport[] = [];
    for (const service of services) {
      const report = await verify(logs, service, publicKeys, witnesses);
      reports.push(report);
      if (!values.json) process.stdout.write(`${linesOf(report).join('\n')}\n`);
    }
    const code = exitCodeOf(reports);
    if (values.json) {
      process.stdout.write(`${JSON.stringify({ whole: code === 0, services: reports }, null, 2)}\n`);
    } else {
      process.stdout.write(`\n${conclusionOf(reports)}\n`);
    }
    return code;
  } finally {
    await logs.close();
  }
}

function servicesNamed(names: readonly string[]): readonly ServiceName[] {
  const unknown = names.find((name) => !isServiceName(name));
  if (unknown !== undefined) {
    throw new MendableError(`There is no service "${unknown}". There are: ${serviceNames.join(', ')}.`);
  }
  return names.length === 0 ? serviceNames : serviceNames.filter((name) => names.includes(name));
}

async function verify(
  logs: AuditLogs,
  service: ServiceName,
  publicKeys: PublicKeys | null,
  witnesses: readonly Checkpoint[],
): Promise<ServiceReport> {
  const bar = new SingleBar({
    format: `  ${service.padEnd(9)} {bar} {percentage}%  {value}/{total} entries  {duration_formatted}`,
    stream: process.stderr,
    clearOnComplete: true,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
  });
  const startedAt = performance.now();
  let isShown = false;
  const verdict = await logs
    .verify(service, {
      publicKeys: publicKeys ?? undefined,
      witnesses,
      onProgress: ({ entries, of }) => {
        if (!isShown) bar.start(of, entries);
        isShown = true;
        bar.update(entries);
      },
    })
    .finally(() => isShown && bar.stop());
  if (!verdict) return reportOfMissing(service, witnesses);
  const milliseconds = Math.round(performance.now() - startedAt);
  const unknownKeys =
    verdict.break?.what === 'CHECKPOINT' ? await keysUnknown(logs, service, publicKeys, witnesses) : [];
  return { service, found: true, ...verdict, milliseconds, unknownKeys };
}

/** A key that was changed looks like a forged checkpoint, unless somebody says which key it names. */
async function keysUnknown(
  logs: AuditLogs,
  service: ServiceName,
  publicKeys: PublicKeys | null,
  witnesses: readonly Checkpoint[],
): Promise<string[]> {
  const own = (await logs.checkpoints(service)) ?? [];
  const kept = witnesses.filter((witness) => witness.service === service);
  const named = new Set([...own, ...kept].map(({ keyId }) => keyId));
  return [...named].filter((keyId) => publicKeys && !publicKeys.has(keyId));
}

async function printCheckpoints(logs: AuditLogs, services: readonly ServiceName[]): Promise<number> {
  let code = 0;
  for (const service of services) {
    const checkpoints = await logs.checkpoints(service);
    if (!checkpoints) {
      process.stderr.write(`There is no audit log of ${service} in this database.\n`);
      code = 2;
    }
    for (const checkpoint of checkpoints ?? []) process.stdout.write(`${JSON.stringify(checkpoint)}\n`);
  }
  return code;
}
