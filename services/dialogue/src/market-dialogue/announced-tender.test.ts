import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { joinProcurements } from '../procurement/join-procurements.js';
import { DEADLINE, DialogueWorld, MYSEN, OPENS, OYEREN, START } from './dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world[Symbol.asyncDispose]());

const STATUS = `query ($id: ID!) { marketDialogue(id: $id) {
  status opensAt takesAnswers announcedTender { title announcedAt tender { id } } need { status }
} }`;
const see = async (id: string) => (await world.ask('public', STATUS, { id })).data.marketDialogue;

it('ends the talk: nothing is begun, announced, opened, joined or answered, and the reason names the competition', async () => {
  const { id: needId, procurementId } = await world.need();
  const draft = await world.draft({ needId });
  const announced = await world.announced([], { needId });
  const id = await world.announced([], { needId, opensAt: null });
  await world.join('oyeren', id);
  const input = await world.input('oyeren', id);
  const hearing = await world.done(
    'officer',
    'publishHearingDocument',
    { dialogueId: id, title: 'Utkast', text: 'Et avsnitt.' },
    'hearingDocument { id }',
  );
  await world.announceTender(procurementId, { tenderId: 'tender-1' });

  const before = await world.everything();
  const words = { organisationName: 'M', contactName: 'M', contactEmail: 'm@example.no' };
  const place = { paragraph: 1, from: 0, to: 2, quote: 'Et' };
  const document = { documentId: hearing.hearingDocument.id, organisationNumber: OYEREN };
  const refused: [string, 'officer' | 'oyeren' | 'mysen', object][] = [
    ['createMarketDialogue', 'officer', { municipality: '3118', needId, title: 'Ny' }],
    ['announceMarketDialogue', 'officer', { id: draft }],
    ['openMarketDialogue', 'officer', { id: announced }],
    ['extendMarketDialogue', 'officer', { id, closesAt: '2026-05-01T10:00:00Z' }],
    ['publishHearingDocument', 'officer', { dialogueId: id, title: 'Utkast 2', text: 'x' }],
    ['joinMarketDialogue', 'mysen', { dialogueId: id, organisationNumber: MYSEN, ...words }],
    ['submitInput', 'oyeren', { dialogueId: id, organisationNumber: OYEREN, comment: 'x' }],
    ['replaceInput', 'oyeren', { inputId: input, comment: 'x' }],
    ['commentOnDraft', 'oyeren', { ...document, ...place, text: 'x' }],
    [
      'createDialogueDocument',
      'oyeren',
      { dialogueId: id, organisationNumber: OYEREN, name: 'a.pdf', size: 1 },
    ],
  ];
  for (const [mutation, who, given] of refused) {
    for (const language of ['nb', 'nn', 'en']) {
      const { userErrors } = await world.does(who, mutation, given, '', language);
      expect([mutation, userErrors[0]]).toMatchObject([
        mutation,
        { code: 'TENDER_ANNOUNCED', message: expect.stringContaining('Digital hjemmeoppfølging') },
      ]);
      expect(userErrors[0].message).toMatch(/2\. mars 2026|2 March 2026/);
    }
  }
  expect(await world.everything()).toBe(before);

  // What ends something stays possible.
  await world.conclude(input);
  expect(await see(id)).toMatchObject({
    ...{ status: 'OPEN', takesAnswers: false, need: { status: 'IN_TENDER' } },
    announcedTender: {
      title: 'Digital hjemmeoppfølging',
      announcedAt: START,
      tender: { id: 'tender-1' },
    },
  });
});

it('keeps a dialogue shut that has not opened, also by the clock', async () => {
  const id = await world.announced();
  await world.announceTender(await world.procurementOf(id));
  expect(await see(id)).toMatchObject({ status: 'ANNOUNCED', opensAt: null });
  world.clock.set(OPENS);
  expect(await see(id)).toMatchObject({ status: 'ANNOUNCED', takesAnswers: false });
});

it('counts what was said last, in whichever order it arrives', async () => {
  const id = await world.announced();
  const procurementId = await world.procurementOf(id);
  await world.announceTender(procurementId, { tenderId: 'taken-back', announcedAt: null, version: 2 });
  await world.announceTender(procurementId, { tenderId: 'taken-back', version: 1 });
  await world.announceTender(procurementId, { tenderId: 'taken-back', version: 1 });
  expect((await see(id)).announcedTender).toBeNull();
  await world.done('officer', 'openMarketDialogue', { id });
  expect(await see(id)).toMatchObject({ status: 'OPEN', takesAnswers: true });
  await world.announceTender(procurementId, { tenderId: 'taken-back', version: 3 });
  expect((await see(id)).takesAnswers).toBe(false);
});

it('moves along when procurements are joined, and reaches the chain that it was joined to', async () => {
  const id = await world.announced([], { closesAt: DEADLINE });
  const into = await world.procurementOf(id);
  await world.announceTender('old-chain', { tenderId: 'moved' });
  const { store } = world.service;
  await store.change('test', (change) => joinProcurements(change, { from: 'old-chain', into }));
  expect((await see(id)).announcedTender.tender).toEqual({ id: 'moved' });
  await world.announceTender('old-chain', { tenderId: 'late', announcedAt: '2026-01-01T00:00:00.000Z' });
  // Of two the one that was announced first ended the talk.
  expect((await see(id)).announcedTender.tender).toEqual({ id: 'late' });
});

it('changes nothing in a dialogue that comes from a notice but what it says of the competition', async () => {
  const id = await world.announced();
  await world.rows(`update dialogue.market_dialogue set led_here = false where id = ?`, [id]);
  await world.announceTender(await world.procurementOf(id));
  expect(await see(id)).toMatchObject({ opensAt: OPENS });
});
