#!/usr/bin/env node
// What `npm start`, `npm test` and the other commands run. Plain JavaScript for Node 20, because it is there
// before anything is installed: it installs what is missing, builds what has changed, and hands over to
// Node 24, which comes with the dependencies.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.samspill-installed');
const windows = process.platform === 'win32';
const nodeOfDependencies = join(bin, windows ? 'node.cmd' : 'node');
const parent = process.ppid;

const [command, ...rest] = process.argv.slice(2);

const commands = {
  region: () => program('packages/region/dist/start.js'),
  distributed: () => program('packages/region/dist/distributed.js'),
  gateway: () => program('gateway/dist/main.js', gatewayOptions),
  service: () => program(`services/${rest.shift()}/dist/main.js`),
  import: () => program('packages/region/dist/import.js'),
  'audit-verify': () => program('packages/region/dist/audit-verify.js'),
  keys: () => program('packages/region/dist/keys.js'),
  schema: () => program('packages/region/dist/schema.js'),
  reset,
  test,
  bench: () => program('test/bench/main.ts'),
};

if (!Object.hasOwn(commands, command)) {
  fail(`Unknown command "${command ?? ''}". There are: ${Object.keys(commands).join(', ')}.`);
}
await commands[command]();

/** Runs a built program, with everything in place that it needs. `nodeOptions` is called when that is built. */
async function program(file, nodeOptions = () => []) {
  install();
  build();
  await handOver([...(await nodeOptions()), join(root, file), ...rest]);
}

async function gatewayOptions() {
  const { gatewayNodeOptions } = await import('@samspill/environment');
  return gatewayNodeOptions;
}

async function test() {
  install();
  build();
  await handOver([join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...rest], { cwd: root });
}

function reset() {
  const data = resolve(root, process.env.DATA_DIR || '.data');
  if (!existsSync(data)) return say(`There is no data in ${data}.`);
  const owner = readOwner(join(data, 'owner.pid'));
  if (owner) fail(`The data in ${data} is in use by process ${owner}. Stop that process first.`);
  rmSync(data, { recursive: true, force: true });
  say(`Removed ${data}. The next start begins with demo data.`);
}

function readOwner(file) {
  if (!existsSync(file)) return null;
  const owner = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(owner, 0);
    return owner;
  } catch {
    return null;
  }
}

/** Installs exactly what the lock file says, once for each state of the lock file. */
function install() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    fail(`Node ${process.versions.node} is too old; Samspill needs Node 20 or newer to begin with.`);
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lock = createHash('sha256').update(text).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (isInstalledByHand(JSON.parse(text))) return writeFileSync(stamp, lock);
  say('Installing dependencies (once; this takes a minute) …');
  // `npm ci` would warn that Node 20 is too old for some of them, which is why Node 24 is among them.
  const result = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: windows,
    // A test run under NODE_ENV=production would otherwise miss its own tools.
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (result.status !== 0) fail('The dependencies could not be installed; npm says why above.');
  writeFileSync(stamp, lock);
}

/** Whether somebody's own `npm ci` has installed all that the lock file says. Npm notes what it did when it is done. */
function isInstalledByHand({ packages: wanted }) {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note) || !existsSync(nodeOfDependencies)) return false;
  const { packages: found } = JSON.parse(readFileSync(note, 'utf8'));
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      !path.startsWith('node_modules/') || (found[path] ? found[path].version === version : optional),
  );
}

/** Builds what has changed since the last time. */
function build() {
  // The build itself is silent unless it fails; after the first time it takes half a second.
  if (!existsSync(join(root, 'gateway', 'dist'))) say('Building (once; this takes half a minute) …');
  const result = spawnSync(
    join(bin, 'turbo'),
    ['run', 'build', '--output-logs=errors-only', '--log-prefix=none'],
    {
      cwd: root,
      env: environment(),
      encoding: 'utf8',
      shell: windows,
    },
  );
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}\n`);
    fail('The build failed.');
  }
}

/** Node 24 first on the path, whatever Node began this. */
function environment() {
  return {
    ...process.env,
    // Of this checkout, from whichever folder the command was given.
    DATA_DIR: process.env.DATA_DIR || join(root, '.data'),
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    TURBO_TELEMETRY_DISABLED: '1',
    DO_NOT_TRACK: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
  };
}

/** Runs Node 24 in the place of this process: same output, same signals, same exit code. */
async function handOver(args, options = {}) {
  const child = spawn(nodeOfDependencies, ['--enable-source-maps', ...args], {
    stdio: 'inherit',
    env: environment(),
    shell: windows,
    cwd: process.env.INIT_CWD ?? root,
    ...options,
  });
  // Ctrl+C reaches the whole group of a terminal; a signal sent to this process alone is passed on.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // Npm passes a signal on to its shell, which ends without passing it on to us.
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 200).unref();
  }
  const [code, signal] = await new Promise((resolve) => child.once('exit', (...how) => resolve(how)));
  process.exitCode = signal ? 1 : code;
}

function say(text) {
  process.stderr.write(`${text}\n`);
}

function fail(text) {
  say(text);
  process.exit(1);
}
