import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Batch, batches } from './batches.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samspill-batches-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function gathered(...paths: string[]): Promise<Batch[]> {
  async function* each() {
    yield* paths;
  }
  const all: Batch[] = [];
  for await (const batch of batches(each())) all.push(batch);
  return all;
}

it('refuses a file that is too large without reading it, and goes on', async () => {
  const [large, small] = [join(folder, 'large.xml'), join(folder, 'small.xml')];
  await writeFile(large, '');
  // Sparse: on the disk it takes no room, in memory it would.
  await truncate(large, 2 ** 34);
  await writeFile(small, '<a/>');
  const [batch, ...more] = await gathered(large, small);
  expect(more).toEqual([]);
  expect(batch?.files).toEqual([{ name: small, xml: '<a/>' }]);
  expect(batch?.refused).toMatchObject([{ name: large, code: 'TOO_LARGE', rule: 'LIMIT-SIZE' }]);
});

it('counts what is sent: quotation marks are escaped', async () => {
  const paths = ['one.xml', 'two.xml'].map((name) => join(folder, name));
  for (const path of paths) await writeFile(path, '"'.repeat(1_500_000));
  expect((await gathered(...paths)).map(({ files }) => files.length)).toEqual([1, 1]);
});

it('names a file without NUL', async () => {
  const [batch] = await gathered(join(folder, 'miss\0ing.xml'));
  expect(batch?.refused).toMatchObject([{ name: join(folder, 'missing.xml'), code: expect.any(String) }]);
});
