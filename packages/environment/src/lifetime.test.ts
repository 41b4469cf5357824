import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { expect, it } from 'vitest';
import { EnvironmentError, explained, MendableError } from './index.js';

it.each([new MendableError('Do this.'), new EnvironmentError('Do this.')])(
  'says %s without a stack',
  (error) => {
    expect(explained(error)).toBe('Do this.');
  },
);

it('names the option that is wrong', () => {
  try {
    parseArgs({ args: ['--wrong'], options: {} });
  } catch (error) {
    expect(explained(error)).toMatch(/^Unknown option '--wrong'/);
    expect(explained(error)).not.toContain('    at ');
  }
  expect.assertions(2);
});

it('says what to do when the port is taken', async () => {
  const first = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => first.once('listening', resolve));
  const second = createServer().listen((first.address() as AddressInfo).port, '127.0.0.1');
  const error = await new Promise<Error>((resolve) => second.once('error', resolve));
  first.close();
  expect(explained(error)).toMatch(/EADDRINUSE.*choose another port/);
  expect(explained(error)).not.toContain('    at ');
});

it('shows the stack of everything else', () => {
  expect(explained(new TypeError('a defect'))).toContain('lifetime.test.ts');
  expect(explained('thrown')).toBe('thrown');
});
