import { expect, it } from 'vitest';
import { bearerToken } from './bearer-token.js';

it('reads the token of a header, and knows that there is none', () => {
  expect(bearerToken(undefined)).toBeNull();
  expect(bearerToken('Bearer a.b-c_.d')).toBe('a.b-c_.d');
  expect(bearerToken('bearer   abc==')).toBe('abc==');
});

it.each([
  '',
  'Bearer',
  'Bearer ',
  'Basic YTpi',
  'a.b.c',
  'Bearer a b',
  'Bearer a, Bearer b',
  ' Bearer a',
  'Bearer æ',
])('does not take %j for the public', (header) => {
  expect(() => bearerToken(header)).toThrow(expect.objectContaining({ fault: 'MALFORMED' }));
});
