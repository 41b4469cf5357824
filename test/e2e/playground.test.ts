import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { startTinyGateway } from '../../gateway/src/tiny-graph.test-support.js';
import { openBrowser, type TestBrowser } from '../support/browser.js';

/** What the page is tested against. */
const startGraph = () => startTinyGateway({ playground: true });

/** What is run, in the first tab (its own example, where `query` is left out), and what its answer shows. */
const EXAMPLE: { query?: string; answer: string } = {
  // Named as the tab's own: the editor takes a moment to notice another name.
  query: 'query Region { tenders { title supplier { name } } }',
  answer: 'Brønn og Sønn',
};

let gateway: Awaited<ReturnType<typeof startGraph>>;
let browser: TestBrowser;
beforeAll(async () => {
  [gateway, browser] = await Promise.all([startGraph(), openBrowser()]);
  // Shorter than the test's own, so that a failure says what was waited for.
  browser.context.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
  await gateway?.close();
});

/** Opens the playground in a world where nothing but the gateway exists, and keeps account of what it tries. */
async function openOffline(): Promise<{ page: Page; outside: string[]; complaints: string[] }> {
  const { context } = browser;
  const outside: string[] = [];
  const complaints: string[] = [];
  await context.route('**/*', (route) => {
    const url = new URL(route.request().url());
    if (url.origin === gateway.url || ['data:', 'blob:'].includes(url.protocol)) return route.continue();
    outside.push(url.href);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(gateway.url);
  return { page, outside, complaints };
}

async function replaceQuery(page: Page, query: string): Promise<void> {
  await page.locator('.graphiql-editor[data-mode-id="graphql"] textarea').focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(query);
}

it('works without internet: an example is run, its answer is seen, and the documentation opens', async () => {
  const { page, outside, complaints } = await openOffline();
  onTestFailed(async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'samspill-playground-')), 'playground.png');
    await page.screenshot({ path });
    console.error(`The page looked like this: ${path}`);
  });
  expect(await page.title()).toBe('Samspill');
  // The examples are the tabs of a first visit.
  await page.getByRole('tab', { name: 'Region' }).waitFor();
  expect(await page.getByRole('tab').count()).toBe(5);

  if (EXAMPLE.query) await replaceQuery(page, EXAMPLE.query);
  await page.getByRole('button', { name: /execute query/i }).click();
  await page.locator('.result-window').getByText(EXAMPLE.answer).first().waitFor();

  await page.getByRole('button', { name: /documentation explorer/i }).click();
  await page.locator('.graphiql-doc-explorer').getByText('Query', { exact: true }).waitFor();

  expect(outside).toEqual([]);
  expect(complaints).toEqual([]);
});
