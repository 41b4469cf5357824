import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevelopmentIssuer, startDevelopmentIssuer } from '@samspill/development-issuer';
import { createToolKey, type IssuerConfiguration, identifyBy, TokenRefused } from '@samspill/identity';
import { type Region, serviceNamed, startRegion } from '@samspill/region';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { announceRegion } from '../../packages/region/src/running-region.js';
import { toolKeys } from '../../packages/region/src/tools/make-keys.js';
import { toolKey } from '../../packages/region/src/tools/tool-key.js';
import { emptyDatabase, type TestDatabase } from '../support/databases.js';
import { competition, fileOf } from '../support/notices.js';
import { type Ended, runProgram } from '../support/programs.js';

const IMPORT = 'packages/region/dist/import.js';
const AUDIENCE = 'https://graph.example.no';

/** How many requests with a token are believed before the issuer is forgotten. */
let believed = Number.POSITIVE_INFINITY;
beforeEach(() => {
  believed = Number.POSITIVE_INFINITY;
});

let issuer: DevelopmentIssuer;
let database: TestDatabase;
let region: Region;
let withdraw: () => void;
/** The region's own data directory, as the command is told. */
let here: Record<string, string>;
let ownKeyFile: string;

beforeAll(async () => {
  issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience: AUDIENCE });
  database = await emptyDatabase('embedded', { onDisk: true });
  here = database.environment;
  const dataDirectory = database.options.dataDirectory as string;
  const [tool, trust] = await toolKeys('nightly');
  ownKeyFile = folderOf({ 'nightly.jwk': tool?.files?.['nightly.jwk'] as string }, afterAll);
  const issuers: IssuerConfiguration[] = [
    (await toolKey(dataDirectory)).issuer,
    ...(JSON.parse(trust?.variables.ISSUERS as string) as IssuerConfiguration[]),
    issuer.configuration,
  ];
  const identify = identifyBy(issuers);
  region = await startRegion({
    ...database.options,
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: true,
    playground: false,
    demo: false,
    identify: (header) => {
      if (header !== undefined && --believed < 0) throw new TokenRefused('EXPIRED');
      return identify(header);
    },
  });
  withdraw = announceRegion(dataDirectory, region.gateway.url);
});
afterAll(async () => {
  withdraw?.();
  await region?.close();
  await issuer?.close();
  await database?.[Symbol.asyncDispose]();
});

/** A folder with these files; for one file, its path. */
function folderOf(files: Record<string, string>, atEnd = onTestFinished): string {
  const folder = mkdtempSync(join(tmpdir(), 'samspill-identity-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const names = Object.keys(files);
  return names.length === 1 ? join(folder, names[0] as string) : folder;
}

const notices = (count: number): string =>
  folderOf(
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}.xml`, fileOf(competition()).xml])),
  );

async function maskinporten(): Promise<Record<string, string>> {
  const key = await (await fetch(`${issuer.issuer}/machines/samspill-import/key`)).text();
  return {
    MASKINPORTEN_CLIENT_ID: 'samspill-import',
    MASKINPORTEN_KEY_FILE: folderOf({ 'client.jwk': key }),
    MASKINPORTEN_ISSUER: issuer.issuer,
    MASKINPORTEN_RESOURCE: AUDIENCE,
  };
}

/** Who the last import was, as the audit log has it. */
async function lastClient(): Promise<unknown> {
  const [entry] = await serviceNamed(region.services, 'tenders')
    .store.as('system')
    .execute(
      `select actor_kind, client_id, organisations from tenders.audit_entry where operation = 'importNotices' order by sequence desc limit 1`,
    );
  return entry;
}

const elsewhere = () => ({ DATA_DIR: folderOf({}) });
const url = () => region.gateway.url;
const secrets = /eyJ|"d":/;

function expectStored(ended: Ended, count: number) {
  expect(ended.err).not.toMatch(secrets);
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(ended.out).toMatch(new RegExp(`Total +${count} +0\\n`));
}

describe('the import proves who it is', () => {
  test('by the key in the data directory of the region that runs on it', async () => {
    const found = await runProgram(IMPORT, [notices(2)], { environment: here });
    expectStored(found, 2);
    expect(found.err).toMatch(/into the region at \S+, with the key in \S+tools\.jwk/);
    expect(await lastClient()).toEqual({
      actor_kind: 'SERVICE',
      client_id: 'samspill-import',
      organisations: [],
    });
    const named = url().replace('127.0.0.1', 'localhost');
    expectStored(await runProgram(IMPORT, ['--url', named, notices(1)], { environment: here }), 1);
  });

  test('by a key of its own', async () => {
    const environment = { ...elsewhere(), SERVICE_KEY_FILE: ownKeyFile };
    const sent = await runProgram(IMPORT, ['--url', url(), notices(1)], { environment });
    expectStored(sent, 1);
    expect(sent.err).toContain(`with the key in ${ownKeyFile} (SERVICE_KEY_FILE), as nightly`);
    expect(await lastClient()).toMatchObject({ client_id: 'nightly' });
  });

  test('by a token of Maskinporten', async () => {
    const environment = { ...elsewhere(), ...(await maskinporten()) };
    const sent = await runProgram(IMPORT, ['--url', url(), notices(1)], { environment });
    expectStored(sent, 1);
    expect(sent.err).toContain('for the client samspill-import, the scope samspill:notices.import');
    expect(await lastClient()).toEqual({
      actor_kind: 'SERVICE',
      client_id: 'samspill-import',
      organisations: ['920123899'],
    });
  });
});

describe('the import that is not let in says what it used and what to do', () => {
  const cases: [what: string, environment: () => Promise<Record<string, string>>, says: RegExp][] = [
    [
      'nothing',
      async () => ({}),
      /had nothing to identify itself with\. Give it a key \(SERVICE_KEY_FILE\), .*MASKINPORTEN_CLIENT_ID.*DATA_DIR/,
    ],
    [
      'a key that the region does not trust',
      async () => ({
        SERVICE_KEY_FILE: folderOf({ 'x.jwk': JSON.stringify((await createToolKey()).privateKey) }),
      }),
      /x\.jwk \(SERVICE_KEY_FILE\), as samspill-import\. The region's ISSUERS must have .*own-key/,
    ],
    [
      'a machine without the scope',
      async () => ({ ...(await maskinporten()), MASKINPORTEN_SCOPE: ' ' }),
      /token of Maskinporten .*MASKINPORTEN_SCOPE\) must be one that lets a machine import/s,
    ],
    [
      'a client that gets no token',
      async () => ({ ...(await maskinporten()), MASKINPORTEN_SCOPE: 'samspill:everything' }),
      /gives no token \(invalid_scope/,
    ],
    [
      'half a client',
      async () => ({ MASKINPORTEN_CLIENT_ID: 'samspill-import' }),
      /MASKINPORTEN_KEY_FILE: Missing beside MASKINPORTEN_CLIENT_ID/,
    ],
  ];
  test.each(cases)('with %s', async (_what, given, says) => {
    const environment = { ...elsewhere(), ...(await given()) };
    const failed = await runProgram(IMPORT, ['--url', url(), notices(1)], { environment });
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(says);
    expect(failed.err).not.toMatch(secrets);
    expect(failed.err, 'a stack is for developers').not.toMatch(/\n +at /);
    expect(failed.out).toBe('');
  });

  test('and what it had stored until then', async () => {
    believed = 1;
    const folder = notices(60);
    const stopped = await runProgram(IMPORT, [folder], { environment: here });
    expect(stopped.code).toBe(1);
    expect(stopped.out).toMatch(/Total +50 +0\n/);
    expect(stopped.err).toMatch(
      /does not take these notices from us: .*\n.*tools\.jwk\. .*start the region again/,
    );
    expect(stopped.err).toContain('The 50 notices that had been sent before are stored');
    believed = Number.POSITIVE_INFINITY;
    const again = await runProgram(IMPORT, [folder], { environment: here });
    expect(again.out).toMatch(/Total +10 +50\n/);
  });
});
