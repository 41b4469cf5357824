import { type Audit, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTinyGateway } from '../../gateway/src/tiny-graph.test-support.js';

/** The audits ask for `__typename` only, so the smallest graph tells as much as the region's. */
let gateway: Awaited<ReturnType<typeof startTinyGateway>>;
beforeAll(async () => {
  gateway = await startTinyGateway();
});
afterAll(() => gateway.close());

const ERRORS_ARE_400 =
  'A wrong document gets 400 whatever media type the client accepts. The specification recommends 200 for ' +
  '`application/json`, for the sake of clients that read no body otherwise; ours read it, and an error that ' +
  'is visible in every access log is found sooner. `application/graphql-response+json` gets 400 as it must.';

/** The recommendations that we do not follow, and why. */
const NOT_FOLLOWED: Record<string, string> = {
  '572B': ERRORS_ARE_400,
  FDE2: ERRORS_ARE_400,
  '7B9B': ERRORS_ARE_400,
};

/**
 * A GET can be sent by any page a reader has open, without the browser asking us first. So we answer only
 * those with a header that no page can add unasked; Apollo's clients send this one by themselves, and
 * others are configured to. The audits know nothing of it, so it is added for them.
 */
const asRealClientsDo: typeof fetch = (url, init) => {
  const isGet = (init?.method ?? 'GET') === 'GET';
  const headers = new Headers(init?.headers);
  if (isGet) headers.set('apollo-require-preflight', 'true');
  return fetch(url, { ...init, headers });
};

const audits: Audit[] = serverAudits({ url: () => `${gateway.url}/graphql`, fetchFn: asRealClientsDo });

describe('GraphQL over HTTP', () => {
  it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))(
    '%s %s',
    async (id, _name, audit) => {
      const result = await audit.fn();
      const outcome = result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`;
      if (NOT_FOLLOWED[id]) {
        expect(outcome, 'It is followed, or it fails: the list above is out of date').toMatch(
          /^(warn|notice): /,
        );
      } else {
        expect(outcome, 'Follow it, or say above why not').toBe('ok');
      }
    },
  );

  it('is audited in full, and the list names no audit that is none', () => {
    expect(audits).toHaveLength(61);
    const ids = audits.map((audit) => audit.id);
    expect(Object.keys(NOT_FOLLOWED).filter((id) => !ids.includes(id))).toEqual([]);
  });
});
