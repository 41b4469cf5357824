import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signToolToken, tokenVerifier } from '@samspill/identity';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { dataDirectoryKey, ownKey } from './own-key.js';
import { TOOLS, toolKey, toolKeyIn } from './tool-key.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'samspill-tools-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
});

const asked = { scopes: ['samspill:notices.import'] };

describe('the key of a data directory', () => {
  it('is made once, also by several at the same time, and only its owner may read it', async () => {
    const inside = join(directory, 'data');
    expect(await toolKeyIn(inside)).toBeNull();
    const made = await Promise.all(Array.from({ length: 8 }, () => toolKey(inside)));
    expect(new Set(made.map(({ privateKey }) => privateKey.d)).size).toBe(1);
    expect(await toolKey(inside)).toEqual(made[0]);
    expect(readdirSync(inside)).toEqual(['tools.jwk']);
    if (process.platform !== 'win32') {
      expect(statSync(join(inside, 'tools.jwk')).mode & 0o777).toBe(0o600);
    }
  });

  it('is believed by whoever trusts its issuer, which has no secret', async () => {
    const { privateKey, issuer } = await toolKey(directory);
    expect(issuer).toMatchObject({ ...TOOLS, profile: 'own-key' });
    expect(JSON.stringify(issuer)).not.toContain(privateKey.d);
    const verifier = tokenVerifier({ issuers: [issuer] });
    const credentials = await dataDirectoryKey(directory, asked);
    expect(await verifier.verify((await credentials?.token()) as string)).toEqual({
      kind: 'SERVICE',
      issuer: 'tools',
      clientId: 'samspill-import',
      organisation: null,
      scopes: ['samspill:notices.import'],
    });
    const token = await signToolToken({
      key: privateKey,
      ...TOOLS,
      audience: 'https://other.no',
      clientId: 'x',
      scopes: [],
      lifetimeSeconds: 60,
    });
    await expect(async () => verifier.verify(token)).rejects.toThrow('WRONG_AUDIENCE');
  });

  it('that is broken is not used and not replaced', async () => {
    for (const text of ['', '{}', 'null', '{"kty":"OKP","crv":"Ed25519","x":"a"}']) {
      writeFileSync(join(directory, 'tools.jwk'), text);
      await expect(toolKey(directory)).rejects.toThrow(/tools\.jwk holds no key\. Delete it/);
    }
  });

  it.skipIf(process.getuid?.() === 0)('of another user is said to be', async () => {
    await toolKey(directory);
    chmodSync(join(directory, 'tools.jwk'), 0);
    await expect(toolKey(directory)).rejects.toThrow(/belongs to another user/);
  });
});

describe('a key of the tool’s own', () => {
  const fileWith = (content: unknown): string => {
    const file = join(directory, 'key.jwk');
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };

  it('says for whom it speaks beside the key, or else speaks as that of a data directory', async () => {
    const { privateKey, issuer } = await toolKey(directory);
    const plain = await ownKey(fileWith(privateKey), asked);
    const verifier = tokenVerifier({
      issuers: [issuer, { ...issuer, name: 'mine', issuer: 'https://mine.no', audience: 'https://graph.no' }],
    });
    expect(await verifier.verify(await plain.token())).toMatchObject({ issuer: 'tools' });
    const names = { issuer: 'https://mine.no', audience: 'https://graph.no', clientId: 'nightly' };
    const named = await ownKey(fileWith({ ...privateKey, ...names }), asked);
    expect(await verifier.verify(await named.token())).toMatchObject({ issuer: 'mine', clientId: 'nightly' });
    expect(named.description).toMatch(/key\.jwk \(SERVICE_KEY_FILE\), as nightly$/);
  });

  it('that cannot be used is refused in words, without what stands in the file', async () => {
    const { privateKey } = await toolKey(directory);
    const { d, ...publicKey } = privateKey;
    const refused: [unknown, RegExp][] = [
      ['secret-text', /is no private key/],
      [[1], /is no private key/],
      [publicKey, /is no private key/],
      [{ kty: 'oct', k: 'secret-text' }, /is no private key/],
      [{ kty: 'RSA', n: 'a', e: 'b', d: 'secret-text' }, /is not of Ed25519.*npm run keys/],
      [{ ...privateKey, issuer: 7 }, /"issuer" beside the key .* must be a text/],
    ];
    for (const [content, why] of refused) {
      const error = await ownKey(fileWith(content), asked).catch((thrown: Error) => thrown);
      expect((error as Error).message).toMatch(why);
      expect((error as Error).name).toBe('MendableError');
      expect((error as Error).message).not.toMatch(`secret-text|${d}`);
    }
    await expect(ownKey(join(directory, 'none.jwk'), asked)).rejects.toThrow(
      /SERVICE_KEY_FILE: the file .*none\.jwk cannot be read \(ENOENT\)/,
    );
  });
});
