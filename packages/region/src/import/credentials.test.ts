import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '@samspill/environment';
import { expect, it, onTestFinished } from 'vitest';
import { toolKey, toolKeyFile } from '../tools/tool-key.js';
import { credentialsFor } from './credentials.js';
import { importEnvironment } from './environment.js';

const HERE = 'http://127.0.0.1:4000';
const read = (variables: Record<string, string>) => readEnvironment(importEnvironment, variables);

async function dataDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'samspill-credentials-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  await toolKey(directory);
  return directory;
}

it('uses the key of the data directory for the region that runs on it, by any name of this machine', async () => {
  const DATA_DIR = await dataDirectory();
  const of = async (url: string, running: string | null) =>
    (await credentialsFor(url, running, read({ DATA_DIR })))?.description;
  expect(await of(HERE, HERE)).toBe(`the key in ${toolKeyFile(DATA_DIR)}`);
  expect(await of('http://localhost:4000', HERE)).toBeDefined();
  for (const elsewhere of [
    'http://127.0.0.1:4001',
    'https://127.0.0.1:4000',
    'http://a.no:4000',
    'nowhere',
  ]) {
    expect(await of(elsewhere, HERE), elsewhere).toBeUndefined();
  }
  expect(await of(HERE, null)).toBeUndefined();
});

it('prefers what it was given', async () => {
  const DATA_DIR = await dataDirectory();
  const file = toolKeyFile(DATA_DIR);
  const given = read({
    DATA_DIR,
    MASKINPORTEN_CLIENT_ID: 'client',
    MASKINPORTEN_KEY_FILE: file,
    MASKINPORTEN_RESOURCE: 'https://graph.example.no',
    MASKINPORTEN_SCOPE: 'example:samspill/notices.import',
  });
  expect((await credentialsFor(HERE, HERE, given))?.description).toBe(
    'a token of Maskinporten (https://maskinporten.no/) for the client client, the scope example:samspill/notices.import and the resource https://graph.example.no',
  );
  const both = { ...given, SERVICE_KEY_FILE: file };
  expect((await credentialsFor(HERE, HERE, both))?.description).toContain('(SERVICE_KEY_FILE)');
});

it('does not guess what is missing for Maskinporten', () => {
  expect(read({})).toMatchObject({
    MASKINPORTEN_ISSUER: 'https://maskinporten.no/',
    MASKINPORTEN_SCOPE: 'samspill:notices.import',
  });
  expect(() => read({ MASKINPORTEN_CLIENT_ID: 'client', MASKINPORTEN_KEY_FILE: 'key.jwk' })).toThrow(
    /MASKINPORTEN_RESOURCE: Missing beside MASKINPORTEN_CLIENT_ID and MASKINPORTEN_KEY_FILE/,
  );
  expect(() => read({ MASKINPORTEN_ISSUER: 'maskinporten' })).toThrow(/MASKINPORTEN_ISSUER/);
});
