import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayEnvironment, regionEnvironment, serviceEnvironment } from '@samspill/environment';
import { describe, expect, it } from 'vitest';
import { root } from './workspaces.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Whatever stands as `CODE` in the first column of the tables below a heading. */
function firstColumn(path: string, heading: string): string[] {
  const section = read(path).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\|([^|]+)\|/gm)].flatMap((row) =>
    [...(row[1] as string).matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map((match) => match[1] as string),
  );
}

/** The members of a union of string literals in the source. */
function unionIn(path: string, name: string): string[] {
  const declaration = read(path).split(`type ${name} =`)[1]?.split(';')[0] ?? '';
  return [...declaration.matchAll(/'([A-Z_]+)'/g)].map((match) => match[1] as string);
}

describe('the documentation lists', () => {
  it('every code of a remark on data quality', () => {
    expect(firstColumn('docs/importing.md', 'Remarks on data quality').sort()).toEqual(
      unionIn('packages/eforms/src/notice.ts', 'DataQualityCode').sort(),
    );
  });

  it('every code of a refusal', () => {
    // These are not the reader's: the importer and the command line refuse on grounds of their own.
    const importer = [...read('services/tenders/src/import/read-file.ts').matchAll(/code: '([A-Z_]+)'/g)].map(
      (match) => match[1] as string,
    );
    const commandLine = [...read('packages/region/src/import/batches.ts').matchAll(/code: '([A-Z_]+)'/g)].map(
      (match) => match[1] as string,
    );
    expect(firstColumn('docs/importing.md', 'Refusals').sort()).toEqual(
      [...unionIn('packages/eforms/src/refusal.ts', 'RefusalCode'), ...importer, ...commandLine].sort(),
    );
  });

  it('every code of an error', () => {
    expect(firstColumn('docs/schema.md', 'Errors').sort()).toEqual(
      unionIn('packages/subgraph/src/errors.ts', 'ErrorCode').sort(),
    );
  });

  it.each([
    ['README.md', 'Configuration'],
    ['docs/operations.md', 'Environment'],
  ])('every variable of the environment, in %s', (path, heading) => {
    const variables = Object.keys({
      ...gatewayEnvironment.shape,
      ...serviceEnvironment.shape,
      ...regionEnvironment.shape,
    });
    expect(firstColumn(path, heading).sort()).toEqual(variables.sort());
  });
});
