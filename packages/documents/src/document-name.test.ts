import { expect, it } from 'vitest';
import { attachmentNamed } from './content-disposition.js';
import { documentName } from './document-name.js';
import { rangeIn } from './download.route.js';
import { OFFICE_TYPES } from './purpose.js';

const purpose = { name: 'TEST', mediaTypes: OFFICE_TYPES, largest: 1_000 };

it.each([
  ['plan.pdf', 'plan.pdf', 'application/pdf'],
  ['  Møteplan v2.0.PDF ', 'Møteplan v2.0.PDF', 'application/pdf'],
  // Composed and taken apart, it is the same name.
  ['bla\u030ab\u00e6r.txt', 'blåbær.txt', 'text/plain'],
  ['.gitignore.txt', '.gitignore.txt', 'text/plain'],
  [`${'å'.repeat(196)}.pdf`, `${'å'.repeat(196)}.pdf`, 'application/pdf'],
  [`${'😀'.repeat(196)}.pdf`, `${'😀'.repeat(196)}.pdf`, 'application/pdf'],
])('takes %j as a name', (given, name, mediaType) => {
  expect(documentName(given, purpose)).toEqual({ name, mediaType });
});

it.each([
  ['../plan.pdf', 'DOCUMENT_NAME_HAS_PATH'],
  ['/etc/passwd.txt', 'DOCUMENT_NAME_HAS_PATH'],
  ['a\\b.pdf', 'DOCUMENT_NAME_HAS_PATH'],
  ['C:plan.pdf', 'DOCUMENT_NAME_HAS_PATH'],
  ['..', 'DOCUMENT_NAME_HAS_PATH'],
  ['   ', 'DOCUMENT_NAME_MISSING'],
  ['a\u0000.pdf', 'DOCUMENT_NAME_HAS_CONTROL_CHARACTERS'],
  ['a\r\nb.pdf', 'DOCUMENT_NAME_HAS_CONTROL_CHARACTERS'],
  ['a\u202efdp.exe.pdf', 'DOCUMENT_NAME_HAS_CONTROL_CHARACTERS'],
  ['a\ud800.pdf', 'DOCUMENT_NAME_HAS_CONTROL_CHARACTERS'],
  [`${'a'.repeat(197)}.pdf`, 'DOCUMENT_NAME_TOO_LONG'],
  ['plan', 'DOCUMENT_TYPE_NOT_TAKEN'],
  ['plan.pdf.exe', 'DOCUMENT_TYPE_NOT_TAKEN'],
  ['plan.docm', 'DOCUMENT_TYPE_NOT_TAKEN'],
])('refuses %j as a name', (given, code) => {
  expect(documentName(given, purpose)).toMatchObject({ mend: { code, path: ['input', 'name'] } });
});

it('takes only the endings of its purpose, and says which those are', () => {
  const pictures = { ...purpose, mediaTypes: ['image/png', 'image/jpeg'] };
  expect(documentName('a.pdf', pictures)).toMatchObject({
    mend: { messages: { en: expect.stringContaining('.png, .jpg, .jpeg.') } },
  });
});

it.each([
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ['a"b;c.pdf', `attachment; filename="a_b;c.pdf"; filename*=UTF-8''a%22b%3Bc.pdf`],
  ["Ø (1)'*%.pdf", `attachment; filename="_ (1)'*_.pdf"; filename*=UTF-8''%C3%98%20%281%29%27%2A%25.pdf`],
])('says %j to a browser', (name, header) => {
  expect(attachmentNamed(name)).toBe(header);
  expect(new Headers({ 'content-disposition': attachmentNamed(name) }).get('content-disposition')).toBe(
    header,
  );
});

it.each([
  [null, null],
  ['bytes=0-0', { start: 0, end: 0 }],
  ['bytes=5-', { start: 5, end: 9 }],
  ['bytes=5-99', { start: 5, end: 9 }],
  ['bytes=-3', { start: 7, end: 9 }],
  ['bytes=-99', { start: 0, end: 9 }],
  ['bytes=10-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', null],
  ['bytes=-', null],
  ['bytes=0-1,3-4', null],
  ['lines=0-1', null],
])('reads the range %j of ten bytes', (header, range) => {
  expect(rangeIn(header, 10)).toEqual(range);
});
