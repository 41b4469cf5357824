import { expect, it } from 'vitest';
import { withoutDetail } from './without-detail.js';

it('leaves out what a row held, and keeps what went wrong where', () => {
  const text =
    'insert into member – duplicate key value violates unique constraint "member_key"\n - detail: Key (name)=(Ingrid) already exists.\n    at Driver.query (file:///driver.js:10:5)';
  expect(withoutDetail(text)).toBe(
    'insert into member – duplicate key value violates unique constraint "member_key"\n    at Driver.query (file:///driver.js:10:5)',
  );
  expect(withoutDetail('x\nFailing row contains (1, Ingrid).')).toBe('x\nFailing row …');
});

it('leaves it out also when it has lines of its own', () => {
  const row = 'Failing row contains (1, Vi trenger\nIngrid\n    at home\nog mer).';
  const stack = '\n    at Driver.query (file:///driver.js:10:5)\n    at file:///main.js:1:1';
  expect(withoutDetail(`x\n - detail: ${row}${stack}`)).toBe(`x${stack}`);
  expect(withoutDetail(`x – ${row}${stack}`)).toBe(`x – Failing row …${stack}`);
  expect(withoutDetail(`x\n - detail: ${row}`)).toBe('x');
});
