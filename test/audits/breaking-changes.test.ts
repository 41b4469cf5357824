import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildASTSchema, findBreakingChanges, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { root } from './workspaces.js';

const FILE = 'gateway/supergraph.graphql';
const ANNOUNCEMENTS = 'docs/schema-changes.md';

/**
 * The schema as it was before the change under test. On a branch that is where the branch left `main`; on
 * `main` itself it is the commit before. A change that is not committed yet is part of what is tested.
 */
function before(): { commit: string; sdl: string } | null {
  const head = git('rev-parse', 'HEAD');
  const fork = git('merge-base', 'HEAD', 'origin/main');
  const commit = fork !== null && fork !== head ? fork : git('rev-parse', '--verify', '--quiet', 'HEAD~1');
  const sdl = commit && git('show', `${commit}:${FILE}`);
  return commit && sdl ? { commit, sdl } : null;
}

function git(...args: string[]): string | null {
  try {
    const output = execFileSync('git', args, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
    return output.trim();
  } catch {
    return null;
  }
}

const schemaOf = (sdl: string): GraphQLSchema => buildASTSchema(parse(sdl), { assumeValidSDL: true });

/** What would break a client that worked with `old`. How the gateway divides the work is no client's business. */
function breaking(old: string, now: string): string[] {
  return findBreakingChanges(schemaOf(old), schemaOf(now))
    .map((change) => change.description)
    .filter((description) => !/\b(join|link)__|\b(link)\b/.test(description));
}

const now = readFileSync(join(root, FILE), 'utf8');
const old = before();

describe('changes that would break a client', () => {
  it('are found', () => {
    const renamed = now.replaceAll('mergedFrom', 'mergers').replaceAll('PUBLISHED_ASC', 'OLDEST_FIRST');
    const found = breaking(now, renamed);
    expect(breaking(now, now)).toEqual([]);
    expect(found).toContain('Municipality.mergedFrom was removed.');
    expect(found).toContain('PUBLISHED_ASC was removed from enum type TenderOrder.');
    expect(found.filter((description) => !/mergedFrom|PUBLISHED_ASC/.test(description))).toEqual([]);
  });

  it.skipIf(!old)(
    `are announced in ${ANNOUNCEMENTS}${old ? ` (since ${old.commit.slice(0, 8)})` : ' (skipped: this clone has no commit before)'}`,
    () => {
      const path = join(root, ANNOUNCEMENTS);
      const announced = existsSync(path) ? readFileSync(path, 'utf8') : '';
      const silent = breaking(old?.sdl as string, now).filter(
        (description) => !announced.includes(description),
      );
      expect(
        silent,
        `These would break front ends. Deprecate instead, or copy each line into ${ANNOUNCEMENTS} with its date and reason`,
      ).toEqual([]);
    },
  );
});
