import { describe, expect, test } from 'vitest';
import { NoticeRefused, parseNotice, type RefusalCode } from './index.js';
import { HEADER, lot, noticeXml, project } from './notice.fixture.js';

function refusal(xml: string | Uint8Array, limits = {}): NoticeRefused {
  try {
    parseNotice(xml, { limits });
  } catch (error) {
    if (error instanceof NoticeRefused) return error;
    throw error;
  }
  throw new Error('The notice was accepted');
}

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('attacks', () => {
  const attacks: [string, string, RefusalCode][] = [
    [
      'billion laughs',
      '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
      'DOCTYPE_FORBIDDEN',
    ],
    [
      'external entity',
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      'DOCTYPE_FORBIDDEN',
    ],
    ['external DTD', '<!DOCTYPE x SYSTEM "http://example.com/x.dtd"><x/>', 'DOCTYPE_FORBIDDEN'],
    ['undeclared entity', '<x>&e;</x>', 'NOT_XML'],
    [
      'style sheet',
      '<?xml-stylesheet href="http://example.com/x.xsl"?><x/>',
      'PROCESSING_INSTRUCTION_FORBIDDEN',
    ],
    ['instruction inside', '<x><?php echo 1 ?></x>', 'PROCESSING_INSTRUCTION_FORBIDDEN'],
    ['second declaration', '<x><?xml version="1.0"?></x>', 'NOT_XML'],
    ['XML 1.1', '<?xml version="1.1"?><x/>', 'NOT_XML'],
    ['control character', '<x>\u0001</x>', 'NOT_XML'],
    ['unbound prefix', '<a:x/>', 'NOT_XML'],
    ['doubled attribute', '<x a="1" a="2"/>', 'NOT_XML'],
    ['two roots', '<x/><x/>', 'NOT_XML'],
    ['cut off', '<x><y>', 'NOT_XML'],
    ['nothing', '', 'NOT_XML'],
    ['no XML', '{"notice": true}', 'NOT_XML'],
    ['HTML', '<html><body/></html>', 'NOT_A_NOTICE'],
    ['right name, wrong namespace', '<ContractNotice xmlns="http://example.com/"/>', 'NOT_A_NOTICE'],
  ];
  test.each(attacks)('%s', (_, xml, code) => {
    expect(refusal(xml).code).toBe(code);
  });

  test('limits hold while reading', () => {
    const deep = (n: number) => '<x>'.repeat(n) + '</x>'.repeat(n);
    expect(refusal(deep(65)).code).toBe('TOO_DEEP');
    expect(refusal(deep(64)).code).toBe('NOT_A_NOTICE');
    expect(refusal('<x>'.repeat(1_000_000)).code).toBe('TOO_DEEP');
    expect(refusal(`<x>${'<y/>'.repeat(20)}</x>`, { elements: 20 }).code).toBe('TOO_MANY_ELEMENTS');
    const attributes = Array.from({ length: 65 }, (_, i) => `a${i}=""`).join(' ');
    expect(refusal(`<x ${attributes}/>`).code).toBe('TOO_MANY_ATTRIBUTES');
    expect(refusal(`<x>${'y'.repeat(101)}</x>`, { text: 100 }).code).toBe('TEXT_TOO_LONG');
    expect(refusal(' '.repeat(10 * 1024 * 1024 + 1)).code).toBe('TOO_LARGE');
  });

  test('a language may not name a prototype', () => {
    const body = `${project('Skolemat').replace('"NOR"', '"__proto__"')}${lot('LOT-0001')}`;
    const { title } = parseNotice(noticeXml({ body }));
    expect(title).toEqual({ value: 'Skolemat', language: null, all: { UND: 'Skolemat' } });
    expect(Object.getPrototypeOf(title.all)).toBe(Object.prototype);
  });

  test('what is quoted from the sender is short', () => {
    expect(refusal(`<${'x'.repeat(5000)}/>`).messages.en.length).toBeLessThan(400);
  });
});

describe('what cannot be understood', () => {
  test.each([
    [/<cbc:ID[^>]*>[^<]*<\/cbc:ID>/, 'NOTICE_ID_MISSING', 'BT-701'],
    [/<cbc:NoticeTypeCode[^>]*>[^<]*<\/cbc:NoticeTypeCode>/, 'NOTICE_TYPE_MISSING', 'BT-02'],
    [/<cbc:IssueDate>[^<]*<\/cbc:IssueDate>/, 'DISPATCH_DATE_MISSING', 'BT-05'],
  ])('without %s', (element, code, rule) => {
    const refused = refusal(noticeXml({ header: HEADER.replace(element, '') }));
    expect(refused).toMatchObject({ code, rule });
    expect(refused.messages.nb).toMatch(/Fyll ut/);
  });

  test('an error says where it is', () => {
    expect(refusal('<x>\n  <y></z>\n</x>')).toMatchObject({ code: 'NOT_XML', line: 2 });
  });
});

describe('encodings', () => {
  const title = 'Kjøp av skolemat – «gjør det sjøl»';
  const xml = (declaration: string) => declaration + noticeXml({ body: project(title) + lot('LOT-0001') });
  const read = (bytes: Uint8Array) => parseNotice(bytes).title.value;

  test('UTF-8 with and without a byte order mark, declared or not', () => {
    expect(read(utf8(xml('')))).toBe(title);
    expect(read(utf8(xml('<?xml version="1.0" encoding="utf-8"?>')))).toBe(title);
    expect(read(utf8(`\ufeff${xml('<?xml version="1.0"?>')}`))).toBe(title);
    expect(parseNotice(`\ufeff${xml('')}`).title.value).toBe(title);
  });

  test('UTF-16 with a byte order mark', () => {
    const little = Buffer.from(`\ufeff${xml('<?xml version="1.0" encoding="UTF-16"?>')}`, 'utf16le');
    expect(read(little)).toBe(title);
    expect(read(Buffer.from(little).swap16())).toBe(title);
    expect(refusal(little.subarray(2)).code).toBe('ENCODING_UNSUPPORTED');
  });

  test.each(['ISO-8859-1', 'windows-1252'])('declared %s', (label) => {
    const text = xml(`<?xml version="1.0" encoding="${label}"?>`);
    const bytes = Uint8Array.from(text, (c) => (c === '–' ? 0x96 : c.charCodeAt(0)));
    expect(read(bytes)).toBe(title);
  });

  test('others are refused', () => {
    expect(refusal(utf8(xml('<?xml version="1.0" encoding="UTF-7"?>'))).code).toBe('ENCODING_UNSUPPORTED');
    expect(refusal(Buffer.from(xml(''), 'latin1')).code).toBe('ENCODING_INVALID');
    expect(refusal(new Uint8Array()).code).toBe('NOT_XML');
  });
});
