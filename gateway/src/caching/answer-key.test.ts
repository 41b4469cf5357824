import { expect, it } from 'vitest';
import { answerKey, canonicalJson, digestOf } from './answer-key.js';

const question = { digest: digestOf('{ a }'), language: 'nb' };

it('is the same for the same question, in whatever order its variables were written', () => {
  expect(answerKey({ ...question, variables: { a: 1, b: { c: [1, 2], d: null } } })).toBe(
    answerKey({ ...question, variables: { b: { d: null, c: [1, 2] }, a: 1 } }),
  );
  expect(answerKey({ ...question, variables: null, operationName: null })).toBe(answerKey(question));
});

it('is another for every part that differs, also where the parts together would read the same', () => {
  const keys = [
    question,
    { ...question, digest: digestOf('{ b }') },
    { ...question, language: 'en' },
    { ...question, operationName: 'A' },
    { ...question, accept: 'application/json' },
    { ...question, variables: { a: 1 } },
    { ...question, variables: { a: '1' } },
    { ...question, variables: { a: [1, 2] } },
    { ...question, variables: { a: [2, 1] } },
    { ...question, variables: { a: null } },
    { ...question, operationName: 'A","{}' },
    { ...question, operationName: 'A', language: 'nb"]' },
    { ...question, operationName: 'A', language: 'nb",""]{}' },
  ].map(answerKey);
  expect(new Set(keys).size).toBe(keys.length);
});

it('takes keys for keys, whatever they are called', () => {
  const odd = JSON.parse('{ "__proto__": 1, "constructor": 2, "1": 3 }');
  expect(canonicalJson(odd)).toBe('{"1":3,"__proto__":1,"constructor":2}');
});

it('writes JSON as it is', () => {
  const value = { list: [1, 'a"b', null, { z: [], y: {} }], number: -1.5e30, text: 'æ\u2028', yes: true };
  expect(JSON.parse(canonicalJson(value))).toEqual(value);
  expect(canonicalJson(value)).toBe(
    '{"list":[1,"a\\"b",null,{"y":{},"z":[]}],"number":-1.5e+30,"text":"æ\u2028","yes":true}',
  );
});

it('is none for what is nested too deep to be written down', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 200_000; i++) deep = [deep];
  expect(answerKey({ ...question, variables: { deep } })).toBeNull();
});
