import { mkdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MendableError } from '@samspill/environment';

/** Another process holds the data directory. Two PGlite processes over one directory would corrupt it. */
export class DataDirectoryInUse extends MendableError {
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

const OWNER_FILE = 'owner.pid';
const LOCK = 'owner.lock';

/** Reading and writing a number takes no time: whoever holds the lock this long has died over it. */
const LOCK_ABANDONED_MS = 5_000;
const LOCK_RETRY_MS = 20;

/**
 * Claims a data directory for this process until the returned function is called. A claim whose process
 * is gone (killed, power cut) is taken over: the number in the file is only believed while it answers.
 */
export function claimDataDirectory(directory: string): () => void {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, OWNER_FILE);
  // Two starters that both find a dead owner must not each remove the other's fresh claim.
  underLock(directory, () => {
    const owner = ownerOf(directory);
    if (owner !== null && owner !== process.pid) throw new DataDirectoryInUse(directory, owner);
    // Renamed into place, because whoever reads half a number takes its owner for dead.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, String(process.pid));
    renameSync(draft, file);
  });
  return () => {
    if (ownerOf(directory) === process.pid) rmSync(file, { force: true });
  };
}

/** The living process that holds a data directory, or null. */
export function ownerOf(directory: string): number | null {
  try {
    const owner = Number(readFileSync(join(directory, OWNER_FILE), 'utf8'));
    return isAlive(owner) ? owner : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Of all processes only one can make a directory of a given name. */
function underLock(directory: string, action: () => void): void {
  const lock = join(directory, LOCK);
  while (!made(lock)) {
    if (ageOf(lock) > LOCK_ABANDONED_MS) unmake(lock);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOCK_RETRY_MS);
  }
  try {
    action();
  } finally {
    unmake(lock);
  }
}

function made(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function unmake(lock: string): void {
  try {
    rmdirSync(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function ageOf(lock: string): number {
  const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  return made === undefined ? 0 : Date.now() - made;
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
