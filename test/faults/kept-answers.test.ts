import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FiveProcesses, startFiveProcesses } from '../support/five-processes.js';
import { competition, fileOf, importInto } from '../support/notices.js';
import { eventually } from '../support/programs.js';

/** How long a change may be on its way to a gateway that did not carry it, in milliseconds; mostly it is a few. */
const ON_ITS_WAY = 1_000;

describe('answers that are kept by a gateway in a process of its own', () => {
  let graph: FiveProcesses;
  beforeAll(async () => {
    graph = await startFiveProcesses();
  }, 120_000);
  afterAll(() => graph?.[Symbol.asyncDispose]());

  const NAME = '{ municipality(number: "3118") { name } }';
  const name = async () => (await graph.query(NAME)).data.municipality.name as string;
  const rename = (to: string) =>
    graph.sql(`update tenders.municipality set name = $1 where number = '3118'`, [to]);
  const hears = (expected: string, patience: number) =>
    eventually(async () => (await name()) === expected, { patience, every: 5, what: expected });

  test('are kept at all: what the database hides from its triggers is not seen', async () => {
    // Demo data is still on its way when the gateway first answers, and what is told of it ends an answer rightly.
    const isKept = async () => {
      const before = await name();
      // As a restore does it: no trigger runs, and nobody is told.
      await graph.sql(`begin; set local session_replication_role = replica;
        update tenders.municipality set name = 'Uhørt' where number = '3118'; commit`);
      const after = await name();
      await rename(before);
      await hears(before, 10 * ON_ITS_WAY);
      return after === before;
    };
    await eventually(isKept, { what: 'an answer that is kept' });
  });

  test('end with a change that another process made, as soon as it is heard', async () => {
    for (const each of ['En', 'To', 'Tre', 'Indre Østfold']) {
      await name();
      await rename(each);
      await hears(each, ON_ITS_WAY);
    }
  });

  test('end with a correction that is imported through it, before the importer is answered', async () => {
    const TITLES = '{ tenders(first: 200) { nodes { title } } }';
    const titles = async () =>
      (await graph.query(TITLES)).data.tenders.nodes.map(({ title }: { title: string }) => title);
    const call = competition({ title: 'Brøyting av gangveier' });
    await importInto(graph, [fileOf(call)]);
    const later = ['Brøyting av gangveier og torg', 'Brøyting av torg', 'Strøing av torg'];
    for (const [days, title] of later.entries()) {
      await titles();
      const change = {
        previousNotice: `${call.noticeId}-01`,
        reasonCode: 'update-add',
        reason: 'Nytt navn.',
      };
      const dispatchedAt = new Date(Date.UTC(2024, 2, 2 + days));
      const correction = competition({ ...call, noticeId: crypto.randomUUID(), title, change, dispatchedAt });
      await importInto(graph, [fileOf(correction)]);
      expect(await titles()).toContain(title);
    }
  });

  test('end when the database no longer says what changes, and are kept again when it does', async () => {
    await name();
    await graph.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'samspill-changes'`,
    );
    await rename('Uten varsel');
    await hears('Uten varsel', ON_ITS_WAY);
    await rename('Indre Østfold');
    await hears('Indre Østfold', ON_ITS_WAY);
  });

  test('are not given once the service is gone: nobody could say whether they are right', async () => {
    const suppliers = '{ suppliers(first: 3) { nodes { name } } }';
    const first = await graph.query(suppliers);
    expect(first.errors).toBeUndefined();
    process.kill(graph.processes.suppliers, 'SIGKILL');
    await eventually(async () => (await graph.query(suppliers)).errors, { patience: ON_ITS_WAY, every: 5 });
    expect(await name(), 'of the others they are').toBe('Indre Østfold');
  });
});
