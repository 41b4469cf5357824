import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, packageOf, type Source, type Workspace, workspaces } from './workspaces.js';

const all = workspaces();
const byName = new Map(all.map((workspace) => [workspace.name, workspace]));
const production = all.filter((workspace) => workspace.kind !== 'test');

/** Every import of a workspace, with where it stands. */
function imports(workspace: Workspace): { source: Source; specifier: string }[] {
  return workspace.sources.flatMap((source) => importsOf(source).map((specifier) => ({ source, specifier })));
}

it('sees the imports that it judges', () => {
  const tenders = byName.get('@samspill/tenders') as Workspace;
  const seen = new Set(imports(tenders).map(({ specifier }) => specifier));
  for (const known of ['@samspill/eforms', '@samspill/subgraph', 'type-graphql', './subgraph.js']) {
    expect(seen).toContain(known);
  }
});

/** region/ puts everything together, so it alone among the packages knows everybody. */
const COMPOSITION_ROOT = '@samspill/region';

/** Which kinds of workspace a kind may know. */
const ALLOWED: Record<Workspace['kind'], readonly Workspace['kind'][]> = {
  packages: ['packages'],
  services: ['packages'],
  gateway: ['packages'],
  test: ['packages', 'services', 'gateway', 'test'],
};

it.each(production.map((workspace) => [workspace.name, workspace] as const))(
  '%s points the right way',
  (_name, workspace) => {
    const wrong = imports(workspace).flatMap(({ source, specifier }) => {
      const other = byName.get(packageOf(specifier) ?? '');
      if (!other || other === workspace) return [];
      if (workspace.name === COMPOSITION_ROOT && other.kind !== 'test') return [];
      const fine = ALLOWED[workspace.kind].includes(other.kind) && other.name !== COMPOSITION_ROOT;
      return fine ? [] : [`${source.path} imports ${specifier}`];
    });
    expect(wrong).toEqual([]);
  },
);

it.each(production.map((workspace) => [workspace.name, workspace] as const))(
  '%s reaches into nobody’s folder',
  (_name, workspace) => {
    const outside = imports(workspace)
      .filter(({ specifier }) => specifier.startsWith('.'))
      .filter(({ source, specifier }) => {
        const target = posix.join(posix.dirname(source.path), specifier);
        return !target.startsWith(`${workspace.folder}/`);
      })
      .map(({ source, specifier }) => `${source.path} imports ${specifier}`);
    expect(outside).toEqual([]);
  },
);

/** What the root of the repository has for everybody. */
const TOOLS = ['vitest'];

/** Imported without being declared, each for a reason. */
const ON_PURPOSE: Record<string, string[]> = {
  // They come with GraphiQL, and a declared one could be another version than GraphiQL's own.
  '@samspill/gateway': ['monaco-editor', 'monaco-graphql'],
};

it.each(all.map((workspace) => [workspace.name, workspace] as const))(
  '%s declares what it imports',
  (_name, workspace) => {
    const own = [...workspace.dependencies, ...(ON_PURPOSE[workspace.name] ?? [])];
    // A test may also use what the workspaces it builds on are made of, such as the log that a host wants.
    const ofOthers = own.flatMap((name) => byName.get(name)?.dependencies ?? []);
    const undeclared = imports(workspace).flatMap(({ source, specifier }) => {
      const name = packageOf(specifier);
      if (name === null || name === workspace.name) return [];
      const forTests = source.isTest || workspace.kind === 'test';
      const declared = forTests ? [...own, ...workspace.devDependencies, ...ofOthers, ...TOOLS] : own;
      return declared.includes(name) ? [] : [`${source.path} imports ${name}`];
    });
    expect([...new Set(undeclared)]).toEqual([]);
  },
);

it('has no cycles', () => {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]) => {
    if (trail.includes(name)) cycles.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
    if (done.has(name) || trail.includes(name)) return;
    const workspace = byName.get(name) as Workspace;
    const used = new Set(
      [
        ...workspace.dependencies,
        ...imports(workspace).map(({ specifier }) => packageOf(specifier) ?? ''),
      ].filter((other) => other !== name && byName.has(other)),
    );
    for (const other of used) visit(other, [...trail, name]);
    done.add(name);
  };
  for (const { name } of all) visit(name, []);
  expect(cycles).toEqual([]);
});

describe('where it runs is nobody’s business', () => {
  /**
   * These open databases and put processes together. Everybody else gets what they made passed in, and so
   * cannot come to work in one hosting only.
   */
  const MAY_KNOW = [
    '@samspill/database',
    '@samspill/environment',
    '@samspill/hosting',
    '@samspill/launcher',
    '@samspill/messages',
    COMPOSITION_ROOT,
  ];
  const TELLTALES = /\b(pglite|PGlite|native\.kind|databaseUrl|dataDirectory|DATABASE_URL|DATA_DIR)\b/;

  it.each(
    production
      .filter((workspace) => !MAY_KNOW.includes(workspace.name))
      .map((workspace) => [workspace.name, workspace] as const),
  )('%s does not ask', (_name, workspace) => {
    const asking = workspace.sources
      .filter((source) => !source.isTest && TELLTALES.test(source.text))
      .map((source) => source.path);
    expect(asking).toEqual([]);
  });
});
