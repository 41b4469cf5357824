import { readFileSync, writeFileSync } from 'node:fs';
import { run } from '@samspill/environment';
import { schemaFiles } from './schema-files.js';

const root = new URL('../../../', import.meta.url);

/**
 * `npm run schema` prints the schema of each service and composes the supergraph; with `--check` it only
 * says what would change. The printed files are what front ends and other routers work with, so they are
 * committed, and CI refuses code that says something else.
 */
run(async () => {
  const check = process.argv.includes('--check');
  const { files, hints } = schemaFiles();
  for (const { code, message } of hints) process.stderr.write(`hint ${code}: ${message}\n`);

  const stale = [...files].filter(([path, text]) => current(path) !== text).map(([path]) => path);
  if (!check) {
    for (const [path, text] of files) writeFileSync(new URL(path, root), text);
    process.stdout.write(
      stale.length ? `Written anew: ${stale.join(', ')}\n` : 'The schemas are as they were.\n',
    );
  } else if (stale.length) {
    throw new Error(
      `These files do not say what the code says; run "npm run schema" and commit: ${stale.join(', ')}`,
    );
  } else {
    process.stdout.write('The committed schemas are what the code says.\n');
  }
});

function current(path: string): string | null {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
