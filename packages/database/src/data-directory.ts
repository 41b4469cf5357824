import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Another process holds the data directory. Two PGlite processes over one directory would corrupt it. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';

  constructor(
    readonly directory: string,
    readonly processId: number,
  ) {
    super(
      `The data in ${directory} is in use by process ${processId}. Stop that process first (a running region is stopped with Ctrl+C), or choose another directory with DATA_DIR.`,
    );
  }
}

/**
 * Claims a data directory for this process until the returned function is called. A claim whose process
 * is gone (killed, power cut) is taken over: the number in the file is only believed while it answers.
 */
export function claimDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'owner.pid');
  for (let attempt = 0; ; attempt++) {
    try {
      // `wx` fails when the file exists: of two processes that start together only one creates it.
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw error;
      const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : Number.NaN;
      if (owner !== process.pid && isAlive(owner)) throw new DataDirectoryInUse(directory, owner);
      rmSync(file, { force: true });
    }
  }
  return () => rmSync(file, { force: true });
}

function isAlive(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
