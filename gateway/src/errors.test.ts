import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { ask, startTinyGateway } from './tiny-graph.test-support.js';

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway();
});
afterAll(() => gateway.close());

describe('the language of errors', () => {
  it('is bokmål unless the reader asks for another', async () => {
    const { errors, data } = await ask(gateway, '{ refused }');
    expect(data).toEqual({ refused: null });
    expect(errors).toEqual([
      { message: 'Fristen er ute.', path: ['refused'], extensions: { code: 'CONFLICT', service: 'tenders' } },
    ]);
  });

  it('follows Accept-Language', async () => {
    const { errors } = await ask(gateway, '{ refused }', {
      headers: { 'accept-language': 'de, en-GB;q=0.8' },
    });
    expect(errors?.[0].message).toBe('The deadline has passed.');
  });

  it('is bokmål for readers of nynorsk where nobody wrote nynorsk', async () => {
    const { errors } = await ask(gateway, '{ refused }', { headers: { 'accept-language': 'nn' } });
    expect(errors?.[0].message).toBe('Fristen er ute.');
  });

  it('is each request’s own, however many run at once', async () => {
    const languages = ['nb', 'en', 'nb', 'en', 'en', 'nb'];
    const answers = await Promise.all(
      languages.map((language) => ask(gateway, '{ refused }', { headers: { 'accept-language': language } })),
    );
    expect(answers.map((answer) => answer.errors?.[0].message)).toEqual(
      languages.map((language) => (language === 'nb' ? 'Fristen er ute.' : 'The deadline has passed.')),
    );
  });
});

describe('an error that is not for clients', () => {
  it('is masked, and names the request for whoever reports it', async () => {
    const answer = await ask(gateway, '{ broken tenders { title } }', {
      headers: { 'x-request-id': 'abc-1' },
    });
    expect(answer.text).not.toMatch(/ECONNREFUSED|secret|10\.0\.0\.1|\bat /);
    expect(answer.data).toEqual({ broken: null, tenders: [{ title: 'Tomter skole' }] });
    expect(answer.errors?.[0].extensions).toEqual({
      code: 'INTERNAL',
      requestId: 'abc-1',
      service: 'tenders',
    });
  });

  it('is masked when a data source itself breaks', async () => {
    await using broken = await startTinyGateway({
      dataSource: () => ({ process: () => Promise.reject(new TypeError('secret of the house')) }),
    });
    const answer = await ask(broken, '{ tenders { title } }', { headers: { 'accept-language': 'en' } });
    expect(answer.text).not.toContain('secret of the house');
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining('Something went wrong on our side'),
      extensions: { code: 'INTERNAL', requestId: answer.headers.get('x-request-id') },
    });
  });

  it('is masked when a service speaks of codes that nobody agreed on', async () => {
    await using foreign = await startTinyGateway({
      dataSource: () => ({
        process: async () => ({
          data: null,
          errors: [
            { message: 'column "x" of table y', extensions: { code: 'P0001', stacktrace: ['at z.js:1'] } },
            { message: 'no code at all' },
          ],
        }),
      }),
    });
    const answer = await ask(foreign, '{ tenders { title } }');
    expect(answer.text).not.toMatch(/column|z\.js|no code at all/);
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['INTERNAL', 'INTERNAL']);
  });
});

describe('an answer with a hole', () => {
  it('says so in errors', async () => {
    await using promiseBreaker = await startTinyGateway({
      dataSource: () => ({ process: async () => ({ data: { hole: { id: '1', title: null } } }) }),
    });
    const answer = await ask(promiseBreaker, '{ hole { id title } }');
    expect(answer.data).toEqual({ hole: null });
    expect(answer.errors).toMatchObject([{ path: ['hole', 'title'], extensions: { code: 'INTERNAL' } }]);
    expect(answer.text).not.toContain('valueCompletion');
  });
});

describe('the client’s own mistakes', () => {
  it.each([
    ['syntax', '{ tenders {', 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{ tenders { nme } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['no query', '', 'BAD_REQUEST'],
  ])('%s: BAD_USER_INPUT, with the reason', async (_, query, reason) => {
    const { status, errors } = await ask(gateway, query);
    expect(status).toBe(400);
    expect(errors?.[0].extensions).toEqual({ code: 'BAD_USER_INPUT', reason });
  });

  it('a variable of the wrong type: BAD_USER_INPUT', async () => {
    const { status, errors } = await ask(gateway, 'query ($n: Int!) { slow(milliseconds: $n) }', {
      variables: { n: 'many' },
    });
    expect(errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(status).toBeLessThan(500);
  });

  it('an operation that is not in the document: BAD_USER_INPUT, in words', async () => {
    const { status, errors } = await ask(gateway, 'query A { __typename }', { operationName: 'B' });
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        message: 'Dokumentet har ingen operasjon som heter «B».',
        extensions: { code: 'BAD_USER_INPUT', reason: 'OPERATION_RESOLUTION_FAILURE' },
      },
    ]);
  });
});

describe('a name that is nearly right', () => {
  const guesses: [string, string, Record<string, unknown>][] = [
    ['a field', '{ tender { title } }', {}],
    ['an argument', '{ echo(txt: "x") }', {}],
    ['a type', '{ tenders { ... on Tendr { title } } }', {}],
    ['a value of an enum', '{ colour(of: CRIMSOM) }', {}],
    ['a value of an enum in a variable', 'query ($c: Colour) { colour(of: $c) }', { c: 'CRIMSOM' }],
    ['a field of an input in a variable', 'query ($p: Paint) { colour(paint: $p) }', { p: { thicknes: 1 } }],
  ];

  it.each(guesses)(
    'is not completed when the schema is nobody’s business: %s',
    async (_, query, variables) => {
      await using open = await startTinyGateway({ introspection: true });
      expect((await ask(open, query, { variables })).text).toMatch(/Did you mean/);
      await using hidden = await startTinyGateway({ introspection: true, hideSchemaDetails: true });
      const { errors, text } = await ask(hidden, query, { variables });
      expect(errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
      expect(text).not.toMatch(/Did you mean|tenders|text"|CRIMSON|thickness/);
      await using closed = await startTinyGateway({ introspection: false, hideSchemaDetails: false });
      expect((await ask(closed, query, { variables })).text).not.toMatch(/Did you mean/);
    },
  );

  it('is looked for in no time, whatever the client writes', async () => {
    await using hidden = await startTinyGateway({ introspection: false });
    const text = 'Did you mean '.repeat(70_000);
    for (const [query, variables] of [
      [`{ slow(milliseconds: "${text}") }`, {}],
      ['query ($n: Int!) { slow(milliseconds: $n) }', { n: text }],
    ] as const) {
      const began = performance.now();
      expect((await ask(hidden, query, { variables })).errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });
});
