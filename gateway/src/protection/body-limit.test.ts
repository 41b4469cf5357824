import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from '../gateway.js';
import { bearer, believing } from '../identity.test-support.js';
import { ask, startTinyGateway } from '../tiny-graph.test-support.js';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway({ identify: believing });
});
afterAll(() => gateway.close());

const MB = 1024 * 1024;
const ECHO = 'query ($text: String!) { echo(text: $text) }';
const english = { 'accept-language': 'en' };

/** Sent in pieces, without saying how much there will be. */
async function inPieces(bytes: number, headers: Record<string, string>) {
  const body = JSON.stringify({ query: ECHO, variables: { text: 'x'.repeat(bytes) } });
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 60_000) {
          controller.enqueue(new TextEncoder().encode(body.slice(at, at + 60_000)));
        }
        controller.close();
      },
    }),
    duplex: 'half',
  } as RequestInit);
  const { data, errors } = (await response.json()) as {
    data?: { echo: string };
    errors?: { message: string }[];
  };
  return { status: response.status, length: data?.echo.length, errors };
}

const whole = async (bytes: number, headers: Record<string, string>) => {
  const answer = await ask(gateway, ECHO, { variables: { text: 'x'.repeat(bytes) }, headers });
  return { status: answer.status, length: answer.data?.echo.length, errors: answer.errors };
};

describe.each([
  ['in one piece', whole],
  ['in pieces', inPieces],
])('a body %s', (_, send) => {
  it.each([
    ['the public', {}],
    ['a person', bearer('person-10')],
  ])('may have 1 MB from %s, and no more', async (_who, token) => {
    expect(await send(MB - 200, { ...english, ...token })).toMatchObject({ status: 200, length: MB - 200 });
    expect(await send(MB, { ...english, ...token })).toMatchObject({
      status: 413,
      errors: [
        {
          message: 'The request is too large; the limit is 1 MB. Split it.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
  });

  it('may have 16 MB from a machine, which imports notices, and no more', async () => {
    const headers = { ...english, ...bearer('importer') };
    expect(await send(10 * MB, headers)).toMatchObject({ status: 200, length: 10 * MB });
    expect(await send(17 * MB, headers)).toMatchObject({
      status: 413,
      errors: [{ message: 'The request is too large; the limit is 16 MB. Split it.' }],
    });
  });
});

it('a limit of one’s own is said as it is', async () => {
  await using small = await startTinyGateway({ protection: { body: { others: 512 * 1024 } } });
  const { errors } = await ask(small, ECHO, { variables: { text: 'x'.repeat(600_000) } });
  expect(errors?.[0].message).toBe('Forespørselen er for stor; grensen er 0,5 MB. Del den opp.');
});
