import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimDataDirectory, DataDirectoryInUse, ownerOf } from './data-directory.js';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samspill-claim-'));
  file = join(directory, 'owner.pid');
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

it('knows the owner while it lives', () => {
  expect(ownerOf(directory)).toBeNull();
  const release = claimDataDirectory(directory);
  expect(ownerOf(directory)).toBe(process.pid);
  // Other programs read the number too.
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  release();
  expect(ownerOf(directory)).toBeNull();
  writeFileSync(file, '999999999');
  expect(ownerOf(directory)).toBeNull();
});

it('takes over what a process left behind that died while it claimed', () => {
  const lock = join(directory, 'owner.lock');
  mkdirSync(lock);
  const longAgo = new Date(2020, 0);
  utimesSync(lock, longAgo, longAgo);
  claimDataDirectory(directory);
  expect(existsSync(lock)).toBe(false);
});

it('gives back the lock when it is refused, and leaves the claim of another alone', () => {
  const release = claimDataDirectory(directory);
  writeFileSync(file, String(process.ppid));
  expect(() => claimDataDirectory(directory)).toThrow(DataDirectoryInUse);
  expect(existsSync(join(directory, 'owner.lock'))).toBe(false);
  release();
  expect(ownerOf(directory)).toBe(process.ppid);
});
