import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@samspill/database';
import { startRegion } from '@samspill/region';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { publicHalfOf } from '../../packages/region/src/tools/audit-keys.js';
import { databaseKinds, emptyDatabase, type TestDatabase } from '../support/databases.js';
import { type Ended, runProgram, startProgram } from '../support/programs.js';

const VERIFY = 'packages/region/dist/audit-verify.js';
const auditKey = Buffer.alloc(32, 3);
const AUDIT_KEY = auditKey.toString('base64url');
const SERVICES = ['tenders', 'suppliers', 'dialogue', 'events'];

function emptyFolder(atEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'samspill-verify-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const start = (database: TestDatabase) =>
  startRegion({
    ...database.options,
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: false,
    playground: false,
    demo: true,
    auditKey,
  });

/** As somebody who has the whole database: triggers keep only honest people out. */
async function tamper(database: TestDatabase, ...statements: string[]): Promise<void> {
  const { databaseUrl: url, dataDirectory } = database.options;
  const opened = await openDatabase({ url, dataDirectory });
  const execute = (statement: string) => sql.raw(statement).execute(opened.owner);
  try {
    for (const service of ['tenders', 'events']) {
      for (const table of ['audit_entry', 'audit_checkpoint', 'audit_head']) {
        await execute(`alter table ${service}.${table} disable trigger all`);
      }
    }
    for (const statement of statements) await execute(statement);
  } finally {
    await opened.close();
  }
}

const lineOf = ({ out }: Ended, service: string) =>
  out.split('\n').find((line) => line.startsWith(`  ${service} `));

describe.each(databaseKinds)('audit:verify on %s', { timeout: 180_000 }, (kind) => {
  let database: TestDatabase;
  let environment: Record<string, string>;
  let meanwhile: Ended;
  /** What was kept outside the database while all was well. */
  let witness: string;
  /** How many entries tenders has. */
  let end: number;
  const verify = (...args: string[]) => runProgram(VERIFY, args, { environment });

  beforeAll(async () => {
    database = await emptyDatabase(kind, { onDisk: true });
    environment = { DATA_DIR: emptyFolder(afterAll), ...database.environment, AUDIT_KEY };
    const region = await start(database);
    meanwhile = await startProgram(VERIFY, [], { environment }).ended;
    await region.close();
    const kept = await startProgram(VERIFY, ['--checkpoints'], { environment }).ended;
    witness = join(emptyFolder(afterAll), 'kept.jsonl');
    writeFileSync(witness, kept.out);
    const { services } = JSON.parse((await startProgram(VERIFY, ['--json'], { environment }).ended).out);
    end = services[0].entries;
  });
  afterAll(() => database?.[Symbol.asyncDispose]());

  test('works beside a region on PostgreSQL, and says who has an embedded database', () => {
    if (kind === 'postgresql') return expect(meanwhile).toMatchObject({ code: 0 });
    expect(meanwhile).toMatchObject({ code: 2, out: '' });
    expect(meanwhile.err).toMatch(
      new RegExp(`belongs to one process at a time.*process ${process.pid}\\. Stop that process`),
    );
  });

  test('finds all whole, and believes only the keys that it was given', async () => {
    const whole = await verify('--witness', witness);
    expect(whole).toMatchObject({ code: 0, signal: null });
    for (const service of SERVICES) {
      expect(lineOf(whole, service)).toMatch(
        /whole: \d[\d ]* entr(y|ies), 1 checkpoint \(signatures checked\), /,
      );
    }
    expect(whole.out).toContain('All audit logs are whole.');

    const json = JSON.parse((await verify('--json', '--service', 'tenders')).out);
    expect(json).toEqual({
      whole: true,
      services: [expect.objectContaining({ service: 'tenders', signaturesChecked: true, break: null })],
    });

    // Somebody else's key, and ours as an auditor has it.
    const { text, keyId } = publicHalfOf(auditKey);
    const other = publicHalfOf(Buffer.alloc(32, 4)).text;
    const stranger = await verify('--key', other);
    expect(stranger.code).toBe(1);
    expect(lineOf(stranger, 'tenders')).toContain('(CHECKPOINT)');
    expect(stranger.out).toContain(`a key that was not given: ${keyId}.`);
    expect(await verify('--key', other, '--key', text)).toMatchObject({ code: 0 });
  });

  test('names the first row that was tampered with', async () => {
    const digest = `coalesce(after_digest, '\\x00')`;
    const cases: [what: string, at: number, says: RegExp, statements: string[]][] = [
      [
        'TAIL_CUT',
        end,
        /end of the log was cut off.*\n {4}The row itself is not there/,
        [`delete from tenders.audit_entry where sequence = ${end}`],
      ],
      [
        'CHANGED',
        end - 1,
        new RegExp(
          `was changed after it was written.*\\n {4}row: sequence ${end - 1}, operation \\S+, object \\S.*, time \\d{4}-\\d\\d-\\d\\dT`,
        ),
        [
          `update tenders.audit_entry set after_digest = set_byte(${digest}, 0, (get_byte(${digest}, 0) + 1) % 256) where sequence = ${end - 1}`,
        ],
      ],
      [
        'MISSING',
        end - 3,
        new RegExp(`Entry ${end - 3} is missing\\. The next one there is ${end - 2}\\.`),
        [`delete from tenders.audit_entry where sequence = ${end - 3}`],
      ],
      [
        'ORDER',
        end - 6,
        new RegExp(`belongs at ${end - 6} stands at ${end - 5}\\.\\n {4}row: sequence ${end - 5}`),
        [
          `update tenders.audit_entry set sequence = -1 where sequence = ${end - 6}`,
          `update tenders.audit_entry set sequence = ${end - 6} where sequence = ${end - 5}`,
          `update tenders.audit_entry set sequence = ${end - 5} where sequence = -1`,
        ],
      ],
    ];
    expect(end).toBeGreaterThan(8);
    for (const [what, at, says, statements] of cases) {
      await tamper(database, ...statements);
      const broken = await verify();
      expect(broken.code, what).toBe(1);
      expect(lineOf(broken, 'tenders')).toBe(`  tenders    BROKEN at entry ${at} (${what})`);
      expect(broken.out).toMatch(says);
      expect(lineOf(broken, 'suppliers'), 'the others are looked at as well').toContain('whole');
      expect(broken.out).toContain('The audit log of tenders is not what was written.');
    }
    const machine = JSON.parse((await verify('--json')).out);
    expect(machine.whole).toBe(false);
    expect(machine.services[0].break).toMatchObject({ what: 'ORDER', sequence: String(end - 6) });
  });

  test('hears a witness where the database has forgotten', async () => {
    // An end that was cut off with everything in the database that speaks of it.
    await tamper(
      database,
      'delete from events.audit_entry where sequence = (select max(sequence) from events.audit_entry)',
      'delete from events.audit_checkpoint',
      'update events.audit_head set sequence = last.sequence, hash = last.hash from (select * from events.audit_entry order by sequence desc limit 1) last',
    );
    expect(await verify('--service', 'events')).toMatchObject({ code: 0 });
    const told = await verify('--service', 'events', '--witness', witness);
    expect(told.code).toBe(1);
    expect(told.out).toContain('(TAIL_CUT)');

    // A log that is gone altogether proves nothing by itself.
    await tamper(database, 'drop schema dialogue cascade');
    const gone = await verify('--service', 'dialogue');
    expect(gone.code).toBe(2);
    expect(lineOf(gone, 'dialogue')).toContain('has no audit log here');
    expect(await verify('--service', 'dialogue', '--witness', witness)).toMatchObject({ code: 1 });
    expect(await verify('--service', 'dialogue', '--checkpoints')).toMatchObject({ code: 2, out: '' });
  });
});

describe('audit:verify', () => {
  test('does not believe a database whose rows it may not see', async () => {
    const database = await emptyDatabase('postgresql');
    onTestFinished(() => database[Symbol.asyncDispose]());
    await (await start(database)).close();
    const role = `reader_${Math.random().toString(36).slice(2)}`;
    await tamper(
      database,
      `create role ${role} login password 'x'`,
      `grant usage on schema tenders to ${role}`,
      `grant select on all tables in schema tenders to ${role}`,
    );
    onTestFinished(async () => void (await tamper(database, `drop owned by ${role}`, `drop role ${role}`)));
    const url = new URL(database.options.databaseUrl as string);
    Object.assign(url, { username: role, password: 'x' });
    const environment = { DATABASE_URL: url.href, DATA_DIR: emptyFolder() };
    const hidden = await runProgram(VERIFY, ['--service', 'tenders'], { environment });
    expect(hidden.code).toBe(2);
    expect(hidden.err).toMatch(/does not own the audit log of tenders/);
    expect(hidden.err).toContain('Signatures are not checked: there is no AUDIT_KEY');
  });

  test('explains itself, makes nothing, and ends with 2 where it could not verify', async () => {
    const DATA_DIR = emptyFolder();
    const environment = { DATA_DIR };
    const help = await runProgram(VERIFY, ['--help'], { environment });
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('npm run audit:verify -- [options]');
    const failures: [args: string[], says: RegExp, environment?: Record<string, string>][] = [
      [[], /There is no embedded database in .*DATA_DIR.*DATABASE_URL/],
      [['--colour'], /--colour/],
      [['tenders'], /tenders/],
      [['--service', 'tender'], /no service "tender"\. There are: tenders, suppliers, dialogue, events/],
      [['--key', 'nonsense'], /--key nonsense: neither a file nor a public key/],
      [['--witness', '/no/such/file'], /--witness \/no\/such\/file/],
      [['--checkpoints', '--json'], /--checkpoints only prints them/],
      [[], /DATABASE_URL does not answer/, { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/b' }],
    ];
    for (const [args, says, more] of failures) {
      const failed = await runProgram(VERIFY, args, { environment: { ...environment, ...more } });
      expect(failed.err).toMatch(says);
      expect(failed, args.join(' ')).toMatchObject({ code: 2, out: '' });
      expect(failed.err, 'a stack is for developers').not.toMatch(/\n +at |secret/);
    }
    expect(readdirSync(DATA_DIR)).toEqual([]);

    const database = await emptyDatabase('postgresql');
    onTestFinished(() => database[Symbol.asyncDispose]());
    const nothing = await runProgram(VERIFY, [], { environment: { ...database.environment, DATA_DIR } });
    expect(nothing.code).toBe(2);
    expect(nothing.out).toContain('There is no audit log in this database');
  });
});
