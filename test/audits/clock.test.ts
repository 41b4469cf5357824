import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root, workspaces } from './workspaces.js';

/**
 * Who may ask the machine what time it is. Everybody else is told by a `Clock`, so that tests and demos
 * can move time, and a rule that is asked twice in one request hears the same answer.
 */
const MAY_ASK: Record<string, string> = {
  'packages/values/src/clock.ts': 'it is the clock',
  'packages/eforms/src/parse-notice.ts': 'a default for callers without a clock; the importer passes one',
  'packages/region/src/region.ts': 'how long it waits, which is no rule',
  'packages/database/src/data-directory.ts': 'how old a file on the disk is, which the disk dates',
};

const ASKING = /\bnew Date\(\s*\)|\bDate\.now\(/;

it('leaves the time of day to the clock', () => {
  const asking = workspaces()
    .filter((workspace) => workspace.kind !== 'test')
    .flatMap((workspace) => workspace.sources)
    .filter((source) => !source.isTest && ASKING.test(source.text))
    .map((source) => source.path);
  expect(asking.sort()).toEqual(Object.keys(MAY_ASK).sort());
});

it('leaves it to the clock in SQL as well', () => {
  const migrations = workspaces()
    .filter((workspace) => workspace.kind === 'services')
    .flatMap(({ folder }) =>
      readdirSync(join(root, folder, 'migrations')).map((file) => join(folder, 'migrations', file)),
    );
  const sources = workspaces()
    .filter((workspace) => workspace.kind === 'services')
    .flatMap((workspace) => workspace.sources)
    .filter((source) => !source.isTest)
    .map((source) => source.path);
  const SQL = /\bnow\(\)\s*(::|[,)'"`]|at time zone)|\bcurrent_(date|timestamp)\b|default\s+now\(\)/i;
  expect(migrations.length).toBeGreaterThan(3);
  const asking = [...migrations, ...sources].filter((path) =>
    SQL.test(readFileSync(join(root, path), 'utf8').replace(/clock\.now\(\)/g, '')),
  );
  expect(asking).toEqual([]);
});
