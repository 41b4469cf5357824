import { expect, it } from 'vitest';
import { answerKey, canonicalJson } from './answer-key.js';

const question = { query: '{ a }', language: 'nb' };

it('is the same for the same question, in whatever order its variables were written', () => {
  expect(answerKey({ ...question, variables: { a: 1, b: { c: [1, 2], d: null } } })).toBe(
    answerKey({ ...question, variables: { b: { d: null, c: [1, 2] }, a: 1 } }),
  );
  expect(answerKey({ ...question, variables: null, operationName: null })).toBe(answerKey(question));
});

it('is another for every part that differs, also where the parts together would read the same', () => {
  const keys = [
    question,
    { ...question, query: '{ b }' },
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
  ].map(answerKey);
  expect(new Set(keys).size).toBe(keys.length);
});

it('takes keys for keys, whatever they are called', () => {
  const odd = JSON.parse('{ "__proto__": 1, "constructor": 2, "1": 3 }');
  expect(canonicalJson(odd)).toBe('{"1":3,"__proto__":1,"constructor":2}');
});
