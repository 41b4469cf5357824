import { readFile, stat } from 'node:fs/promises';
import { decodeXml, LARGEST_NOTICE_BYTES, NoticeRefused } from '@samspill/eforms';
import { STANDARD_INPUT } from './find-files.js';

export interface NamedXml {
  name: string;
  xml: string;
}

export interface RefusedFile {
  name: string;
  code: string;
  rule: string | null;
  line: number | null;
  message: string;
}

export interface Batch {
  files: NamedXml[];
  /** Files that could not even be read as text. */
  refused: RefusedFile[];
}

const FILES = 50;
/** Of the JSON that the files are sent as, in which a quotation mark counts twice. */
const CHARACTERS = 4 * 1024 * 1024;

/** Reads files and gathers them into batches that one request and one transaction can hold. */
export async function* batches(paths: AsyncIterable<string>): AsyncGenerator<Batch> {
  let batch: Batch = { files: [], refused: [] };
  let size = 0;
  for await (const path of paths) {
    const read = await readNotice(path);
    if ('xml' in read) {
      const sent = JSON.stringify(read.xml).length;
      if (size + sent > CHARACTERS && batch.files.length > 0) {
        yield batch;
        batch = { files: [], refused: [] };
        size = 0;
      }
      batch.files.push(read);
      size += sent;
    } else {
      batch.refused.push(read);
    }
    if (batch.files.length + batch.refused.length >= FILES) {
      yield batch;
      batch = { files: [], refused: [] };
      size = 0;
    }
  }
  if (batch.files.length + batch.refused.length > 0) yield batch;
}

async function readNotice(path: string): Promise<NamedXml | RefusedFile> {
  // The answer repeats the name, and the database keeps no NUL.
  const name = path === STANDARD_INPUT ? 'standard input' : path.replaceAll('\0', '');
  try {
    const bytes = path === STANDARD_INPUT ? await standardInput() : await fileBytes(path);
    return { name, xml: decodeXml(bytes) };
  } catch (error) {
    if (error instanceof NoticeRefused) {
      return {
        name,
        code: error.code,
        rule: error.rule,
        line: error.line ?? null,
        message: error.messages.en,
      };
    }
    const { code, message } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    return { name, code: 'FILE_UNREADABLE', rule: null, line: null, message };
  }
}

/** What is too large for a notice may be too large for the memory: it is not even read. */
async function fileBytes(path: string): Promise<Buffer> {
  if ((await stat(path)).size > LARGEST_NOTICE_BYTES) throw new NoticeRefused('TOO_LARGE');
  return readFile(path);
}

async function standardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    size += chunk.length;
    if (size > LARGEST_NOTICE_BYTES) throw new NoticeRefused('TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
