import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  DialogueWorld,
  everyWho,
  OYEREN,
  START,
  type Who,
} from '../market-dialogue/dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world[Symbol.asyncDispose]());

const DRAFTS = `query ($id: ID!) { marketDialogue(id: $id) { hearingDocuments {
  id current { version title paragraphs { number text } } versions { version title }
} } }`;
const drafts = async (who: Who, id: string) =>
  (await world.ask(who, DRAFTS, { id })).data.marketDialogue.hearingDocuments;

async function publish(dialogueId: string, more: object = {}): Promise<string> {
  const draft = {
    dialogueId,
    title: 'Kravspesifikasjon',
    text: 'Første avsnitt.\n\nAndre avsnitt.',
    ...more,
  };
  return (await world.done('officer', 'publishHearingDocument', draft, 'hearingDocument { id }'))
    .hearingDocument.id;
}

const comment = (documentId: string) => ({
  ...{ documentId, organisationNumber: OYEREN, paragraph: 2, from: 0, to: 5, quote: 'Andre' },
  ...{ text: 'Dette er uklart.', tradeSecret: 'Vi har patent på det.' },
});

const PLACE = `input { id number kind comment tradeSecret hasTradeSecret
  place { version { version title } paragraph from to quote } }`;

it('is read by everybody, in all its versions', async () => {
  const id = await world.open();
  const documentId = await publish(id);
  await publish(id, { documentId, title: 'Ny', text: 'Bare ett.' });
  await publish(id, { title: 'Kontrakt' });
  for (const who of everyWho) {
    expect(await drafts(who, id)).toMatchObject([
      {
        id: documentId,
        current: { version: 2, title: 'Ny', paragraphs: [{ number: 1, text: 'Bare ett.' }] },
        versions: [{ version: 2 }, { version: 1, title: 'Kravspesifikasjon' }],
      },
      { current: { version: 1, title: 'Kontrakt', paragraphs: [{ number: 1 }, { text: 'Andre avsnitt.' }] } },
    ]);
  }
});

it('is commented on at a place, which stays with the version that it was in', async () => {
  const id = await world.open();
  const documentId = await publish(id);
  const { input } = await world.done('oyeren', 'commentOnDraft', comment(documentId), PLACE);
  expect(input).toMatchObject({
    ...{ number: 1, kind: 'HEARING_COMMENT', comment: 'Dette er uklart.', hasTradeSecret: true },
    tradeSecret: 'Vi har patent på det.',
    place: { version: { version: 1 }, paragraph: 2, from: 0, to: 5, quote: 'Andre' },
  });
  await publish(id, { documentId, text: 'Bare ett.' });
  const query = `query ($id: ID!) { marketInput(id: $id) { place { quote version { version } } } }`;
  const { data } = await world.ask('officer', query, { id: input.id });
  expect(data.marketInput.place).toEqual({ quote: 'Andre', version: { version: 1 } });
  // What was quoted is not there any more.
  expect(await world.codes('oyeren', 'commentOnDraft', comment(documentId))).toEqual([
    'PLACE_DOES_NOT_MATCH',
  ]);
});

it('takes several comments, which end like inputs and can be withdrawn, not replaced', async () => {
  const id = await world.open();
  const documentId = await publish(id);
  const ids: string[] = [];
  for (let count = 0; count < 2; count += 1) {
    ids.push((await world.done('oyeren', 'commentOnDraft', comment(documentId), PLACE)).input.id);
  }
  const [first = '', second = ''] = ids;
  expect(await world.codes('oyeren', 'replaceInput', { inputId: first, comment: 'x' })).toEqual([
    'COMMENT_NOT_REPLACED',
  ]);
  await world.done('oyeren', 'withdrawInput', { inputId: first });
  world.clock.set('2026-04-02T08:00:00Z');
  expect(await world.codes('officer', 'closeMarketDialogue', { dialogueId: id })).toEqual(['INPUT_OPEN']);
  await world.conclude(second);
  expect(await world.codes('officer', 'closeMarketDialogue', { dialogueId: id })).toEqual([]);
});

it('takes nothing that says nothing, nor from those who take no part or act for nobody', async () => {
  const id = await world.open(['mysen']);
  const documentId = await publish(id);
  const given = comment(documentId);
  expect(await world.codes('oyeren', 'commentOnDraft', given)).toEqual(['NOT_A_PARTICIPANT']);
  await world.join('oyeren', id);
  const empty = { ...given, text: ' ', tradeSecret: null };
  expect(await world.codes('oyeren', 'commentOnDraft', empty)).toEqual(['INPUT_EMPTY']);
  for (const [who, code] of [
    ['public', 'UNAUTHENTICATED'],
    ['person', 'FORBIDDEN'],
    ['mysen', 'FORBIDDEN'],
    ['officer', 'FORBIDDEN'],
  ] as const) {
    expect([who, await world.codes(who, 'commentOnDraft', given)]).toEqual([who, [code]]);
  }
  expect(await world.codes('oyeren', 'commentOnDraft', { ...given, documentId: 'x' })).toEqual(['NOT_FOUND']);
});

it('is published by officers of the municipality, in their own dialogue, and never tells a secret', async () => {
  const id = await world.open();
  const elsewhere = await publish(await world.open([]));
  const draft = { dialogueId: id, title: 'T', text: 'x' };
  const own = { ...draft, documentId: elsewhere };
  expect(await world.codes('officer', 'publishHearingDocument', own)).toEqual(['NO_SUCH_DRAFT']);
  const secret = 'Varmepumper som virker ned til minus førti grader.';
  await world.input('oyeren', id, { tradeSecret: secret });
  const told = { ...draft, text: `Kravet er: ${secret}` };
  expect(await world.codes('officer', 'publishHearingDocument', told)).toEqual(['CONTAINS_TRADE_SECRET']);
  for (const [who, code] of [
    ['public', 'UNAUTHENTICATED'],
    ['evaluator', 'FORBIDDEN'],
    ['oyeren', 'FORBIDDEN'],
    ['neighbour', 'FORBIDDEN'],
  ] as const) {
    expect([who, await world.codes(who, 'publishHearingDocument', draft)]).toEqual([who, [code]]);
  }
});
