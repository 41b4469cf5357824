import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { decodeXml, NoticeRefused } from '@samspill/eforms';
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
const CHARACTERS = 4 * 1024 * 1024;

/** Reads files and gathers them into batches that one request and one transaction can hold. */
export async function* batches(paths: AsyncIterable<string>): AsyncGenerator<Batch> {
  let batch: Batch = { files: [], refused: [] };
  let size = 0;
  for await (const path of paths) {
    const read = await readNotice(path);
    if ('xml' in read) {
      if (size + read.xml.length > CHARACTERS && batch.files.length > 0) {
        yield batch;
        batch = { files: [], refused: [] };
        size = 0;
      }
      batch.files.push(read);
      size += read.xml.length;
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
  const name = path === STANDARD_INPUT ? 'standard input' : path;
  try {
    const bytes = path === STANDARD_INPUT ? await buffer(process.stdin) : await readFile(path);
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
