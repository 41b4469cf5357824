import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatsSecret, TELLING_LENGTH } from './repeats-secret.js';

const secret = 'Sensoren måler gangmønster med radar på 60 GHz og koster oss 412 kroner å lage.';

describe('a text gives a secret away', () => {
  it.each([
    ['word for word', secret],
    ['inside another text', `Leverandøren sier: ${secret} Dette er nyttig.`],
    ['in part', 'Vi har hørt om gangmønster med radar på 60 GHz i møtet.'],
    ['in capitals, over lines, with other signs', 'GANGMØNSTER\n  med «radar» –\tpå 60-GHz'],
    ['in composed letters', 'måler gangmønster med radar'.normalize('NFD')],
  ])('%s', (_how, text) => {
    expect(repeatsSecret(text, secret)).toBe(true);
  });

  it.each([
    ['speaks of the same thing in other words', 'Noen leverandører bruker radar i sine sensorer.'],
    ['shares a few words', 'Sensoren måler fukt.'],
    ['is empty', ''],
  ])('not when it %s', (_how, text) => {
    expect(repeatsSecret(text, secret)).toBe(false);
  });

  it('also when the secret is short, but then only as a whole', () => {
    expect(repeatsSecret('Prisen er 1 250 000 kr per år.', 'kr 1250000 per år')).toBe(false);
    expect(repeatsSecret('Prisen er kr 1 250 000, per år.', 'kr 1250000 per år')).toBe(true);
    expect(repeatsSecret('Prisen er kr 1 250 000.', 'kr 1250000 per år')).toBe(false);
    expect(repeatsSecret('Det er 42 av dem.', '42')).toBe(false);
  });

  it('not with what everybody knows', () => {
    const theirs = `Svar til Indre Østfold kommune: ${secret}`;
    const text = 'Svar til Indre Østfold kommune er fint.';
    expect(repeatsSecret(text, theirs)).toBe(true);
    expect(repeatsSecret(text, theirs, ['Svar til Indre Østfold kommune innen fristen.'])).toBe(false);
    expect(
      repeatsSecret(`${text} ${secret}`, theirs, ['Svar til Indre Østfold kommune innen fristen.']),
    ).toBe(true);
    expect(repeatsSecret('Navnet er Askimhallen', 'Askimhallen', ['askim-hallen'])).toBe(false);
  });

  it('whichever part of it comes back, as long as it is long enough', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzæøå'), minLength: 40 });
    fc.assert(
      fc.property(letters, fc.nat(), fc.string(), fc.string(), (text, at, before, after) => {
        const from = at % (text.length - TELLING_LENGTH);
        const part = text.slice(from, from + TELLING_LENGTH);
        expect(repeatsSecret(`${before} ${part} ${after}`, text)).toBe(true);
      }),
    );
  });
});
