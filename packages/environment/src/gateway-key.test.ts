import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { gatewayKey } from './gateway-key.js';

const given = Buffer.alloc(32, 7);

it('is given in production, made while developing, and never made in production', () => {
  const DATA_DIR = mkdtempSync(join(tmpdir(), 'samspill-gateway-'));
  onTestFinished(() => rmSync(DATA_DIR, { recursive: true }));
  const file = join(DATA_DIR, 'gateway.key');
  const GATEWAY_KEY = given.toString('base64url');

  expect(gatewayKey({ DATA_DIR, GATEWAY_KEY, NODE_ENV: 'production' })).toEqual(given);
  expect(gatewayKey({ DATA_DIR, GATEWAY_KEY })).toEqual(given);
  expect(() => gatewayKey({ DATA_DIR, NODE_ENV: 'production' })).toThrow(
    /GATEWAY_KEY is missing.*Make one with/,
  );
  expect(existsSync(file)).toBe(false);

  const made = gatewayKey({ DATA_DIR });
  expect(made).toHaveLength(32);
  expect(gatewayKey({ DATA_DIR })).toEqual(made);
  expect(() => gatewayKey({ DATA_DIR, NODE_ENV: 'production' })).toThrow(/GATEWAY_KEY is missing/);
});
