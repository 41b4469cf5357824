import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bearer } from '../identity.test-support.js';
import { ask, startTinyGateway } from '../tiny-graph.test-support.js';

describe('every answer', () => {
  it.each<[string, string, Record<string, string>]>([
    ['of GraphQL', '/graphql?query={__typename}', { 'apollo-require-preflight': '1' }],
    ['to a token that is not believed', '/graphql', bearer('x')],
    ['where nothing is', '/nowhere', {}],
    ['to a probe', '/health/ready', {}],
  ])('is data and nothing else: %s', async (_, path, headers) => {
    await using gateway = await startTinyGateway();
    const response = await fetch(`${gateway.url}${path}`, { headers });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    expect(response.headers.has('strict-transport-security')).toBe(false);
    expect(response.headers.has('x-powered-by')).toBe(false);
  });

  it('tells browsers to come back over HTTPS where that is wanted', async () => {
    await using gateway = await startTinyGateway({ protection: { headers: { hsts: true } } });
    const { headers } = await ask(gateway, '{ __typename }');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  });
});

// The bundle is made by `npm run build`, which a unit test must not need.
describe.runIf(existsSync(new URL('../../dist/playground/bundle/index.html', import.meta.url)))(
  'the playground',
  () => {
    it('keeps the policy of a page', async () => {
      await using gateway = await startTinyGateway({ playground: true });
      const { headers } = await fetch(gateway.url);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self'/);
      expect(headers.get('content-security-policy')).not.toContain(',');
    });
  },
);
