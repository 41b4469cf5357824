import { expect, it } from 'vitest';
import { withoutDetail } from './without-detail.js';

it('leaves out what a row held, and keeps what went wrong where', () => {
  const text =
    'insert into member – duplicate key value violates unique constraint "member_key"\n - detail: Key (name)=(Ingrid) already exists.\n    at Driver.query';
  expect(withoutDetail(text)).toBe(
    'insert into member – duplicate key value violates unique constraint "member_key"\n    at Driver.query',
  );
  expect(withoutDetail('x\nFailing row contains (1, Ingrid).')).toBe('x\nFailing row …');
});
