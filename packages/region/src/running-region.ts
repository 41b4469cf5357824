import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a running region writes how it is reached, for the command-line tools. */
export const ADDRESS_FILE = 'region.json';

/** The address of the region that runs on this data directory, or null. */
export async function runningRegion(dataDirectory: string): Promise<string | null> {
  const file = join(dataDirectory, ADDRESS_FILE);
  if (!existsSync(file)) return null;
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
  try {
    // The file may be left over from a region that was killed.
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(3_000) });
    return response.ok ? url : null;
  } catch {
    return null;
  }
}
