import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownerOf } from '@samspill/database';

/** Where a running region writes how it is reached, for the command-line tools. */
const ADDRESS_FILE = 'region.json';

interface Address {
  processId: number;
  url: string;
}

/** Writes down how this process is reached, until the returned function is called. */
export function announceRegion(dataDirectory: string, url: string): () => void {
  const file = join(dataDirectory, ADDRESS_FILE);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify({ processId: process.pid, url } satisfies Address));
  renameSync(draft, file);
  return () => rmSync(file, { force: true });
}

/** The address of the region that runs on this data directory, or null. */
export async function runningRegion(dataDirectory: string): Promise<string | null> {
  const address = readAddress(join(dataDirectory, ADDRESS_FILE));
  // The file may be left over from a region that was killed. Its port may be another region's by now, with
  // other data: only the process that holds this directory is believed.
  if (address === null || address.processId !== ownerOf(dataDirectory)) return null;
  try {
    const response = await fetch(`${address.url}/health/live`, { signal: AbortSignal.timeout(3_000) });
    return response.ok ? address.url : null;
  } catch {
    return null;
  }
}

function readAddress(file: string): Address | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Address | null;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
