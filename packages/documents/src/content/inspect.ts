import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import type { Document } from '../document.js';
import type { DocumentPurpose } from '../purpose.js';
import type { RefusalCode } from '../refusal.js';
import { PlainTextTest } from './plain-text.js';
import { ContainerRefused, lookIntoContainer } from './zip.js';

export type Finding = { readonly sha256: string } | { readonly refused: RefusalCode };

/** What a file has been said to be. */
type Stated = Pick<Document, 'mediaType' | 'size'>;

/** What a type is known by stands at the very beginning. */
const HEAD = 4_100;
const TEXTS = ['text/plain', 'text/csv'];
/** Printable all through as well, and still no plain text: a machine reads more into them. */
const NOT_PLAIN =
  /^(application\/(pdf|rtf|xml|postscript|eps)|image\/svg\+xml|text\/(calendar|vcard)|.*\+xml)$/;

/**
 * Reads a file once from the beginning to the end, and says what it is, whatever it has been called: its hash, or
 * why it is not taken in.
 */
export async function inspect(path: string, stated: Stated, purpose: DocumentPurpose): Promise<Finding> {
  const hash = createHash('sha256');
  const text = new PlainTextTest();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    if (size < HEAD) parts.push(chunk);
    size += chunk.length;
    if (size > stated.size) return { refused: 'SIZE_DIFFERS' };
    hash.update(chunk);
    text.add(chunk);
  }
  if (size !== stated.size || size > purpose.largest) return { refused: 'SIZE_DIFFERS' };
  const head = Buffer.concat(parts).subarray(0, HEAD);
  try {
    const found = await typesOf(path, size, head, text.end());
    const refused = whyNot(found, stated, purpose);
    return refused ? { refused } : { sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof ContainerRefused) return { refused: error.reason };
    throw error;
  }
}

/** What the contents can be called. Text is text whether it is set in columns or not: there the name says which. */
async function typesOf(path: string, size: number, head: Buffer, isText: boolean): Promise<string[]> {
  if (/^504b(0304|0506|0708)/.test(head.toString('hex', 0, 4))) {
    return [(await lookIntoContainer(path, size)) ?? 'application/zip'];
  }
  const found = await fileTypeFromBuffer(head);
  if (isText && !(found && NOT_PLAIN.test(found.mime))) return TEXTS;
  return found ? [found.mime] : [];
}

function whyNot(found: readonly string[], stated: Stated, purpose: DocumentPurpose): RefusalCode | null {
  if (found.includes(stated.mediaType) && purpose.mediaTypes.includes(stated.mediaType)) return null;
  if (found.includes('application/x-cfb')) return 'OLD_OR_PROTECTED_OFFICE';
  if (found.length === 0 && TEXTS.includes(stated.mediaType)) return 'NOT_UTF8';
  return found.some((type) => purpose.mediaTypes.includes(type)) ? 'NAME_DISAGREES' : 'TYPE_NOT_TAKEN';
}
