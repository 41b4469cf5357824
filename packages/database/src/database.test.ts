import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { claimDataDirectory, DataDirectoryInUse } from './data-directory.js';
import { openDatabase } from './database.js';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'samspill-database-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it('keeps what was written when it is opened again', async () => {
  const dataDirectory = folder();
  const first = await openDatabase({ dataDirectory });
  await sql`create table kept (word text)`.execute(first.owner);
  await sql`insert into kept values ('samspill')`.execute(first.owner);
  await first.close();
  const second = await openDatabase({ dataDirectory });
  onTestFinished(() => second.close());
  expect((await sql`select word from kept`.execute(second.owner)).rows).toEqual([{ word: 'samspill' }]);
});

it('begins anew after a first start that was killed before it had finished', async () => {
  const dataDirectory = folder();
  mkdirSync(join(dataDirectory, 'postgres'));
  writeFileSync(join(dataDirectory, 'postgres', 'PG_VERSION'), '18');
  const database = await openDatabase({ dataDirectory });
  onTestFinished(() => database.close());
  expect((await sql`select 1 as one`.execute(database.owner)).rows).toEqual([{ one: 1 }]);
});

it('knows Norwegian: a search for one form of a word finds another', async () => {
  const database = await openDatabase({});
  onTestFinished(() => database.close());
  const found =
    await sql`select to_tsvector('norwegian', 'Ny barnehage på Spydeberg') @@ websearch_to_tsquery('norwegian', 'barnehager') as found`.execute(
      database.owner,
    );
  expect(found.rows).toEqual([{ found: true }]);
});

it('refuses a directory that a living process holds, and takes over from a dead one', () => {
  const directory = folder();
  writeFileSync(join(directory, 'owner.pid'), String(process.ppid));
  expect(() => claimDataDirectory(directory)).toThrow(DataDirectoryInUse);
  writeFileSync(join(directory, 'owner.pid'), '999999999');
  const release = claimDataDirectory(directory);
  release();
  expect(existsSync(join(directory, 'owner.pid'))).toBe(false);
});

it('says which server cannot be reached', async () => {
  await expect(openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(/ECONNREFUSED/);
});
