import { describe, expect, it } from 'vitest';
import { InvalidEmailAddress, isEmailAddress } from './email-address.js';

describe('an e-mail address', () => {
  it.each([
    'ase@firma.no',
    'a.b+c@sub.firma.example.no',
    "o'neil_1@firma-as.no",
    'post@blåbær.no',
    'x@xn--blbr-roah.no',
    `${'a'.repeat(64)}@firma.no`,
  ])('is %s', (text) => {
    expect(isEmailAddress(text)).toBe(true);
  });

  it.each([
    '',
    '@',
    'ase',
    'ase@',
    '@firma.no',
    'ase@firma',
    'ase@@firma.no',
    'a@b@firma.no',
    ' ase@firma.no',
    'ase@firma.no ',
    'ase@firma.no\n',
    'ase@firma.no\r\nBcc: x@y.no',
    'Åse <ase@firma.no>',
    '"ase b"@firma.no',
    'ase@firma.no,x@y.no',
    'ase@firma.no;x@y.no',
    'ase@-firma.no',
    'ase@firma-.no',
    'ase@firma..no',
    '.ase@firma.no',
    'ase.@firma.no',
    'a..b@firma.no',
    'ase@127.0.0.1',
    'ase@[127.0.0.1]',
    'ase@firma.no\u0000',
    'ase\u200b@firma.no',
    `${'a'.repeat(65)}@firma.no`,
    `a@${'b'.repeat(64)}.no`,
    `a@${'b.'.repeat(130)}no`,
  ])('is not %j', (text) => {
    expect(isEmailAddress(text)).toBe(false);
  });

  it('is asked for in every language', () => {
    const { code, messages, path } = InvalidEmailAddress.mend(['input', 'email']);
    expect(code).toBe('EMAIL_INVALID');
    expect(path).toEqual(['input', 'email']);
    expect(new Set(Object.values(messages)).size).toBe(3);
  });
});
