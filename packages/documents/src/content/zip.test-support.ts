import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer | string;
  /** Not compressed. */
  readonly stored?: boolean;
  /** What it says its size is, unpacked. @default the truth */
  readonly declared?: number;
  /** Points to the contents of the entry at this place, instead of having its own. */
  readonly sameAs?: number;
  readonly flags?: number;
}

/** A container as its entries say, also such as no honest program would make. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const body: Buffer[] = [];
  const directory: Buffer[] = [];
  const placed: { offset: number; packed: Buffer; name: Buffer }[] = [];
  let offset = 0;
  for (const { name, data, stored = false, declared, sameAs, flags = 0 } of entries) {
    const plain = Buffer.from(data as Buffer);
    const shared = sameAs === undefined ? undefined : placed[sameAs];
    const packed = shared?.packed ?? (stored ? plain : deflateRawSync(plain, { level: 9 }));
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(stored ? 0 : 8, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared ?? plain.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const at = shared?.offset ?? offset;
    if (!shared) {
      const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, Buffer.from(name), packed]);
      body.push(local);
      offset += local.length;
    }
    placed.push({ offset: at, packed, name: Buffer.from(name) });
    const end = Buffer.alloc(14);
    end.writeUInt32LE(at, 10);
    directory.push(Buffer.from('504b01021400', 'hex'), fields, end, Buffer.from(name));
  }
  const central = Buffer.concat(directory);
  const tail = Buffer.alloc(22);
  tail.writeUInt32BE(0x504b0506, 0);
  tail.writeUInt16LE(entries.length & 0xffff, 8);
  tail.writeUInt16LE(entries.length & 0xffff, 10);
  tail.writeUInt32LE(central.length, 12);
  tail.writeUInt32LE(offset, 16);
  return Buffer.concat([...body, central, tail]);
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const contentTypes = (main: string): ZipEntry => ({
  name: '[Content_Types].xml',
  data: `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
});

/** A Word document with more inside it. */
export function docx(...more: readonly ZipEntry[]): Buffer {
  return zip([
    contentTypes(`${WORD}.main+xml`),
    { name: 'word/document.xml', data: '<w:document>Behov</w:document>' },
    ...more,
  ]);
}

export function xlsx(...more: readonly ZipEntry[]): Buffer {
  const main = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  return zip([contentTypes(main), { name: 'xl/workbook.xml', data: '<workbook/>' }, ...more]);
}
