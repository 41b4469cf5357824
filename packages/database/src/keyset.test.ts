import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, InvalidCursor, type KeysetOrder } from './keyset.js';

const byTitle: KeysetOrder = { name: 'TITLE_ASC', property: 'title', column: 'title', direction: 'asc' };

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
  ])('refuses one %s', (_, text) => {
    expect(() => decodeCursor(byTitle, text)).toThrow(InvalidCursor);
  });
});
