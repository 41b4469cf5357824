import { afterAll, beforeAll, expect, it } from 'vitest';
import { DialogueWorld, OYEREN, type Who } from './dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
afterAll(() => world[Symbol.asyncDispose]());

const EVERYTHING = `{ marketDialogues(first: 50) { nodes {
  status takesAnswers announcedTender { title } participantCount
  participants { organisationName contactEmail supplier { id } }
  questionnaire { text kind } activities { title place }
  hearingDocuments { current { title paragraphs { number } } versions { version } }
  inputs { totalCount nodes {
    number comment tradeSecret receipt { sha256 } conclusion { outcome } earlierVersions { version }
    answers { text tradeSecret } attachments { document { name } } place { quote version { title } } supplier { id }
  } }
} } }`;

async function makeOne(): Promise<void> {
  const id = await world.open(['oyeren', 'mysen'], [{ text: 'Hva er mulig?' }]);
  const [questionId] = await world.questionIds(id);
  const draft = { dialogueId: id, title: 'Utkast', text: 'Et avsnitt.' };
  const fields = 'hearingDocument { id }';
  const { hearingDocument } = await world.done('officer', 'publishHearingDocument', draft, fields);
  const place = { documentId: hearingDocument.id, paragraph: 1, from: 0, to: 2, quote: 'Et' };
  await world.done('oyeren', 'commentOnDraft', { ...place, organisationNumber: OYEREN, text: 'Hm.' });
  for (const who of ['oyeren', 'mysen'] as const) {
    const attachments = [{ documentId: await world.document(who === 'oyeren' ? OYEREN : '310000027', who) }];
    const answers = [{ questionId, text: 'Mye.', tradeSecret: 'Hemmelig.' }];
    const inputId = await world.input(who, id, { answers, attachments, tradeSecret: 'Også hemmelig.' });
    await world.done(who, 'replaceInput', { inputId, answers, attachments, tradeSecret: 'Også hemmelig.' });
  }
}

it('takes as many statements for many dialogues as for one', async () => {
  const count = async (who: Who): Promise<number> => {
    world.statements.length = 0;
    const { data, codes } = await world.ask(who, EVERYTHING);
    expect(codes).toEqual([]);
    expect(data.marketDialogues.nodes.length).toBeGreaterThan(0);
    // What opens and ends a transaction, and says who is behind it, comes with each.
    return world.statements.filter((each) => /\b(select|with) /i.test(each) && !/set_config/.test(each))
      .length;
  };
  await makeOne();
  const one = {
    officer: await count('officer'),
    oyeren: await count('oyeren'),
    public: await count('public'),
  };
  for (let more = 0; more < 3; more += 1) await makeOne();
  const many = {
    officer: await count('officer'),
    oyeren: await count('oyeren'),
    public: await count('public'),
  };
  expect(many).toEqual(one);
  expect(one.officer).toBeGreaterThan(5);
  expect(one.officer).toBeLessThan(40);
});
