import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRegion } from '@samspill/region';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databaseKinds, emptyDatabase, type TestDatabase } from '../support/databases.js';
import { competition, fileOf, organisation } from '../support/notices.js';
import { everyNode } from '../support/pages.js';
import { eventually, killGroup, type RunningProgram, startProgram } from '../support/programs.js';
import { ask } from '../support/region.js';

const NOTICES = 600;
const KILLS = 3;
const IMPORT = 'packages/region/dist/import.js';

/** Everything that an import leaves behind, as the graph shows it; only the moment of import may differ. */
const LISTS: Record<string, string> = {
  notices: `id publishedAt formType title tender { id } procurement { id } buyers { id } digest: xml
    results { winners { supplierId name value } }`,
  tenders: `id title status publishedAt deadline estimatedValue cpvCodes buyers { id } procurement { id }
    lots { id title criteria { id name weight } } awards { id value suppliers { id } lot { id } }
    results { id status tendersReceived } contracts { id number value suppliers { id } } notices { id }`,
  buyers: 'id name city postCode',
  suppliers: 'id name city postCode organisationNumber awards { totalCount } contracts { totalCount }',
  marketDialogues: 'id title noticeId kind status announcedAt closesAt procurement { id }',
};

type State = Record<string, { id: string }[]>;

/** Competitions and their awards, plans and consultations: what makes every service write. */
function writeNotices(folder: string): void {
  for (let i = 0; i < NOTICES / 3; i++) {
    const title = `Anskaffelse ${i}`;
    const call = competition({
      title,
      buyer: organisation(500_001 + (i % 20), `Oppdragsgiver ${i % 20}`),
      dispatchedAt: new Date(Date.UTC(2024, 0, 1, i)),
      lots: [1, 2].map((number) => ({
        id: `LOT-000${number}`,
        title: `${title}, del ${number}`,
        description: title,
        criteria: [{ type: 'price', name: 'Pris', weight: 100 }],
      })),
    });
    const award = competition({
      ...call,
      noticeId: competition().noticeId,
      formType: 'result',
      noticeType: 'can-standard',
      subtype: '29',
      dispatchedAt: new Date(Date.UTC(2024, 5, 1, i)),
      winners: [1, 2].map((number) => ({
        lotId: `LOT-000${number}`,
        value: { amount: 100_000 * (i + 1), currency: 'NOK' },
        tenderers: [organisation(510_001 + ((i * 2 + number) % 150), `Leverandør ${(i * 2 + number) % 150}`)],
        contract: { identifier: `K-${i}-${number}`, awardDate: '2024-05-20' },
        tendersReceived: 3,
      })),
    });
    const invitation = competition({
      title: `Dialog ${i}`,
      formType: i % 2 ? 'planning' : 'consultation',
      noticeType: i % 2 ? 'pin-only' : 'pmc',
      subtype: i % 2 ? '4' : 'E1',
      procedureId: null,
      dispatchedAt: new Date(Date.UTC(2023, 0, 1, i)),
    });
    // Far apart, so that a notice and what it belongs to are seldom in one batch.
    const number = String(i).padStart(4, '0');
    for (const [prefix, draft] of [
      ['1', call],
      ['2', award],
      ['3', invitation],
    ] as const) {
      writeFileSync(join(folder, `${prefix}-${number}.xml`), fileOf(draft).xml);
    }
  }
}

/** Starts the command and waits until it has opened the database and begins. */
async function startImport(folder: string, database: TestDatabase): Promise<RunningProgram> {
  const program = startProgram(IMPORT, [folder], { environment: database.environment });
  await new Promise<void>((resolve) => {
    program.child.stderr?.on('data', (text: Buffer) => {
      if (String(text).includes('Importing ')) resolve();
    });
    void program.ended.then(() => resolve());
  });
  return program;
}

/** Waits for it where somebody else can see it: in a real PostgreSQL. */
async function messagesAreHandled({ options: { databaseUrl } }: TestDatabase): Promise<void> {
  if (!databaseUrl) return;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await eventually(
      async () => (await client.query(`select 1 from messages.job where state = 'active'`)).rows.length > 0,
      { every: 1, what: 'a message to be handled' },
    );
  } finally {
    await client.end();
  }
}

async function stateOf(database: TestDatabase): Promise<State> {
  const region = await startRegion({
    ...database.options,
    log: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
    introspection: false,
    playground: false,
    demo: false,
  });
  try {
    const query = (text: string, variables?: object) => ask(region.gateway.url, text, variables);
    const state: State = {};
    for (const [list, nodes] of Object.entries(LISTS)) {
      const found = await everyNode<{ id: string }>({ query }, { list, nodes });
      expect(found.nodes).toHaveLength(found.totalCount);
      state[list] = found.nodes.sort((a, b) => (a.id < b.id ? -1 : 1));
    }
    return state;
  } finally {
    await region.close();
  }
}

describe.each(databaseKinds)('an import that is killed, on %s', (kind) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'samspill-kill-'));
    writeNotices(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Five imports of the real notices, one after the other.
  test('and run again loses nothing, doubles nothing and leaves nothing half written', {
    timeout: 240_000,
  }, async () => {
    await using undisturbed = await emptyDatabase(kind, { onDisk: true });
    const whole = await startImport(folder, undisturbed);
    const began = performance.now();
    expect(await whole.ended).toMatchObject({ code: 0 });
    const duration = performance.now() - began;
    const expected = await stateOf(undisturbed);
    expect(Object.values(expected).map((list) => list.length)).toEqual([600, 300, 21, 150, 200]);

    await using killed = await emptyDatabase(kind, { onDisk: true });
    for (let kill = 1; kill <= KILLS; kill++) {
      const after = Math.round(((0.2 + 0.7 * Math.random()) * duration) / KILLS);
      const program = await startImport(folder, killed);
      await delay(after);
      // The last one dies with messages in its hands.
      if (kill === KILLS) await messagesAreHandled(killed);
      killGroup(program.child);
      const { signal } = await program.ended;
      // What a failure here is reproduced with.
      console.info(`${kind}: killed ${after} ms into an import of ${Math.round(duration)} ms`);
      expect(signal).toBe('SIGKILL');
    }

    const second = await startImport(folder, killed);
    const { code, out } = await second.ended;
    expect(code).toBe(0);
    const [, imported, unchanged] = /Total +(\d+) +(\d+)/.exec(out) ?? [];
    expect(Number(imported) + Number(unchanged)).toBe(NOTICES);
    expect(Number(unchanged), 'it was killed in the middle').toBeGreaterThan(0);
    expect(await stateOf(killed)).toEqual(expected);
  });
});
