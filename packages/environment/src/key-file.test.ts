import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { EnvironmentError } from './environment-error.js';
import { developmentKey, keyOf, requiredKey } from './key-file.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samspill-key-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
});

describe('a key of the environment', () => {
  const good = Buffer.alloc(32, 7).toString('base64url');

  it('is read', () => {
    expect(requiredKey(good, 'GATEWAY_KEY')).toEqual(Buffer.alloc(32, 7));
  });

  it('says how to make one when it is missing', () => {
    expect(() => requiredKey(undefined, 'GATEWAY_KEY')).toThrow(/^GATEWAY_KEY is missing.*randomBytes\(32\)/);
    expect(() => requiredKey(undefined, 'GATEWAY_KEY')).toThrow(EnvironmentError);
  });

  it.each([
    ['too short', 'c2hvcnQ', /5 bytes/],
    ['not base64url', `${good}+/=`, /not base64url/],
  ])('is refused when it is %s, without being shown', (_, value, message) => {
    expect(() => keyOf(value, 'GATEWAY_KEY')).toThrow(message);
    expect(() => keyOf(value, 'GATEWAY_KEY')).not.toThrow(new RegExp(value.slice(0, 6)));
  });
});

describe('a key for developing', () => {
  it('is made once, and only its owner may read it', () => {
    const inside = join(directory, 'data');
    const key = developmentKey(inside, 'gateway');
    expect(key).toHaveLength(32);
    expect(developmentKey(inside, 'gateway')).toEqual(key);
    expect(developmentKey(inside, 'audit')).not.toEqual(key);
    expect(readdirSync(inside).sort()).toEqual(['audit.key', 'gateway.key']);
    if (process.platform !== 'win32') {
      expect(statSync(join(inside, 'gateway.key')).mode & 0o777).toBe(0o600);
    }
  });

  it('that is broken is not used and not replaced', () => {
    writeFileSync(join(directory, 'gateway.key'), '');
    expect(() => developmentKey(directory, 'gateway')).toThrow(/holds no key\. Delete it/);
  });

  it('is the same for processes that start together', async () => {
    const program = `
      import { developmentKey } from ${JSON.stringify(new URL('./key-file.ts', import.meta.url).href)};
      process.stdout.write(Buffer.from(developmentKey(process.argv[1], 'gateway')).toString('hex'));`;
    // Node runs plain TypeScript, but looks for the neighbours under the names that they are imported by.
    const hook = `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => next(name.startsWith('./') ? name.replace(/\\.js$/, '.ts') : name, context) });`)}`;
    const keys = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const child = spawn(
          process.execPath,
          ['--no-warnings', '--import', hook, '--input-type=module', '-e', program, directory],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        let written = '';
        child.stdout.on('data', (part) => {
          written += part;
        });
        await once(child, 'close');
        return written;
      }),
    );
    expect(keys[0]).toMatch(/^[\da-f]{64}$/);
    expect(new Set(keys).size).toBe(1);
  });
});
