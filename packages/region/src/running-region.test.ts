import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimDataDirectory } from '@samspill/database';
import { expect, it, onTestFinished } from 'vitest';
import { announceRegion, runningRegion } from './running-region.js';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-address-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function answering(): Promise<string> {
  const server = createServer((_request, response) => void response.end('ok')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('finds the region that holds the directory', async () => {
  const directory = folder();
  const url = await answering();
  onTestFinished(claimDataDirectory(directory));
  expect(await runningRegion(directory)).toBeNull();
  const withdraw = announceRegion(directory, url);
  expect(await runningRegion(directory)).toBe(url);
  withdraw();
  expect(await runningRegion(directory)).toBeNull();
});

it('does not believe the address of a process that does not hold the directory, whoever answers there', async () => {
  const directory = folder();
  const url = await answering();
  announceRegion(directory, url);
  expect(await runningRegion(directory)).toBeNull();
  onTestFinished(claimDataDirectory(directory));
  writeFileSync(join(directory, 'region.json'), JSON.stringify({ processId: 999999999, url }));
  expect(await runningRegion(directory)).toBeNull();
  writeFileSync(join(directory, 'region.json'), '{"proc');
  expect(await runningRegion(directory)).toBeNull();
});
