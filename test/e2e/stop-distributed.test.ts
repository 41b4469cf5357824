import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { freePorts, killGroup, startProgram } from '../support/programs.js';

it('stops five processes and their own PostgreSQL in order when the terminal says Ctrl+C', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-stop-'));
  // PostgreSQL is another user where the tests are run by root.
  chmodSync(directory, 0o755);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const { child, ended } = startProgram('packages/region/dist/distributed.js', [], {
    environment: { DATA_DIR: directory, PORT: String(await freePorts(5)), DEMO: 'false', LOG_LEVEL: 'info' },
  });
  onTestFinished(() => killGroup(child));
  await new Promise<void>((resolve, reject) => {
    const lines = createInterface({ input: child.stderr as NodeJS.ReadableStream });
    lines.on('line', (line) => line.startsWith('Samspill is running') && resolve());
    void ended.then(({ err }) => reject(new Error(`It did not start:\n${err}`)));
  });
  process.kill(-(child.pid as number), 'SIGINT');
  const { code, err, out } = await ended;
  expect(code).toBe(0);
  expect(err).toMatch(/Finishing what is in flight …\n$/);
  // Nothing but information: whoever loses the database while finishing says so at a higher level.
  expect(out.split('\n').filter((line) => line !== '' && JSON.parse(line).level > 30)).toEqual([]);
});
