import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AnnouncedTender } from '../market-dialogue/announced-tender.js';
import { MarketDialogue } from '../market-dialogue/market-dialogue.js';
import { Disclosure } from './disclosure.js';
import { LedgerWorld, MYSEN, OYEREN, START, strangers, type Who } from './ledger.test-support.js';

let world: LedgerWorld;
beforeAll(async () => {
  world = await LedgerWorld.open();
});
afterAll(() => world?.[Symbol.asyncDispose]());

const ENTRY = 'id number text toldAt toldTo organisationNumber organisationName channel publishedAt';
const disclose = (who: Who, input: object) =>
  world.does(
    who,
    'disclose',
    { channel: 'EMAIL', text: 'Fristen er fast.', ...input },
    `disclosure { ${ENTRY} }`,
  );
const publish = (who: Who, id: string) =>
  world.does(who, 'publishDisclosure', { id }, `disclosure { ${ENTRY} }`);
const publishAll = (who: Who, dialogueId: string) =>
  world.does(who, 'publishDisclosures', { dialogueId }, `disclosures { ${ENTRY} }`);
const codesOf = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);
const stored = (id: string) => world.system.findOneOrFail(Disclosure, { id });

const LEDGER = `query ($id: ID!) { marketDialogue(id: $id) { openDisclosures ledger(first: 50) {
  totalCount nodes { ${ENTRY} corrects { number } } } } }`;
async function ledger(who: Who, id: string) {
  const { data, codes } = await world.ask(who, LEDGER, { id });
  expect(codes).toEqual([]);
  return data.marketDialogue;
}

describe('telling', () => {
  it('one puts a debt into the ledger, which that one and the municipality see', async () => {
    const dialogueId = await world.dialogue();
    const toldTo = OYEREN.organisationNumber;
    const [answer, entries] = await world.audited(() =>
      disclose('officer', { dialogueId, toldTo, text: '  Vi tenker på 40 boliger. ' }),
    );
    expect(answer).toMatchObject({
      userErrors: [],
      disclosure: {
        ...{ number: 1, text: 'Vi tenker på 40 boliger.', toldAt: START, toldTo: 'ONE', ...OYEREN },
        ...{ channel: 'EMAIL', publishedAt: null },
      },
    });
    expect(entries).toEqual([
      { operation: 'disclose', outcome: 'DONE', code: null, type: 'Disclosure', owner: '3118' },
    ]);
    for (const who of ['officer', 'evaluator', 'oyeren'] as const) {
      const [seen, reads] = await world.audited(() => ledger(who, dialogueId));
      expect(seen.ledger).toMatchObject({ totalCount: 1, nodes: [{ text: 'Vi tenker på 40 boliger.' }] });
      expect(seen.openDisclosures).toBe(who === 'oyeren' ? null : 1);
      expect(reads).toMatchObject([{ outcome: 'READ', type: 'Disclosure', owner: '3118' }]);
    }
    expect(await world.mails(dialogueId)).toEqual([]);
  });

  it.each([
    ['as it is', () => undefined],
    [
      'by the database alone',
      () => {
        world.host.permission = 'left to the database';
        onTestFinished(() => {
          world.host.permission = 'checked';
        });
      },
    ],
  ])('one is hidden from everybody else, %s', async (_how, arrange) => {
    const dialogueId = await world.dialogue();
    await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    arrange();
    for (const who of strangers) {
      const [seen, reads] = await world.audited(() => ledger(who, dialogueId));
      expect(seen).toEqual({ openDisclosures: null, ledger: { totalCount: 0, nodes: [] } });
      expect(reads).toEqual([]);
    }
  });

  it('all is read by all, and written to all who take part', async () => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldAt: '2026-03-01T12:00:00Z' });
    expect(disclosure).toMatchObject({
      toldTo: 'ALL',
      publishedAt: START,
      toldAt: '2026-03-01T12:00:00.000Z',
    });
    expect((await ledger('public', dialogueId)).ledger.nodes).toMatchObject([{ text: 'Fristen er fast.' }]);
    expect(await world.mails(dialogueId)).toMatchObject([
      { to: 'post@310000027.example', subject: expect.stringContaining('News in the market dialogue') },
      { to: 'post@310000035.example', subject: expect.stringContaining('Ny opplysning i markedsdialogen') },
    ]);
  });

  it('takes those who have not joined as well, once their name is known', async () => {
    const dialogueId = await world.dialogue();
    const toldTo = '923609016';
    expect(codesOf(await disclose('officer', { dialogueId, toldTo }))).toEqual(['NAME_MISSING']);
    const told = await disclose('officer', { dialogueId, toldTo, toldToName: ' Equinor ASA ' });
    expect(told.disclosure).toMatchObject({ organisationNumber: toldTo, organisationName: 'Equinor ASA' });
  });

  it('corrects an earlier entry with a new one', async () => {
    const dialogueId = await world.dialogue();
    const toldTo = OYEREN.organisationNumber;
    const { disclosure: wrong } = await disclose('officer', { dialogueId, toldTo });
    const right = await disclose('officer', { dialogueId, text: 'Fristen er flyttet.', corrects: wrong.id });
    expect(right.disclosure.number).toBe(2);
    expect((await ledger('officer', dialogueId)).ledger.nodes[1].corrects).toEqual({ number: 1 });
    // What the correction is of, only those know who know it.
    expect((await ledger('mysen', dialogueId)).ledger.nodes).toMatchObject([{ number: 2, corrects: null }]);
    const elsewhere = await world.dialogue();
    const foreign = await disclose('officer', { dialogueId: elsewhere, corrects: wrong.id });
    expect(codesOf(foreign)).toEqual(['NO_SUCH_DISCLOSURE']);
  });

  it.each<[string, object, string]>([
    ['TEXT_MISSING', { text: ' \n' }, 'text'],
    ['TEXT_TOO_LONG', { text: 'å'.repeat(5_001) }, 'text'],
    ['TOLD_IN_THE_FUTURE', { toldAt: '2026-03-02T09:00:01Z' }, 'toldAt'],
  ])('says %s and writes nothing', async (code, more, path) => {
    const dialogueId = await world.dialogue();
    const [answer, entries] = await world.audited(() => disclose('officer', { dialogueId, ...more }));
    expect(answer).toMatchObject({ disclosure: null, userErrors: [{ code, path: ['input', path] }] });
    expect(entries).toEqual([]);
    expect((await ledger('officer', dialogueId)).ledger.totalCount).toBe(0);
  });

  const closed = new Date(START);
  it.each<[string, Partial<MarketDialogue>, string[], string[]]>([
    ['a draft', { announcedAt: null }, ['NOT_ANNOUNCED'], ['NOT_ANNOUNCED']],
    ['one from a notice', { ledHere: false }, ['NOT_LED_HERE'], ['NOT_LED_HERE']],
    ['one that is closed', { closedAt: closed }, ['ALREADY_CLOSED'], []],
    [
      'one that is summarised',
      { closedAt: closed, summarisedAt: closed },
      ['ALREADY_SUMMARISED'],
      ['ALREADY_SUMMARISED'],
    ],
  ])('in %s is refused or not', async (_what, state, one, all) => {
    const dialogueId = await world.dialogue(state);
    const toOne = await disclose('officer', { dialogueId, toldTo: MYSEN.organisationNumber });
    expect(codesOf(toOne)).toEqual(one);
    expect(codesOf(await disclose('officer', { dialogueId }))).toEqual(all);
    expect(codesOf(await publishAll('officer', dialogueId))).toEqual(all);
  });

  it('one ends when the tender is announced, and all goes on', async () => {
    const dialogueId = await world.dialogue();
    const toldTo = OYEREN.organisationNumber;
    const { disclosure } = await disclose('officer', { dialogueId, toldTo });
    const em = world.system;
    const { procurementId } = await em.findOneOrFail(MarketDialogue, { id: dialogueId });
    em.create(AnnouncedTender, {
      ...{ tenderId: randomUUID(), procurementId, title: 'Konkurransen', version: 1 },
      announcedAt: new Date(START),
    });
    await em.flush();
    expect(codesOf(await disclose('officer', { dialogueId, toldTo }))).toEqual(['TENDER_ANNOUNCED']);
    expect(codesOf(await publish('officer', disclosure.id))).toEqual([]);
    expect(codesOf(await disclose('officer', { dialogueId }))).toEqual([]);
  });

  it('numbers without gaps, also when many do it at the same moment', async () => {
    const dialogueId = await world.dialogue();
    await Promise.all(
      [1, 2, 3, 4, 5].map((each) =>
        disclose('officer', { dialogueId, ...(each % 2 ? {} : { toldTo: MYSEN.organisationNumber }) }),
      ),
    );
    const { nodes } = (await ledger('officer', dialogueId)).ledger;
    expect(nodes.map(({ number }: { number: number }) => number)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('publishing', () => {
  it('tells everybody, once', async () => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    world.clock.set('2026-03-03T10:00:00Z');
    onTestFinished(() => world.clock.set(START));
    const [answers, entries] = await world.audited(() =>
      Promise.all([publish('officer', disclosure.id), publish('officer', disclosure.id)]),
    );
    expect(answers.flatMap(codesOf)).toEqual(['ALREADY_PUBLISHED']);
    expect(entries.filter(({ outcome }) => outcome === 'DONE')).toHaveLength(1);
    const publishedAt = '2026-03-03T10:00:00.000Z';
    expect((await ledger('public', dialogueId)).ledger.nodes).toMatchObject([{ publishedAt, ...OYEREN }]);
    expect(await world.mails(dialogueId)).toHaveLength(2);
  });

  it('tells all that is owed in one mail, and has nothing to do the second time', async () => {
    const dialogueId = await world.dialogue();
    for (const text of ['Første svar.', 'Andre svar.']) {
      await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber, text });
    }
    const { disclosures } = await publishAll('officer', dialogueId);
    expect(disclosures).toHaveLength(2);
    const mails = await world.mails(dialogueId);
    expect(mails).toHaveLength(2);
    for (const { text } of mails) expect(text).toMatch(/Første svar\.[\s\S]*Andre svar\./);
    const [again, entries] = await world.audited(() => publishAll('officer', dialogueId));
    expect(again).toEqual({ disclosures: [], userErrors: [] });
    expect(entries).toEqual([]);
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

  it.each(refusals)('%s tells nobody and publishes nothing: %s', async (who, code) => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    expect(await disclose(who, { dialogueId })).toEqual({ refused: [code] });
    expect(await publishAll(who, dialogueId)).toEqual({ refused: [code] });
    const hidden = who === 'neighbour' ? 'NOT_FOUND' : code;
    expect(await publish(who, disclosure.id)).toEqual({ refused: [hidden] });
    expect((await stored(disclosure.id)).publishedAt).toBeNull();
  });

  it.each(refusals)('the database alone says the same to %s', async (who) => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    world.host.permission = 'left to the database';
    onTestFinished(() => {
      world.host.permission = 'checked';
    });
    await disclose(who, { dialogueId });
    await publishAll(who, dialogueId);
    await publish(who, disclosure.id);
    expect(await world.system.count(Disclosure, { dialogueId })).toBe(1);
    expect((await stored(disclosure.id)).publishedAt).toBeNull();
    expect(await world.mails(dialogueId)).toEqual([]);
  });
});

describe('the ledger in the database', () => {
  it.each([
    ['loses no entry', 'delete from dialogue.disclosure where id = ?'],
    ['changes no word', `update dialogue.disclosure set text = 'Noe annet.' where id = ?`],
    ['changes no time', `update dialogue.disclosure set told_at = now() where id = ?`],
    ['changes no receiver', `update dialogue.disclosure set organisation_number = '310000027' where id = ?`],
    ['takes no publication back', 'update dialogue.disclosure set published_at = null where id = ?'],
  ])('%s, whoever asks', async (_what, statement) => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    await publish('officer', disclosure.id);
    const before = await stored(disclosure.id);
    await expect(world.system.execute(statement, [disclosure.id])).rejects.toMatchObject({ code: '42501' });
    expect(await stored(disclosure.id)).toEqual(before);
  });

  it('closes over no debt, and takes no number twice or out of order', async () => {
    const dialogueId = await world.dialogue();
    const { disclosure } = await disclose('officer', { dialogueId, toldTo: OYEREN.organisationNumber });
    const close = 'update dialogue.market_dialogue set closed_at = now() where id = ?';
    await expect(world.system.execute(close, [dialogueId])).rejects.toMatchObject({ code: '42501' });
    const copy = (more: object) => {
      const em = world.system;
      const { restriction: _, ...facts } = { ...disclosure, dialogueId, municipalityNumber: '3118' };
      em.create(Disclosure, {
        ...{ ...facts, id: randomUUID(), meetingId: null, correctsId: null, recordedAt: new Date(START) },
        ...{ toldAt: new Date(START), ...more },
      } as never);
      return em.flush();
    };
    await expect(copy({ number: 3 })).rejects.toMatchObject({ code: '42501' });
    await expect(copy({ number: 1 })).rejects.toMatchObject({ code: '42501' });
    await expect(copy({ number: 2, municipalityNumber: '3122' })).rejects.toMatchObject({ code: '42501' });
    await copy({ number: 2 });
    await publishAll('officer', dialogueId);
    await world.system.execute(close, [dialogueId]);
    await expect(copy({ number: 3 })).rejects.toMatchObject({ code: '42501' });
  });
});
