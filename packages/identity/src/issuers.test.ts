import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { issuersOf } from './issuers.js';

const development = {
  name: 'development',
  profile: 'development',
  issuer: 'http://127.0.0.1:4010',
  audience: 'http://127.0.0.1:4000',
};

describe('ISSUERS', () => {
  it('is JSON, or a file with JSON, or nothing', async () => {
    const json = JSON.stringify([development]);
    const directory = mkdtempSync(join(tmpdir(), 'samspill-issuers-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'issuers.json');
    writeFileSync(file, json);
    expect(issuersOf({})).toEqual([]);
    expect(issuersOf({ ISSUERS: json })).toMatchObject([{ name: 'development' }]);
    expect(issuersOf({ ISSUERS: file })).toMatchObject([{ name: 'development' }]);
  });

  it.each([
    ['[', /ISSUERS is not JSON/],
    ['/nowhere/issuers.json', /neither a JSON array nor a file .*ENOENT/],
    [JSON.stringify([{ ...development, profile: 'github' }]), /0\.profile/],
    [JSON.stringify([{ ...development, audience: undefined }]), /0\.audience/],
  ])('%s is refused, with what does not fit', (ISSUERS, message) => {
    expect(() => issuersOf({ ISSUERS })).toThrow(message);
  });

  it('has no invented people in production', () => {
    const ISSUERS = JSON.stringify([development]);
    expect(issuersOf({ ISSUERS })).toHaveLength(1);
    expect(() => issuersOf({ ISSUERS, NODE_ENV: 'production' })).toThrow(/Not in production/);
    expect(() => issuersOf({ DEVELOPMENT_ISSUER: true, NODE_ENV: 'production' })).toThrow(
      /DEVELOPMENT_ISSUER/,
    );
  });
});
