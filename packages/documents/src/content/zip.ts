import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from 'yauzl';
import type { RefusalCode } from '../refusal.js';

/** What a document may unpack to, all of it together. Pictures in it are compressed already, so real ones are far below. */
export const MOST_UNPACKED = 256 * 1024 * 1024;
/** Text in XML shrinks to a tenth, a huge empty spreadsheet to a hundredth; what repeats itself on purpose to a thousandth. */
export const MOST_RATIO = 150;
/** Below this a ratio says nothing. */
const SMALL = 8 * 1024 * 1024;
export const MOST_ENTRIES = 5_000;
/** An embedded spreadsheet is looked into from memory. */
const LARGEST_EMBEDDED = 32 * 1024 * 1024;
const LARGEST_TYPE_LIST = 1024 * 1024;

/** Why a container is not taken in. */
export class ContainerRefused extends Error {
  override readonly name = 'ContainerRefused';
  constructor(readonly reason: RefusalCode) {
    super(reason);
  }
}

/** What may still be unpacked, of a document with everything that is embedded in it. */
interface Budget {
  entries: number;
  bytes: number;
}

/**
 * Looks into a container without believing what it says of itself: the type by what is inside, every entry unpacked
 * once and thrown away, counted as it comes. Null for a container that is no document.
 * @throws ContainerRefused
 */
export async function lookIntoContainer(path: string, size: number): Promise<string | null> {
  const budget = { entries: MOST_ENTRIES, bytes: MOST_UNPACKED };
  const zip = await openPromise(path, { autoClose: false }).catch(damaged);
  try {
    return await look(zip, size, budget, 0);
  } finally {
    zip.close();
  }
}

async function look(zip: ZipFile, size: number, budget: Budget, depth: number): Promise<string | null> {
  const entries = await declaredEntries(zip, size, budget);
  const types: string[] = [];
  for (const entry of entries) {
    if (/(^|\/)vbaProject\.bin$/i.test(entry.fileName)) throw new ContainerRefused('HAS_MACROS');
    const isList = entry.fileName === '[Content_Types].xml' || entry.fileName === 'mimetype';
    const keep = isList ? LARGEST_TYPE_LIST : isEmbedded(entry) ? LARGEST_EMBEDDED : 0;
    const { head, kept } = await unpack(zip, entry, keep);
    if (isList && kept) types.push(kept.toString('utf8'));
    else await lookInside(entry, head, kept, budget, depth);
  }
  return documentType(types.join('\n'));
}

/** The entries, unless what they say of themselves is too much already. */
async function declaredEntries(zip: ZipFile, size: number, budget: Budget): Promise<Entry[]> {
  if (zip.entryCount > budget.entries) throw new ContainerRefused('UNPACKS_TOO_LARGE');
  budget.entries -= zip.entryCount;
  const entries: Entry[] = [];
  const names = new Set<string>();
  let packed = 0;
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new ContainerRefused('OLD_OR_PROTECTED_OFFICE');
      // Two of one name, and readers that differ in which they take.
      if (!entry.canDecodeFileData() || names.has(entry.fileName)) throw new ContainerRefused('DAMAGED');
      names.add(entry.fileName);
      packed += entry.compressedSize;
      unpacked += entry.uncompressedSize;
      // More than there is: the same bytes stand for several entries.
      if (packed > size || unpacked > budget.bytes) throw new ContainerRefused('UNPACKS_TOO_LARGE');
      if (isSuspicious(entry.uncompressedSize, entry.compressedSize)) {
        throw new ContainerRefused('UNPACKS_TOO_LARGE');
      }
      entries.push(entry);
    }
  } catch (error) {
    damaged(error);
  }
  budget.bytes -= unpacked;
  if (isSuspicious(unpacked, packed)) throw new ContainerRefused('UNPACKS_TOO_LARGE');
  return entries.filter(({ fileName }) => !fileName.endsWith('/'));
}

const isSuspicious = (unpacked: number, packed: number): boolean =>
  unpacked > SMALL && unpacked > packed * MOST_RATIO;

/** Unpacks an entry to its end. It may not be larger than it says, which has been counted. */
async function unpack(
  zip: ZipFile,
  entry: Entry,
  keep: number,
): Promise<{ head: Buffer; kept: Buffer | null }> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const stream = (await zip.openReadStreamPromise(entry)) as Readable;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (length < 16 || length + chunk.length <= keep) parts.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    if (/too many bytes/.test((error as Error).message)) throw new ContainerRefused('UNPACKS_TOO_LARGE');
    damaged(error);
  }
  const start = Buffer.concat(parts);
  return { head: start.subarray(0, 16), kept: length <= keep ? start : null };
}

const isEmbedded = ({ fileName }: Entry): boolean =>
  /\/embeddings\/[^/]+\.(docx|xlsx|pptx|odt)$/i.test(fileName);

/**
 * A chart has its spreadsheet inside it. That is looked into by the same rules, once; an archive in any other place
 * is none of a document's. (So are the compressed metafiles of old drawings, which nobody makes any more.)
 */
async function lookInside(
  entry: Entry,
  head: Buffer,
  kept: Buffer | null,
  budget: Budget,
  depth: number,
): Promise<void> {
  if (!isArchive(head)) return;
  if (depth > 0 || !kept || !isEmbedded(entry)) throw new ContainerRefused('NESTED_ARCHIVE');
  const zip = await fromBufferPromise(kept).catch(damaged);
  if ((await look(zip, kept.length, budget, depth + 1)) === null)
    throw new ContainerRefused('NESTED_ARCHIVE');
}

const ARCHIVES = [
  '504b0304',
  '504b0506',
  '1f8b',
  '377abcaf271c',
  '526172211a07',
  'fd377a585a00',
  '425a68',
  '28b52ffd',
];

const isArchive = (head: Buffer): boolean =>
  ARCHIVES.some((signature) => head.toString('hex').startsWith(signature));

const OPEN_XML = 'application/vnd.openxmlformats-officedocument.';

/** The type of the part that everything else belongs to. */
function documentType(list: string): string | null {
  if (/macroEnabled/i.test(list)) throw new ContainerRefused('HAS_MACROS');
  if (list.trim() === 'application/vnd.oasis.opendocument.text') return list.trim();
  const main =
    /ContentType\s*=\s*["']application\/vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet|presentationml\.presentation)\.main\+xml["']/.exec(
      list,
    );
  return main ? `${OPEN_XML}${main[1]}` : null;
}

function damaged(error: unknown): never {
  if (error instanceof ContainerRefused) throw error;
  throw new ContainerRefused('DAMAGED');
}
