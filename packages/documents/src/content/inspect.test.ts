import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, describe, expect, it } from 'vitest';
import { OFFICE_TYPES, typeByName } from '../purpose.js';
import { inspect } from './inspect.js';
import { MOST_ENTRIES } from './zip.js';
import { contentTypes, docx, xlsx, type ZipEntry, zip } from './zip.test-support.js';

const folder = mkdtempSync(join(tmpdir(), 'samspill-inspect-'));
afterAll(() => rmSync(folder, { recursive: true }));

const MB = 1024 * 1024;
const purpose = { name: 'TEST', mediaTypes: OFFICE_TYPES, largest: 20 * MB };

/** What comes of a file with these contents under this name: its refusal, or READY. */
async function under(name: string, contents: Buffer | string, taken = purpose): Promise<string> {
  const path = join(folder, 'file');
  const bytes = Buffer.from(contents as Buffer);
  writeFileSync(path, bytes);
  const finding = await inspect(path, { mediaType: typeByName(name) as string, size: bytes.length }, taken);
  if ('refused' in finding) return finding.refused;
  expect(finding.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  return 'READY';
}

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100', 'hex'), randomBytes(64)]);
const PDF = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';
const ODT = zip([
  { name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true },
  { name: 'content.xml', data: '<office:document-content/>' },
]);

describe('the type, by content', () => {
  it.each([
    ['plan.pdf', PDF],
    ['bilde.png', PNG],
    ['bilde.jpg', JPEG],
    ['bilde.JPEG', JPEG],
    ['behov.docx', docx()],
    ['priser.xlsx', xlsx()],
    [
      'møte.pptx',
      zip([
        contentTypes('application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'),
      ]),
    ],
    ['behov.odt', ODT],
    ['notat.txt', '\ufeffBlåbærsyltetøy\r\n\tpå brød\n'],
    // What begins like a bitmap, a program or a film, and is a table of cars.
    ['biler.csv', 'BMW;1\nAudi;2\n'],
    ['mz.csv', 'MZ;1\n'],
    ['diagram.docx', docx({ name: 'word/embeddings/Ark1.xlsx', data: xlsx() })],
    ['tom.docx', docx({ name: 'word/media/', data: '' })],
  ])('takes %s', async (name, contents) => {
    expect(await under(name, contents)).toBe('READY');
  });

  it.each([
    ['plan.pdf', PNG, 'NAME_DISAGREES'],
    ['bilde.png', JPEG, 'NAME_DISAGREES'],
    ['plan.txt', PDF, 'NAME_DISAGREES'],
    ['plan.pdf', 'Bare tekst.', 'NAME_DISAGREES'],
    ['priser.xlsx', docx(), 'NAME_DISAGREES'],
    ['plan.pdf', randomBytes(5_000), 'TYPE_NOT_TAKEN'],
    ['program.pdf', Buffer.concat([Buffer.from('MZ'), randomBytes(5_000)]), 'TYPE_NOT_TAKEN'],
    ['arkiv.docx', zip([{ name: 'a.txt', data: 'a' }]), 'TYPE_NOT_TAKEN'],
    ['side.txt', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'TYPE_NOT_TAKEN'],
    [
      'gammel.docx',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(2_000)]),
      'OLD_OR_PROTECTED_OFFICE',
    ],
    ['norsk.csv', Buffer.from('Blåbær;1', 'latin1'), 'NOT_UTF8'],
    ['styrt.txt', 'a\u0007b', 'NOT_UTF8'],
    ['avkortet.txt', Buffer.from('Blå').subarray(0, 3), 'NOT_UTF8'],
  ])('refuses %s when it is something else', async (name, contents, refusal) => {
    expect(await under(name, contents)).toBe(refusal);
  });

  it('takes only what the purpose takes', async () => {
    const taken = { ...purpose, mediaTypes: ['application/pdf'] };
    expect(await under('plan.pdf', PDF, taken)).toBe('READY');
    expect(await under('bilde.png', PNG, taken)).toBe('TYPE_NOT_TAKEN');
    expect(await under('plan.pdf', PNG, taken)).toBe('TYPE_NOT_TAKEN');
  });

  it('counts the bytes itself', async () => {
    const path = join(folder, 'size');
    writeFileSync(path, PDF);
    const stated = { mediaType: 'application/pdf', size: PDF.length };
    expect(await inspect(path, { ...stated, size: PDF.length - 1 }, purpose)).toEqual({
      refused: 'SIZE_DIFFERS',
    });
    expect(await inspect(path, { ...stated, size: PDF.length + 1 }, purpose)).toEqual({
      refused: 'SIZE_DIFFERS',
    });
    expect(await inspect(path, stated, { ...purpose, largest: 10 })).toEqual({ refused: 'SIZE_DIFFERS' });
  });
});

describe('a container', () => {
  const zeros = (size: number) => Buffer.alloc(size);
  const cases: [string, ZipEntry[], string][] = [
    [
      'that unpacks to a thousand times as much',
      [{ name: 'word/a.xml', data: zeros(64 * MB) }],
      'UNPACKS_TOO_LARGE',
    ],
    [
      'with many that each unpack to a lot',
      Array.from({ length: 20 }, (_, i) => ({ name: `word/${i}.xml`, data: zeros(7 * MB) })),
      'UNPACKS_TOO_LARGE',
    ],
    [
      'that says it is small and is not',
      [{ name: 'word/a.xml', data: zeros(64 * MB), declared: 1_000 }],
      'UNPACKS_TOO_LARGE',
    ],
    [
      'that says it is larger than anything',
      [{ name: 'word/a.xml', data: 'a', declared: 0xfffffff0 }],
      'UNPACKS_TOO_LARGE',
    ],
    [
      'whose entries all lie on top of each other',
      [
        { name: 'word/0.xml', data: randomBytes(MB) },
        ...Array.from({ length: 9 }, (_, i) => ({
          name: `word/${i + 1}.xml`,
          data: zeros(MB),
          sameAs: 2,
        })),
      ],
      'UNPACKS_TOO_LARGE',
    ],
    [
      'with more entries than any document',
      Array.from({ length: MOST_ENTRIES }, (_, i) => ({ name: `word/${i}`, data: '' })),
      'UNPACKS_TOO_LARGE',
    ],
    [
      'with an archive in it',
      [{ name: 'word/media/a.zip', data: zip([{ name: 'a', data: 'a' }]) }],
      'NESTED_ARCHIVE',
    ],
    ['with an archive called a picture', [{ name: 'word/media/a.png', data: docx() }], 'NESTED_ARCHIVE'],
    ['with something gzipped', [{ name: 'word/a.bin', data: gzipSync(zeros(MB)) }], 'NESTED_ARCHIVE'],
    [
      'with a document in a document in it',
      [{ name: 'word/embeddings/a.docx', data: docx({ name: 'word/embeddings/b.docx', data: docx() }) }],
      'NESTED_ARCHIVE',
    ],
    [
      'with an archive called a document in it',
      [{ name: 'word/embeddings/a.docx', data: zip([{ name: 'a', data: 'a' }]) }],
      'NESTED_ARCHIVE',
    ],
    [
      'with a bomb in its spreadsheet',
      [{ name: 'word/embeddings/a.xlsx', data: xlsx({ name: 'xl/a.xml', data: zeros(64 * MB) }) }],
      'UNPACKS_TOO_LARGE',
    ],
    ['with macros', [{ name: 'word/vbaProject.bin', data: 'x' }], 'HAS_MACROS'],
    ['with a password', [{ name: 'word/a.xml', data: 'x', flags: 1 }], 'OLD_OR_PROTECTED_OFFICE'],
    ['that leads out of itself', [{ name: '../../etc/passwd', data: 'x' }], 'DAMAGED'],
    ['with two of one name', [{ name: 'word/document.xml', data: 'x' }], 'DAMAGED'],
    ['that says it is larger than it is', [{ name: 'word/a.xml', data: 'abc', declared: 4 }], 'DAMAGED'],
  ];
  it.each(cases)('%s is refused', async (_, entries, refusal) => {
    expect(await under('a.docx', docx(...entries), { ...purpose, largest: 200 * MB })).toBe(refusal);
  });

  it('made for macros is refused', async () => {
    const macros = 'application/vnd.ms-word.document.macroEnabled.main+xml';
    expect(await under('a.docx', zip([contentTypes(macros)]))).toBe('HAS_MACROS');
  });

  it('cut off is refused', async () => {
    expect(await under('a.docx', docx().subarray(0, -10))).toBe('DAMAGED');
    expect(await under('a.docx', Buffer.concat([Buffer.from('504b0304', 'hex'), randomBytes(500)]))).toBe(
      'DAMAGED',
    );
  });

  it('with large pictures and much text is taken', async () => {
    const picture = {
      name: 'word/media/a.jpg',
      data: Buffer.concat([JPEG, randomBytes(5 * MB)]),
      stored: true,
    };
    const text = { name: 'word/large.xml', data: 'Mer tekst om behovet. '.repeat(300_000) };
    expect(await under('a.docx', docx(picture, text))).toBe('READY');
  });
});
