import { describe, expect, it } from 'vitest';
import { gatewayEnvironment, isLoopback, isProduction, readEnvironment } from './index.js';

const read = (variables: Record<string, string>) => readEnvironment(gatewayEnvironment, variables);

describe('CORS_ORIGINS', () => {
  it('is nobody unless somebody is named', () => {
    expect(read({}).CORS_ORIGINS).toEqual([]);
    expect(read({ CORS_ORIGINS: 'https://a.no, http://localhost:3000,' }).CORS_ORIGINS).toEqual([
      'https://a.no',
      'http://localhost:3000',
    ]);
  });

  it.each([
    ['*', 'stands for anybody'],
    ['null', 'stands for anybody'],
    ['https://*.a.no', 'stands for anybody'],
    ['a.no', 'is no origin'],
    ['javascript:alert(1)', 'is no origin'],
    ['https://a.no/', 'write https://a.no'],
    ['https://A.no', 'write https://a.no'],
    ['https://a.no:443', 'write https://a.no'],
  ])('%s is refused or said how to write', (value, message) => {
    expect(() => read({ CORS_ORIGINS: value })).toThrow(message);
  });
});

describe('TRUST_PROXY', () => {
  it('is a number of proxies, or addresses and networks', () => {
    expect(read({}).TRUST_PROXY).toBeUndefined();
    expect(read({ TRUST_PROXY: '2' }).TRUST_PROXY).toBe(2);
    expect(read({ TRUST_PROXY: '10.0.0.0/8, ::1, loopback' }).TRUST_PROXY).toEqual([
      '10.0.0.0/8',
      '::1',
      'loopback',
    ]);
  });

  it.each(['true', 'proxy.local', '10.0.0.0/33', '0.0.0.0/0', '::/0', '10.0.0.0/8/8', '-1'])(
    '%s is refused',
    (value) => {
      expect(() => read({ TRUST_PROXY: value })).toThrow('TRUST_PROXY');
    },
  );
});

describe('NODE_ENV', () => {
  it('is production, or is not', () => {
    expect(isProduction(read({ NODE_ENV: 'production' }))).toBe(true);
    expect(isProduction(read({ NODE_ENV: 'development' }))).toBe(false);
    expect(isProduction(read({}))).toBe(false);
  });

  it('misspelt is no way to leave production', () => {
    expect(() => read({ NODE_ENV: 'Production' })).toThrow('NODE_ENV');
  });
});

describe('what only this machine reaches', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1', '[::1]', '::ffff:127.0.0.1'])('%s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });
  it.each(['0.0.0.0', '::', '10.0.0.1', 'example.no', '128.0.0.1', 'localhost.example.no', ''])(
    'is not %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
