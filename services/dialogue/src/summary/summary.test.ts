import { createHash, randomUUID } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LedgerWorld, MYSEN, OYEREN, START, strangers, type Who } from '../disclosure/ledger.test-support.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Need, NeedStatus } from '../need/need.js';
import { SummaryAddition } from './dialogue-summary.js';

let world: LedgerWorld;
beforeAll(async () => {
  world = await LedgerWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const SECRET = 'Radaren går på 60 GHz og koster oss 412 kroner å lage.';
const SUMMARY = 'summary { generatedAt htmlUrl pdfUrl jsonUrl sha256 additions { number text addedAt } }';
const summarise = (who: Who, dialogueId: string, additions: string[] = []) =>
  world.does(
    who,
    'summariseMarketDialogue',
    { dialogueId, additions },
    `dialogue { status summarisedAt } ${SUMMARY}`,
  );
const add = (who: Who, dialogueId: string, text: string) =>
  world.does(who, 'addToSummary', { dialogueId, text }, SUMMARY);
const codesOf = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const pathOf = (url: string) => new URL(url).pathname.slice('/dialogue'.length);
const pdfText = async (bytes: ArrayBuffer) =>
  (await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text;

/** A dialogue that is closed, with something of everything in it. */
async function closedDialogue(): Promise<string> {
  const dialogueId = await world.dialogue();
  for (const toldTo of [OYEREN.organisationNumber, null]) {
    const text = toldTo ? 'Vi tenker på 40 boliger.' : 'Fristen er fast.';
    await world.does(
      'officer',
      'disclose',
      { dialogueId, toldTo, text, channel: 'MEETING' },
      'disclosure { id }',
    );
  }
  await world.does('officer', 'publishDisclosures', { dialogueId }, 'disclosures { id }');
  await world.input(dialogueId, OYEREN, {
    ...{ number: 1, text: 'Vi bruker radar.', secret: SECRET, outcome: 'Kravet om kamera er fjernet.' },
  });
  await world.input(dialogueId, MYSEN, { number: 2, text: 'Vi bruker rør.', outcome: 'Ikke aktuelt.' });
  const em = world.system;
  await world.meeting(dialogueId, OYEREN);
  await em.nativeUpdate(MarketDialogue, { id: dialogueId }, { closedAt: new Date('2026-03-02T08:00:00Z') });
  return dialogueId;
}

describe('summarising', () => {
  it('freezes everything that was recorded, shows it to all, and writes to those who took part', async () => {
    const dialogueId = await closedDialogue();
    const [answer, entries] = await world.audited(() =>
      summarise('officer', dialogueId, [' Takk for alle svar. ']),
    );
    expect(answer).toMatchObject({
      userErrors: [],
      dialogue: { status: 'SUMMARISED', summarisedAt: START },
      summary: {
        generatedAt: START,
        additions: [{ number: 1, text: 'Takk for alle svar.', addedAt: START }],
      },
    });
    expect(entries.map(({ outcome, type }) => `${outcome} ${type}`)).toEqual([
      'DONE DialogueSummary',
      'DONE SummaryAddition',
      'DONE MarketDialogue',
    ]);
    const { htmlUrl, pdfUrl, jsonUrl, sha256 } = answer.summary;
    const html = await (await world.get('public', pathOf(htmlUrl))).text();
    const pdf = await pdfText(await (await world.get('public', pathOf(pdfUrl))).arrayBuffer());
    const json = await (await world.get('public', pathOf(jsonUrl))).text();
    for (const part of [
      ...['Vi tenker på 40 boliger.', 'Fristen er fast.', 'Vi bruker radar.', 'Kravet om kamera er fjernet.'],
      ...['Vi bruker rør.', 'Øyeren Velferdsteknologi AS', 'det frøet som ble lovet', 'Takk for alle svar.'],
      ...['Forretningshemmelighet utelatt', '45 minutter'],
    ]) {
      expect(html).toContain(part);
      // Lines break where the page ends.
      expect(pdf.replaceAll(/\s+/g, ' ')).toContain(part);
    }
    for (const text of [html, pdf, json]) expect(text).not.toContain('60 GHz');
    expect(createHash('sha256').update(json).digest('hex')).toBe(sha256);
    const mails = (await world.mails(dialogueId)).filter(
      ({ template }) => template === 'dialogue-summarised',
    );
    expect(mails.map(({ to }) => to)).toEqual(['post@310000027.example', 'post@310000035.example']);
    for (const { text } of mails) expect(text).toContain(htmlUrl);
  });

  it('is read by everybody, also in parts and in their language', async () => {
    const dialogueId = await closedDialogue();
    await summarise('officer', dialogueId);
    const query = `query ($id: ID!) { marketDialogue(id: $id) { summary { sha256 sections { key heading paragraphs } } } }`;
    const { data } = await world.ask('public', query, { id: dialogueId }, 'en');
    const { sections } = data.marketDialogue.summary;
    expect(sections.map(({ key }: { key: string }) => key)).toEqual([
      ...['ABOUT', 'NEED', 'ACTIVITIES', 'QUESTIONS', 'PARTICIPANTS'],
      ...['INPUTS', 'COMMENTS', 'MEETINGS', 'LEDGER', 'ADDITIONS'],
    ]);
    expect(sections[8]).toMatchObject({ heading: 'Ledger of equal information' });
    expect(sections[8].paragraphs.join('\n')).toContain('Vi tenker på 40 boliger.');
    expect(sections[4].paragraphs).toEqual([
      'Mysen Rørleggerverksted AS (310000027)',
      'Øyeren Velferdsteknologi AS (310000035)',
    ]);
    const page = async (path: string, language: string) => (await world.get('public', path, language)).text();
    expect(await page(`/summaries/${dialogueId}.html`, 'nn')).toContain('Innspel og kva dei vart brukte til');
    expect(await page(`/summaries/${dialogueId}.html?language=en`, 'nn')).toContain('<html lang="en">');
    expect((await world.get('public', `/summaries/${dialogueId}.html?language=se`)).status).toBe(400);
  });

  it('has the need, and none that is a draft', async () => {
    const dialogueId = await closedDialogue();
    const em = world.system;
    const { procurementId } = await em.findOneOrFail(MarketDialogue, { id: dialogueId });
    const [model] = await em.find(Need, {}, { limit: 1 });
    expect(model).toBeUndefined();
    const need = (status: NeedStatus, title: string, publishedAt: Date | null) =>
      em.execute(
        `insert into dialogue.need (id, procurement_id, municipality_number, title, effect, users, success_criteria, status, published_at)
         values (?, ?, '3118', ?, 'Effekt', 'Brukere', '{Kriterium}', ?, ?)`,
        [randomUUID(), procurementId, title, status, publishedAt],
      );
    await need(NeedStatus.PUBLISHED, 'Et behov som alle kjenner', new Date(START));
    await need(NeedStatus.DRAFT, 'Et utkast som ingen kjenner', null);
    await summarise('officer', dialogueId);
    const html = await (await world.get('public', `/summaries/${dialogueId}.html`)).text();
    expect(html).toContain('Et behov som alle kjenner');
    expect(html).not.toContain('Et utkast som ingen kjenner');
  });

  it('is refused before the dialogue is closed, and the second time', async () => {
    const open = await world.dialogue();
    expect(codesOf(await summarise('officer', open))).toEqual(['NOT_CLOSED']);
    expect(codesOf(await add('officer', open, 'Takk.'))).toEqual(['NOT_SUMMARISED']);
    expect((await world.get('public', `/summaries/${open}.html`)).status).toBe(404);
    const dialogueId = await closedDialogue();
    const [answers] = await world.audited(() =>
      Promise.all([summarise('officer', dialogueId), summarise('officer', dialogueId)]),
    );
    expect(answers.flatMap(codesOf)).toEqual(['ALREADY_SUMMARISED']);
    const foreign = await world.dialogue({ ledHere: false });
    expect(codesOf(await summarise('officer', foreign))).toEqual(['NOT_LED_HERE']);
  });

  it.each([
    ['TEXT_MISSING', [' '], ['input', 'additions', '0']],
    ['TEXT_TOO_LONG', ['Takk.', 'x'.repeat(10_001)], ['input', 'additions', '1']],
    ['CONTAINS_TRADE_SECRET', [`Vi lærte at ${SECRET}`], ['input', 'additions', '0']],
    ['TOO_MANY_ADDITIONS', Array(101).fill('Takk.'), ['input', 'additions']],
  ])('says %s, and does nothing', async (code, additions, path) => {
    const dialogueId = await closedDialogue();
    const [answer, entries] = await world.audited(() => summarise('officer', dialogueId, additions));
    expect(answer).toMatchObject({ summary: null, userErrors: [{ code, path }] });
    expect(entries).toEqual([]);
    expect((await world.system.findOneOrFail(MarketDialogue, { id: dialogueId })).summarisedAt).toBeNull();
  });
});

describe('adding', () => {
  it('keeps what was there, and the hash', async () => {
    const dialogueId = await closedDialogue();
    const { summary } = await summarise('officer', dialogueId, ['Først.']);
    world.clock.set('2026-03-04T09:00:00Z');
    onTestFinished(() => world.clock.set(START));
    const added = await add('officer', dialogueId, 'Så.');
    expect(added.summary).toMatchObject({
      sha256: summary.sha256,
      additions: [
        { number: 1, text: 'Først.' },
        { number: 2, text: 'Så.', addedAt: '2026-03-04T09:00:00.000Z' },
      ],
    });
    const html = await (await world.get('public', `/summaries/${dialogueId}.html`)).text();
    expect(html).toMatch(/Først\.[\s\S]*Så\./);
    expect(codesOf(await add('officer', dialogueId, `Altså: ${SECRET}`))).toEqual(['CONTAINS_TRADE_SECRET']);
  });

  it('and dropping nothing is held by the database', async () => {
    const dialogueId = await closedDialogue();
    await summarise('officer', dialogueId, ['Først.']);
    for (const statement of [
      'delete from dialogue.summary_addition where dialogue_id = ?',
      `update dialogue.summary_addition set text = 'Annet.' where dialogue_id = ?`,
      'delete from dialogue.summary where dialogue_id = ?',
      `update dialogue.summary set content = '{}' where dialogue_id = ?`,
      `update dialogue.summary set sha256 = repeat('0', 64) where dialogue_id = ?`,
    ]) {
      await expect(world.system.execute(statement, [dialogueId]), statement).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});

describe('who may', () => {
  const refusals: [Who, string][] = [
    ['public', 'UNAUTHENTICATED'],
    ['person', 'FORBIDDEN'],
    ['evaluator', 'FORBIDDEN'],
    ['oyeren', 'FORBIDDEN'],
    ['neighbour', 'FORBIDDEN'],
  ];

  it.each(refusals)('%s is refused: %s', async (who, code) => {
    const dialogueId = await closedDialogue();
    const done = await closedDialogue();
    await summarise('officer', done);
    expect(await summarise(who, dialogueId)).toEqual({ refused: [code] });
    expect(await add(who, done, 'Kapret.')).toEqual({ refused: [code] });
    world.host.permission = 'left to the database';
    onTestFinished(() => {
      world.host.permission = 'checked';
    });
    await summarise(who, dialogueId);
    await add(who, done, 'Kapret.');
    expect((await world.system.findOneOrFail(MarketDialogue, { id: dialogueId })).summarisedAt).toBeNull();
    expect(await world.system.count(SummaryAddition, { dialogueId: done })).toBe(0);
  });

  const PREVIEW = 'query ($id: ID!) { marketDialogue(id: $id) { title summaryPreview } }';
  it('the preview is for officers of the municipality, and has what is not told to all yet', async () => {
    const dialogueId = await world.dialogue();
    const toldTo = OYEREN.organisationNumber;
    const told = { dialogueId, toldTo, text: 'Bare for én ennå.', channel: 'EMAIL' };
    await world.does('officer', 'disclose', told, 'disclosure { id }');
    await world.input(dialogueId, OYEREN, { number: 1, text: 'Vi bruker radar.', secret: SECRET });
    for (const who of ['officer', 'evaluator'] as const) {
      const { data, codes } = await world.ask(who, PREVIEW, { id: dialogueId });
      expect(codes).toEqual([]);
      const { summaryPreview: html } = data.marketDialogue;
      for (const part of [
        'Ikke publisert',
        'Bare for én ennå.',
        'Ikke gitt til alle ennå',
        'Vi bruker radar.',
      ]) {
        expect(html).toContain(part);
      }
      expect(html).not.toContain('60 GHz');
    }
    for (const who of [...strangers, 'oyeren'] as const) {
      const { data } = await world.ask(who, PREVIEW, { id: dialogueId });
      expect(data.marketDialogue).toEqual({ title: 'Trygg hjemme lenger', summaryPreview: null });
    }
  });
});
