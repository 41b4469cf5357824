import {
  type DevelopmentIssuer,
  PLAYGROUND_CLIENT,
  startDevelopmentIssuer,
} from '@samspill/development-issuer';
import { personas } from '@samspill/identity';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPageAlone } from '../../gateway/src/playground/page-alone.test-support.js';
import { openBrowser, type TestBrowser } from '../support/browser.js';

const audience = 'samspill';

/** The page, with a gateway that takes this issuer's tokens for as long as `world.expired` is not set. */
async function startPage(issuer: DevelopmentIssuer, world = { expired: false }) {
  const keys = createRemoteJWKSet(new URL(issuer.jwksUri));
  return startPageAlone({
    logIn: { issuer: issuer.issuer, clientId: PLAYGROUND_CLIENT },
    whoIs: async (authorization) => {
      if (!authorization) return 'the public';
      if (world.expired) throw new Error('EXPIRED');
      const token = authorization.replace('Bearer ', '');
      const { payload } = await jwtVerify(token, keys, { audience, issuer: issuer.issuer });
      return payload.sub as string;
    },
  });
}

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser();
  browser.context.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser?.[Symbol.asyncDispose]();
});

/** A tab that reaches nothing but these two, and keeps account of what it complains about. */
async function open(url: string, origins: string[]) {
  const outside: string[] = [];
  const complaints: string[] = [];
  const page = await browser.context.newPage();
  await page.route('**/*', (route) => {
    const address = new URL(route.request().url());
    if (origins.includes(address.origin) || ['data:', 'blob:'].includes(address.protocol))
      return route.continue();
    outside.push(address.href);
    return route.abort();
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.getByRole('button', { name: /execute query/i }).waitFor();
  return { page, outside, complaints };
}

const chooser = (page: Page) => page.getByRole('button', { name: 'Logg inn som …' });

/** Writes a query of one field; the editor closes the bracket by itself. */
async function write(page: Page, query: string) {
  const editor = page.locator('.graphiql-query-editor');
  const attempt = async () => {
    await editor.locator('.view-lines').click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.insertText(query);
    await editor.getByText(`${query}}`).waitFor({ timeout: 2_000 });
  };
  await vi.waitFor(attempt, { timeout: 20_000 });
}

/**
 * Runs the query until this is the answer: the button is there before the editor is, and does nothing until then.
 * Suggestions of the editor may lie over it, so it is not really clicked.
 */
async function expectAnswer(page: Page, text: string) {
  const run = async () => {
    await page.getByRole('button', { name: /execute query/i }).dispatchEvent('click');
    await page.locator('.result-window').getByText(text).waitFor({ timeout: 2_000 });
  };
  await vi.waitFor(run, { timeout: 20_000 });
}

describe('“log in as” in the playground', () => {
  it('is a persona in two clicks, asks as it, keeps the tabs, and goes back to the public', async () => {
    await using issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience });
    await using gateway = await startPage(issuer);
    const { page, outside, complaints } = await open(gateway.url, [gateway.url, issuer.issuer]);
    expect(await chooser(page).innerText()).toContain('Offentligheten');
    const tabs = await page.getByRole('tab').count();

    await write(page, 'query MyOwn { who ');
    await expectAnswer(page, 'the public');

    await chooser(page).click();
    for (const { name } of personas) await page.getByRole('button', { name }).waitFor();
    if (process.env.PLAYGROUND_PICTURE)
      await page.screenshot({ path: `${process.env.PLAYGROUND_PICTURE}-1.png` });
    await page.getByRole('button', { name: 'Ingrid Innkjøper' }).click();
    await page.waitForURL((url) => url.origin === gateway.url);
    await page.getByRole('button', { name: 'Logg inn som … Ingrid Innkjøper' }).waitFor();
    expect(page.url()).toBe(`${gateway.url}/`);
    expect(await page.getByRole('tab').count()).toBe(tabs);
    expect(await page.getByRole('tab', { selected: true }).innerText()).toContain('MyOwn');
    await page.locator('.graphiql-query-editor').getByText('MyOwn').waitFor();
    await expectAnswer(page, 'officer');

    // Another one at once, although the issuer has seen this browser before; by the keyboard alone this time.
    await chooser(page).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Lise Leverandør' }).waitFor();
    expect(await page.locator(':focus').innerText()).toContain('Ingrid Innkjøper');
    for (let presses = 0; presses < 20; presses++) {
      if ((await page.locator(':focus').innerText()).includes('Lise Leverandør')) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Logg inn som … Lise Leverandør' }).waitFor();
    await expectAnswer(page, 'supplier');

    // Another tab of the browser is somebody of its own.
    const second = await open(gateway.url, [gateway.url, issuer.issuer]);
    expect(await chooser(second.page).innerText()).toContain('Offentligheten');
    await second.page.close();

    await chooser(page).click();
    await page.getByRole('button', { name: 'Logg ut' }).click();
    await page.getByRole('button', { name: 'Logg inn som … Offentligheten' }).waitFor();
    await expectAnswer(page, 'the public');
    expect(
      await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
    ).not.toContain('eyJ');

    // The schema is asked for without a token.
    expect(gateway.asked.filter(({ introspection }) => introspection).map(({ who }) => who)).not.toContain(
      'officer',
    );
    expect(outside).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says that a log-in has expired, and forgets it', async () => {
    await using issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience });
    const world = { expired: false };
    await using gateway = await startPage(issuer, world);
    const { page } = await open(gateway.url, [gateway.url, issuer.issuer]);
    await write(page, '{ who ');
    await chooser(page).click();
    await page.getByRole('button', { name: 'Petra Privatperson' }).click();
    await page.getByRole('button', { name: 'Logg inn som … Petra Privatperson' }).waitFor();
    world.expired = true;
    await expectAnswer(page, 'EXPIRED');
    await page.getByRole('status').getByText('Innloggingen som Petra Privatperson er utløpt').waitFor();
    if (process.env.PLAYGROUND_PICTURE)
      await page.screenshot({ path: `${process.env.PLAYGROUND_PICTURE}-2.png` });
    await page.getByRole('button', { name: 'Logg inn som … Offentligheten' }).waitFor();
    await expectAnswer(page, 'the public');
    await page.close();
  });

  it('says that the issuer does not answer', async () => {
    const issuer = await startDevelopmentIssuer({ host: '127.0.0.1', port: 0, audience });
    await using gateway = await startPage(issuer);
    await issuer.close();
    const { page } = await open(gateway.url, [gateway.url, issuer.issuer]);
    await chooser(page).click();
    const problem = page.getByRole('alert').getByText(issuer.issuer);
    await problem.waitFor();
    await page.keyboard.press('Escape');
    await problem.waitFor({ state: 'hidden' });
    await page.close();
  });

  it('is not there where nobody can log in', async () => {
    await using gateway = await startPageAlone({ logIn: null, whoIs: async () => 'the public' });
    const { page, complaints } = await open(gateway.url, [gateway.url]);
    expect(await chooser(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
