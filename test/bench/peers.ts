import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the peers' programs and their start files lie. */
export const peersFolder = fileURLToPath(new URL('./peers/', import.meta.url));

const packageFile = (name: string) => join(peersFolder, 'node_modules', name, 'package.json');

/**
 * Installs the peers, once for each state of their lock file. They are no workspace of ours: nobody who does not
 * measure downloads them. No script of theirs is run.
 * @returns why it could not be done, or null.
 */
export function installPeers(): string | null {
  const lock = createHash('sha256')
    .update(readFileSync(join(peersFolder, 'package-lock.json')))
    .digest('hex');
  const stamp = join(peersFolder, 'node_modules', '.samspill-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return null;
  process.stderr.write(
    'Installing the gateways to compare with (once; this takes a few minutes and 800 MB) …\n',
  );
  const { status, error } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: peersFolder,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) return `npm could not install it${error ? `: ${error.message}` : ''}`;
  writeFileSync(stamp, lock);
  return null;
}

/** The version of a peer's package as it is installed, or null. */
export function peerVersion(name: string): string | null {
  if (!existsSync(packageFile(name))) return null;
  return (JSON.parse(readFileSync(packageFile(name), 'utf8')) as { version: string }).version;
}
