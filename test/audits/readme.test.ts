import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestRegion, type TestRegion } from '../support/region.js';
import { root } from './workspaces.js';

let region: TestRegion;
beforeAll(async () => {
  region = await startTestRegion('embedded');
});
afterAll(async () => {
  await region?.[Symbol.asyncDispose]();
});

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'deploy/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`),
].map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

const queries = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/```graphql(?: as ([\w-]+))?\n(.*?)```/gs)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    return [`${path}:${line}`, match[2] as string, match[1] ?? 'public'] as const;
  }),
);

describe('every query that a newcomer is shown', () => {
  it('is found', () => {
    expect(queries.filter(([name]) => name.startsWith('README.md')).length).toBeGreaterThan(5);
  });

  it.each(queries)('%s is answered with something to see', async (_place, query, who) => {
    const { data, errors } = await region.query(query, {}, {}, who);
    expect(errors).toBeUndefined();
    expect(values(data)).not.toEqual([]);
  });
});

it('answers the one question from all four services', async () => {
  const [, question] = queries[0] as readonly [string, string, string];
  const { municipality } = (await region.query(question)).data;
  expect(municipality.mergedFrom).toHaveLength(5);
  const tenders = municipality.tenders.nodes;
  expect(tenders.some((tender: { awards: unknown[] }) => tender.awards.length > 0)).toBe(true);
  const chain = tenders.find((tender: { procurement: { need: unknown } }) => tender.procurement.need);
  expect(chain.procurement.dialogue.events.nodes).not.toHaveLength(0);
  expect(municipality.suppliers.nodes).not.toHaveLength(0);
  expect(municipality.events.nodes).not.toHaveLength(0);
});

/** Everything in an answer that says something: lists that are empty, and parents of nothing, do not. */
function values(answer: unknown): unknown[] {
  if (answer === null || answer === undefined) return [];
  return typeof answer === 'object' ? Object.values(answer).flatMap(values) : [answer];
}

describe('every link between documents', () => {
  it.each(documents.map(({ path, text }) => [path, text] as const))('%s leads somewhere', (path, text) => {
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(
      (match) => match[1] as string,
    );
    const lost = links.filter((link) => !existsFrom(path, link));
    expect(lost).toEqual([]);
  });
});

function existsFrom(document: string, link: string): boolean {
  try {
    readdirSync(join(root, document, '..', link));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR';
  }
}
