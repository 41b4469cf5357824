import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, fitsColumn, InvalidCursor, type KeysetOrder } from './keyset.js';

const byTitle: KeysetOrder = { name: 'TITLE_ASC', property: 'title', direction: 'asc' };

describe('cursors', () => {
  it.each([
    { value: 'Ærlig ærend', id: '1' },
    { value: null, id: 'x' },
    { value: 130000000, id: 'NO-BRC-1' },
  ])('come back as they were: %o', (cursor) => {
    expect(decodeCursor(byTitle, encodeCursor(byTitle, cursor))).toEqual(cursor);
  });

  it.each([
    ['of another order', encodeCursor({ ...byTitle, name: 'VALUE_ASC' }, { value: 1, id: '1' })],
    ['that is no JSON', 'x'],
    ['with an object for a value', Buffer.from('["TITLE_ASC",{"$ne":1},"1"]').toString('base64url')],
    ['without an id', Buffer.from('["TITLE_ASC","a"]').toString('base64url')],
    ['with a number for an id', Buffer.from('["TITLE_ASC","a",1]').toString('base64url')],
    ['with NUL in its value', encodeCursor(byTitle, { value: 'a\u0000', id: '1' })],
    ['with NUL in its id', encodeCursor(byTitle, { value: null, id: '\u0000' })],
    ['that is empty', ''],
  ])('refuses one %s', (_, text) => {
    expect(() => decodeCursor(byTitle, text)).toThrow(InvalidCursor);
  });

  it.each([
    ['2024-02-27T11:00:00.123Z', 'timestamptz', true],
    ['2024-02-27', 'date', true],
    [null, 'timestamptz', true],
    [130_000_000, 'bigint', true],
    ['Ærlig', 'text', true],
    ['0001-01-01T00:00:00.000Z', 'timestamptz', true],
    ['yesterday', 'timestamptz', false],
    ['2024-19-39T29:59:59Z', 'timestamptz', false],
    ['2024-02-30T11:00:00.123Z', 'timestamptz', false],
    ['2024-02-30', 'date', false],
    ['0000-06-01', 'date', false],
    [1, 'timestamptz(0)', false],
    ['much', 'bigint', false],
    [1, 'text', false],
    [1.5, 'int', false],
  ])('hold what their column can be compared with: %o and %s', (value, columnType, fits) => {
    expect(fitsColumn(value, columnType)).toBe(fits);
  });
});
