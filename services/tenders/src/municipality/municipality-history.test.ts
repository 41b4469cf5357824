import { describe, expect, it } from 'vitest';
import { MunicipalityHistory } from './municipality-history.js';

const history = new MunicipalityHistory(
  [
    { number: '0124', name: 'Askim', validFrom: '1977-01-01', validUntil: '2020-01-01' },
    { number: '0138', name: 'Hobøl', validFrom: '1977-01-01', validUntil: '2020-01-01' },
    { number: '3014', name: 'Indre Østfold', validFrom: '2020-01-01', validUntil: '2024-01-01' },
    { number: '3118', name: 'Indre Østfold', validFrom: '2024-01-01', validUntil: null },
    { number: '3114', name: 'Våler', validFrom: '2024-01-01', validUntil: null, postCodeAreas: ['15', '16'] },
    { number: '0101', name: 'Halden', validFrom: '1977-01-01', validUntil: '2020-01-01' },
    { number: '3001', name: 'Halden', validFrom: '2020-01-01', validUntil: null },
  ],
  [
    { predecessor: '0124', successor: '3014' },
    { predecessor: '0138', successor: '3014' },
    { predecessor: '3014', successor: '3118' },
    { predecessor: '0101', successor: '3001' },
  ],
);

describe('MunicipalityHistory', () => {
  it('finds everything that became part of a municipality', () => {
    expect(history.numbersOf('3118')).toEqual(['3118', '3014', '0124', '0138']);
    expect(history.numbersOf('0124')).toEqual(['0124']);
  });

  it('looks through a mere new number, and calls a renumbered municipality unmerged', () => {
    expect(history.mergedFrom('3118').map((each) => each.name)).toEqual(['Askim', 'Hobøl']);
    expect(history.mergedFrom('3001')).toEqual([]);
  });

  it('knows what a number has become', () => {
    expect(history.becameOf('0124')?.number).toBe('3118');
    expect(history.becameOf('3118')).toBeNull();
  });

  it.each([
    ['Askim kommune', '2017-10-17', '0124'],
    ['ASKIM KOMMUNE v/Teknisk', '2017-10-17', '0124'],
    ['Askim kommune', '2021-01-01', undefined],
    ['Indre Østfold kommune', '2023-12-31', '3014'],
    ['Indre Østfold kommune', '2024-01-01', '3118'],
    ['Statens vegvesen', '2024-01-01', undefined],
  ])('%s on %s is %s', (name, day, number) => {
    expect(history.numberOfBuyer({ name, postCode: null }, day)).toBe(number ?? null);
  });

  it.each([
    ['1592', '3114'],
    ['2436', null],
    [null, null],
  ])('tells Våler in Østfold from Våler elsewhere by its post code %s', (postCode, number) => {
    expect(history.numberOfBuyer({ name: 'Våler kommune', postCode }, '2024-05-01')).toBe(number);
  });
});
