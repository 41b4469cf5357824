import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Whether it is there for tests or for the build only, and never runs in production. */
  readonly isTest: boolean;
}

export interface Workspace {
  /** `@samspill/tenders` */
  readonly name: string;
  /** `services/tenders` */
  readonly folder: string;
  readonly kind: 'packages' | 'services' | 'gateway' | 'test';
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly sources: readonly Source[];
}

export function workspaces(): Workspace[] {
  const inside = (parent: string) =>
    readdirSync(join(root, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${parent}/${entry.name}`);
  // The last is none of npm's workspaces, so that only who measures installs it; what it imports it declares as well.
  const folders = [...inside('packages'), ...inside('services'), 'gateway', 'test', 'test/bench/peers'];
  return folders.map(readWorkspace);
}

function readWorkspace(folder: string): Workspace {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const kind = folder.split('/')[0] as Workspace['kind'];
  return {
    name: manifest.name,
    folder,
    kind,
    dependencies: Object.keys(manifest.dependencies ?? {}),
    devDependencies: Object.keys(manifest.devDependencies ?? {}),
    sources: sourcesBelow(join(root, folder)),
  };
}

function sourcesBelow(folder: string): Source[] {
  return filesBelow(folder)
    .filter((path) => /\.(ts|mjs|js|jsx)$/.test(path))
    .map((path) => ({
      path: relative(root, path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
      isTest: /\.(test|test-support|fixture|fixtures)\.ts$|\/playground\/page\//.test(
        path.replaceAll('\\', '/'),
      ),
    }));
}

/** Without what is installed or built, and without what has a package file of its own. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return entry.isFile() ? [path] : [];
    const apart = /^(node_modules|dist)$/.test(entry.name) || existsSync(join(path, 'package.json'));
    return apart ? [] : filesBelow(path);
  });
}

/** What a source imports, types included; in the order in which it says so. */
export function importsOf({ text }: Source): string[] {
  const code = text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '');
  const statements =
    /^\s*(?:import|export)\s[^;'"`]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  return [...code.matchAll(statements)].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

/** `@samspill/region/schema-files` → `@samspill/region`; null for relative paths and Node's own modules. */
export function packageOf(specifier: string): string | null {
  if (/^(\.|node:)/.test(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
