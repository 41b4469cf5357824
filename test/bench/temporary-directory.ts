import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const left = new Set<string>();
process.once('exit', () => {
  for (const path of left) remove(path);
});

/** A directory that goes away with whoever uses it, or with the benchmark when that is interrupted. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'samspill-bench-'));
  left.add(path);
  return { path, [Symbol.dispose]: () => remove(path) };
}

function remove(path: string): void {
  // A process that has just been told to end may still write into it.
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  left.delete(path);
}
