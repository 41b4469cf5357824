import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newCheckInCode, printedCode, readCheckInCode } from './code.js';

it('reads every code as it was printed, typed carelessly, or mistaken for letters', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (random) => {
      const code = newCheckInCode(random);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
      expect(readCheckInCode(printedCode(code))).toBe(code);
      expect(readCheckInCode(` ${printedCode(code).toLowerCase()} `)).toBe(code);
      expect(readCheckInCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
    }),
  );
});

it('does not read what cannot be a code', () => {
  for (const typed of ['', 'ABC', 'ABCDEFGHJU', 'ABCDEFGHJKM', 'ÅBCDEFGHJK', '\u0000BCDEFGHJK']) {
    expect(readCheckInCode(typed)).toBeNull();
  }
});

it('makes another code each time', () => {
  expect(new Set(Array.from({ length: 1_000 }, () => newCheckInCode())).size).toBe(1_000);
});
