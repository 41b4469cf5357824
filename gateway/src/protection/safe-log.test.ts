import { identifyBy, type Persona, personas } from '@samspill/identity';
import { safeLog } from '@samspill/subgraph';
import pino from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bearer, toolIssuer } from '../identity.test-support.js';
import { subgraphDataSource } from '../subgraph-data-source.js';
import { ask, keptLog, serveTiny, startTinyGateway, tenders } from '../tiny-graph.test-support.js';

const persona = personas[0] as Persona;

/** As libraries throw them: with everything at hand hanging on them. */
function chattyError(token: string): Error {
  return Object.assign(new Error(`Request failed with Authorization: Bearer ${token}`), {
    code: 'E_CHATTY',
    request: { headers: { authorization: `Bearer ${token}` }, body: { name: persona.name } },
    parameters: [persona.name],
    detail: `Key (name)=(${persona.name}) already exists.`,
    cause: Object.assign(new Error(`invalid token ${token}`), { user: persona }),
  });
}

describe('the log of a gateway', () => {
  it('has neither tokens nor names in it, whatever goes wrong', async () => {
    const { log, text, lines } = keptLog('trace');
    const { issuer, token } = await toolIssuer();
    const good = await token();
    const expired = await token(-60);
    const secrets = [good, expired];
    const headers: Record<string, string> = {
      ...bearer(good),
      cookie: `session=${good}`,
      'x-request-id': 'to-be-found',
    };
    let assertion = '';
    const served = await serveTiny(tenders, 0, (received) => {
      assertion = received['samspill-assertion'] as string;
      throw chattyError(good);
    });
    onTestFinished(() => served.close());
    const asking = async (options: Parameters<typeof startTinyGateway>[0], query: string, also = headers) => {
      await using gateway = await startTinyGateway({ log, identify: identifyBy([issuer]), ...options });
      return await ask(gateway, query, { headers: also, variables: { name: persona.name } });
    };
    const named = `query ($name: String!) { echo(text: $name) broken refused }`;
    await asking({}, named);
    await asking({}, `{ echo(text: "${persona.name}") nothing }`);
    await asking({}, named, { ...headers, ...bearer(expired) });
    await asking({ dataSource: () => ({ process: () => Promise.reject(chattyError(good)) }) }, named);
    await asking({ identify: () => Promise.reject(chattyError(good)) }, named);
    await asking(
      {
        dataSource: (name) =>
          subgraphDataSource({ name, url: served.url, sign: () => good.split('').reverse().join('') }),
      },
      named,
    );
    await asking(
      { dataSource: (name) => subgraphDataSource({ name, url: 'http://127.0.0.1:9/graphql' }) },
      named,
    );
    await asking({ protection: { rateLimit: { perMinute: 1, redisUrl: 'redis://127.0.0.1:9' } } }, named);
    await asking({}, named, { ...headers, 'x-long': 'x'.repeat(17_000) });

    expect(lines.length).toBeGreaterThan(5);
    expect(assertion).not.toBe('');
    expect(text()).toContain('to-be-found');
    expect(text()).toContain('E_CHATTY');
    for (const secret of [...secrets, assertion]) {
      // Not even a part of one that could be completed.
      for (const part of secret.split('.')) expect(text()).not.toContain(part);
    }
    expect(text()).not.toContain(persona.name);
    expect(text()).not.toContain('127.0.0.1"');
  });
});

describe('a safe log', () => {
  it.each([
    [{ headers: { authorization: 'secret', cookie: 'secret', 'samspill-assertion': 'secret' } }],
    [{ authorization: 'secret' }],
    [{ call: { headers: { authorization: 'secret', 'set-cookie': ['secret'] } } }],
    [{ err: Object.assign(new Error('x'), { headers: { authorization: 'secret' } }) }],
    [{ req: { method: 'GET', url: '/graphql?query=secret', headers: { authorization: 'secret' } } }],
  ])('keeps to itself what lets somebody in: %j', (line) => {
    const lines: string[] = [];
    safeLog(pino({}, { write: (each: string) => lines.push(each) })).info(line);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('secret');
  });

  it('still says what happened, where, and why', () => {
    const { log, lines } = keptLog();
    const cause = new AggregateError([new Error('one'), new Error('two')], 'both');
    safeLog(log).error({ err: new TypeError('top', { cause }) }, 'Failed');
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      msg: 'Failed',
      err: {
        type: 'TypeError',
        message: 'top',
        stack: expect.stringContaining('safe-log.test'),
        cause: { message: 'both', errors: [{ message: 'one' }, { message: 'two' }] },
      },
    });
  });
});
