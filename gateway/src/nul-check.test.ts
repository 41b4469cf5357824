import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunningGateway } from './gateway.js';
import { placeOfNul } from './nul-check.js';
import { ask, startTinyGateway } from './tiny-graph.test-support.js';

const NUL = '\u0000';

it.each<[string, string, Record<string, unknown>, string | undefined]>([
  ['an argument', '{ a(id: "x\\u0000") }', {}, 'id'],
  ['a field of one', '{ a(filter: { in: [{ text: "\\u0000" }] }) }', {}, 'filter.in.text'],
  ['a variable', 'query ($id: ID!) { a(id: $id) }', { id: NUL }, '$id'],
  ['a default', 'query ($id: ID = "\\u0000") { a(id: $id) }', {}, '$id'],
  ['a part of a variable', 'query ($f: F) { a(f: $f) }', { f: [{ name: `a${NUL}`, xml: '' }] }, '$f.0.name'],
  ['XML in a variable', 'query ($f: F) { a(f: $f) }', { f: [{ name: 'a', xml: NUL }] }, undefined],
  ['XML that is a variable', 'query ($x: String) { a(f: { xml: $x }) }', { x: NUL }, undefined],
  ['a name beside it', 'query ($n: String) { a(f: { xml: "", name: $n }) }', { n: NUL }, '$n'],
  ['an argument called xml', 'query ($xml: String) { a(text: $xml) }', { xml: NUL }, '$xml'],
  ['nothing', 'query ($t: String) { a(text: $t, n: 0) }', { t: 'æ' }, undefined],
])('finds NUL in %s', (_, query, variables, place) => {
  expect(placeOfNul(parse(query), variables)).toBe(place);
});

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await startTinyGateway();
});
afterAll(() => gateway.close());

it('refuses it by name', async () => {
  const { status, errors } = await ask(gateway, 'query ($text: String!) { echo(text: $text) }', {
    variables: { text: `a${NUL}b` },
  });
  expect(status).toBe(400);
  expect(errors).toEqual([
    {
      message: '«$text» inneholder tegnet NUL (U+0000), som ikke kan stå i tekst. Fjern det.',
      extensions: { code: 'BAD_USER_INPUT', argument: '$text' },
    },
  ]);
});
