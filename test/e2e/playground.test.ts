import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import { examples } from '../../gateway/src/playground/examples.js';
import { openBrowser, type TestBrowser } from '../support/browser.js';
import { startTestRegion, type TestRegion } from '../support/region.js';

let region: TestRegion;
beforeAll(async () => {
  region = await startTestRegion('embedded', { playground: true });
});
afterAll(async () => {
  await region?.[Symbol.asyncDispose]();
});

describe('the examples', () => {
  const nameOf = (query: string) => /query (\w+)/.exec(query)?.[1] as string;

  it.each(examples.map((example) => [nameOf(example.query), example] as const))(
    '%s is answered with something to see',
    async (_name, { query, variables }) => {
      const { data, errors } = await region.query(query, variables);
      expect(errors).toBeUndefined();
      expect(nodesIn(data)).not.toHaveLength(0);
    },
  );
});

/** Whatever lists of nodes an answer has, at any depth. */
function nodesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'nodes' ? (inner as unknown[]) : nodesIn(inner),
  );
}

describe('the page', () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await openBrowser();
    // Shorter than the test's own, so that a failure says what was waited for.
    browser.context.setDefaultTimeout(15_000);
  });
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]();
  });

  /** Opens the playground in a world where nothing but the gateway exists, and keeps account of what it tries. */
  async function openOffline(): Promise<{ page: Page; outside: string[]; complaints: string[] }> {
    const { context } = browser;
    const outside: string[] = [];
    const complaints: string[] = [];
    await context.route('**/*', (route) => {
      const url = new URL(route.request().url());
      if (url.origin === region.url || ['data:', 'blob:'].includes(url.protocol)) return route.continue();
      outside.push(url.href);
      return route.abort();
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(region.url);
    return { page, outside, complaints };
  }

  it('works without internet: an example is run, its answer is seen, and the documentation opens', async () => {
    const { page, outside, complaints } = await openOffline();
    const picture = async () => {
      const path = join(await mkdtemp(join(tmpdir(), 'samspill-playground-')), 'playground.png');
      await page.screenshot({ path });
      console.error(`The page looked like this: ${path}`);
    };
    onTestFailed(picture);
    expect(await page.title()).toBe('Samspill');
    // The examples are the tabs of a first visit.
    await page.getByRole('tab', { name: 'Region' }).waitFor();
    expect(await page.getByRole('tab').count()).toBe(examples.length);

    // The button is there before the editor is, and does nothing until then.
    await page.locator('.graphiql-query-editor').getByText('mergedFrom').waitFor();
    await page.getByRole('button', { name: /execute query/i }).click();
    // The editor draws only the lines in sight, so what is looked for stands near the top of the answer.
    await page.locator('.result-window').getByText('Indre Østfold').first().waitFor();
    await page.locator('.result-window').getByText('Spydeberg').first().waitFor();

    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).waitFor();
    if (process.env.PLAYGROUND_PICTURE) await page.screenshot({ path: process.env.PLAYGROUND_PICTURE });

    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
