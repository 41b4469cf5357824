import { describe, expect, it } from 'vitest';
import { normaliseReference, parseReference, withLowerCaseUuid } from './reference.js';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

describe('parseReference', () => {
  it('reads a notice id in either case, and its version apart', () => {
    expect(parseReference(` ${UUID.toUpperCase()} `)).toEqual({ kind: 'notice', id: UUID, version: null });
    expect(parseReference(`${UUID.toUpperCase()}-02`)).toEqual({ kind: 'notice', id: UUID, version: '02' });
  });

  it('reads the numbers of Doffin', () => {
    expect(parseReference('2021-363321')).toEqual({ kind: 'notice', id: '2021-363321', version: null });
  });

  it.each(['163529-2024', '00163529-2024', '2024/S 055-163529', '2024/S 55-00163529', '2024/S055-163529'])(
    'reads %s as one publication',
    (text) => expect(parseReference(text)).toEqual({ kind: 'publication', id: '163529-2024', version: null }),
  );

  it.each(['', 'N/A', '00000000-2024', '123', '2024', `${UUID}-1`, `${UUID}x`, '163529-1024', 'sak 2021/44'])(
    'does not take %j for a reference',
    (text) => expect(parseReference(text)).toBeNull(),
  );
});

describe('normaliseReference', () => {
  it('makes spellings meet and leaves other text as it is', () => {
    expect(normaliseReference(`${UUID.toUpperCase()}-02`)).toBe(`${UUID}-02`);
    expect(normaliseReference('00163529-2024')).toBe('163529-2024');
    expect(normaliseReference('Sak 2021/44')).toBe('Sak 2021/44');
  });
});

it('lower-cases UUIDs and nothing else', () => {
  expect(withLowerCaseUuid(`${UUID.toUpperCase()}-02`)).toBe(`${UUID}-02`);
  expect(withLowerCaseUuid('SAK-2021')).toBe('SAK-2021');
});
