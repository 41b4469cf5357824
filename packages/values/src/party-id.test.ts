import { expect, test } from 'vitest';
import { partyId } from './party-id.js';

const party = { country: 'NOR', organisationNumber: null, rawIdentifier: null, name: 'Askim kommune' };

test('a Norwegian number gives one id, however it was written', () => {
  const id = 'NO-BRC-923609016';
  expect(partyId({ ...party, organisationNumber: '923609016' })).toBe(id);
  expect(partyId({ ...party, organisationNumber: '923609016', country: null })).toBe(id);
  expect(partyId({ ...party, rawIdentifier: '923 609 016' })).toBe(id);
  expect(partyId({ ...party, rawIdentifier: 'NO923609016MVA', country: 'NO', name: 'Other' })).toBe(id);
});

test("another country's identifier keeps its letters and digits", () => {
  expect(partyId({ ...party, country: 'FIN', rawIdentifier: '0216509-5' })).toBe('FIN-02165095');
  expect(partyId({ ...party, country: 'BEL', rawIdentifier: 'be0248.399.380' })).toBe('BEL-BE0248399380');
  expect(partyId({ ...party, country: null, rawIdentifier: '123 456' })).toBe('XXX-123456');
  // Nine digits that happen to satisfy MOD11 are not Norwegian outside Norway.
  expect(partyId({ ...party, country: 'FRA', rawIdentifier: '923609016' })).toBe('FRA-923609016');
});

test.each(['n/a', '', 'EU-PO', 'Elvia AS', '000000000', '123 456 789', null])(
  '%j falls back to the name',
  (rawIdentifier) => {
    expect(partyId({ ...party, country: 'SWE', rawIdentifier })).toMatch(/^SWE-NAME-[0-9a-f]{16}$/);
  },
);

test('a wrong Norwegian number falls back to the name', () => {
  expect(partyId({ ...party, rawIdentifier: '923609017' })).toBe(partyId(party));
});

test('case, white space and compatibility forms of a name do not matter', () => {
  expect(partyId({ ...party, name: '  ASKIM\u00a0 Kommune ' })).toBe(partyId(party));
  expect(partyId({ ...party, name: 'Eidsberg kommune' })).not.toBe(partyId(party));
});
