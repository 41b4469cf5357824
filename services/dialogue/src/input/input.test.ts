import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  DEADLINE,
  DialogueWorld,
  everyWho,
  MYSEN,
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

const FIELDS = `id number version kind organisationNumber organisationName comment hasTradeSecret tradeSecret
  submittedAt replacedAt withdrawnAt receipt { number submittedAt sha256 }
  answers { question text value yes choice hasTradeSecret tradeSecret }
  attachments { isTradeSecret document { id name } }
  conclusion { outcome explanation concludedAt } earlierVersions { id version } place { quote }`;
const ONE = `query ($id: ID!) { marketInput(id: $id) { ${FIELDS} } }`;
const ALL = `query ($id: ID!) { marketDialogue(id: $id) { inputs { totalCount nodes { ${FIELDS} } } } }`;

const see = async (who: Who, id: string) => (await world.ask(who, ONE, { id })).data.marketInput;
const all = async (who: Who, id: string) => (await world.ask(who, ALL, { id })).data.marketDialogue.inputs;

const questions = [
  { text: 'Hva er mulig?', wordLimit: 10, isRequired: true },
  { text: 'Leverer dere i hele landet?', kind: 'YES_NO' },
  { text: 'Hvor mange brukere?', kind: 'NUMBER' },
];

async function answered(id: string) {
  const [what, where, many] = await world.questionIds(id);
  return [
    { questionId: what, text: 'Mye.', tradeSecret: 'Prisen er 120 kroner per bruker.' },
    { questionId: where, yes: true },
    { questionId: many, value: 400.5 },
  ];
}

describe('an input', () => {
  it('is taken against the questions, and a receipt is given for all of it', async () => {
    const id = await world.open(['oyeren'], questions);
    const answers = await answered(id);
    const document = await world.document(OYEREN, 'oyeren');
    const inputId = await world.input('oyeren', id, {
      ...{ answers, comment: ' Vi stiller gjerne opp. ', attachments: [{ documentId: document }] },
    });
    const input = await see('oyeren', inputId);
    const submittedAt = input.submittedAt;
    expect(input).toMatchObject({
      ...{
        number: 1,
        version: 1,
        kind: 'WRITTEN',
        organisationNumber: OYEREN,
        comment: 'Vi stiller gjerne opp.',
      },
      answers: [
        { text: 'Mye.', hasTradeSecret: true, tradeSecret: 'Prisen er 120 kroner per bruker.' },
        { yes: true, hasTradeSecret: false, tradeSecret: null },
        { value: 400.5 },
      ],
      attachments: [{ isTradeSecret: false, document: { id: document, name: 'vedlegg.pdf' } }],
      conclusion: null,
      place: null,
    });
    // Anybody who has the content can make the receipt again.
    const [what, where, many] = answers.map(({ questionId }) => questionId);
    const nothing = { choice: null, text: null, tradeSecret: null, value: null, yes: null };
    const content = {
      answers: [
        { ...nothing, question: 'Hva er mulig?', questionId: what, ...answers[0] },
        { ...nothing, question: 'Leverer dere i hele landet?', questionId: where, yes: true },
        { ...nothing, question: 'Hvor mange brukere?', questionId: many, value: 400.5 },
      ],
      attachments: [
        {
          documentId: document,
          isTradeSecret: false,
          name: 'vedlegg.pdf',
          sha256: createHash('sha256').update(document).digest('hex'),
        },
      ],
      comment: 'Vi stiller gjerne opp.',
      ...{
        dialogueId: id,
        number: 1,
        organisationNumber: OYEREN,
        place: null,
        submittedAt,
        tradeSecret: null,
      },
      version: 1,
    };
    expect(input.receipt).toEqual({
      ...{ number: 1, submittedAt },
      sha256: createHash('sha256').update(inOrder(content)).digest('hex'),
    });
  });

  it('is not taken when it does not answer as asked, and nothing of it is kept', async () => {
    const id = await world.open(['oyeren'], questions);
    const [what, where] = await world.questionIds(id);
    const before = await world.everything();
    const given = { dialogueId: id, organisationNumber: OYEREN };
    const long = Array(11).fill('ord').join(' ');
    const cases: [object, string[]][] = [
      [{ comment: 'x' }, ['ANSWER_MISSING']],
      [{ answers: [{ questionId: what, text: long }] }, ['TOO_MANY_WORDS']],
      [
        {
          answers: [
            { questionId: what, text: 'x' },
            { questionId: where, value: 1 },
          ],
        },
        ['ANSWER_IN_WRONG_FORM'],
      ],
      [
        { answers: [{ questionId: what, text: 'x' }], attachments: [{ documentId: 'x' }] },
        ['NO_SUCH_DOCUMENT'],
      ],
    ];
    for (const [more, codes] of cases) {
      expect(await world.codes('oyeren', 'submitInput', { ...given, ...more })).toEqual(codes);
    }
    expect((await world.everything()) === before).toBe(true);
    const empty = await world.open(['oyeren']);
    expect(await world.codes('oyeren', 'submitInput', { ...given, dialogueId: empty })).toEqual([
      'INPUT_EMPTY',
    ]);
  });

  it('comes once from each organisation that takes part, numbered in the order of arrival', async () => {
    const id = await world.open();
    await world.input('oyeren', id);
    const second = await world.input('mysen', id);
    expect((await see('mysen', second)).number).toBe(2);
    const again = { dialogueId: id, organisationNumber: OYEREN, comment: 'x' };
    expect(await world.codes('oyeren', 'submitInput', again)).toEqual(['ALREADY_SUBMITTED']);
    const alone = await world.open(['mysen']);
    expect(await world.codes('oyeren', 'submitInput', { ...again, dialogueId: alone })).toEqual([
      'NOT_A_PARTICIPANT',
    ]);
    for (const who of ['person', 'mysen', 'officer', 'neighbour'] as const) {
      expect([who, await world.codes(who, 'submitInput', again)]).toEqual([who, ['FORBIDDEN']]);
    }
  });

  it('is taken from the opening to the deadline', async () => {
    const id = await world.announced();
    await world.join('oyeren', id);
    const given = { dialogueId: id, organisationNumber: OYEREN, comment: 'x' };
    expect(await world.codes('oyeren', 'submitInput', given)).toEqual(['NOT_OPEN']);
    world.clock.set(DEADLINE);
    expect(await world.codes('oyeren', 'submitInput', given)).toEqual(['DEADLINE_PASSED']);
    world.clock.set('2026-04-01T09:59:59.999Z');
    const inputId = await world.input('oyeren', id);
    world.clock.set(DEADLINE);
    for (const mutation of ['replaceInput', 'withdrawInput']) {
      expect(await world.codes('oyeren', mutation, { inputId })).toEqual(['DEADLINE_PASSED']);
    }
  });
});

describe('a replacement', () => {
  it('keeps the number and the old version with its time, and may keep the documents', async () => {
    const id = await world.open(['oyeren']);
    const document = await world.document(OYEREN, 'oyeren');
    const attachments = [{ documentId: document }];
    const first = await world.input('oyeren', id, { attachments });
    world.clock.advance(60_000);
    const change = { inputId: first, comment: 'Bedre.', attachments };
    const { input } = await world.done('oyeren', 'replaceInput', change, `input { ${FIELDS} }`);
    expect(input).toMatchObject({
      number: 1,
      version: 2,
      comment: 'Bedre.',
      earlierVersions: [{ id: first }],
    });
    expect(input.attachments).toEqual([
      { isTradeSecret: false, document: { id: document, name: 'vedlegg.pdf' } },
    ]);
    expect(await see('evaluator', first)).toMatchObject({
      ...{ version: 1, comment: 'Innspill fra oyeren', replacedAt: input.submittedAt },
    });
    expect((await all('officer', id)).nodes.map((each: { version: number }) => each.version)).toEqual([2]);
    for (const mutation of ['replaceInput', 'withdrawInput']) {
      expect(await world.codes('oyeren', mutation, { inputId: first })).toEqual(['INPUT_NOT_STANDING']);
    }
  });

  it('comes from the organisation alone', async () => {
    const id = await world.open();
    const inputId = await world.input('oyeren', id);
    for (const [who, code] of [
      ['public', 'UNAUTHENTICATED'],
      ['person', 'FORBIDDEN'],
      ['mysen', 'NOT_FOUND'],
      ['neighbour', 'NOT_FOUND'],
      ['officer', 'FORBIDDEN'],
    ] as const) {
      for (const mutation of ['replaceInput', 'withdrawInput']) {
        expect([who, await world.codes(who, mutation, { inputId })]).toEqual([who, [code]]);
      }
    }
  });
});

it('is taken back, and another one may be sent in', async () => {
  const id = await world.open(['oyeren']);
  const inputId = await world.input('oyeren', id);
  await world.done('oyeren', 'withdrawInput', { inputId });
  expect((await all('officer', id)).totalCount).toBe(0);
  expect((await see('oyeren', inputId)).withdrawnAt).not.toBeNull();
  expect(await see('oyeren', await world.input('oyeren', id))).toMatchObject({ number: 2, version: 1 });
});

describe('what was done with it', () => {
  it('is said by an officer, again until the summary, and every input needs it', async () => {
    const id = await world.open();
    const first = await world.input('oyeren', id);
    const second = await world.input('mysen', id);
    const said = { outcome: 'NOT_TAKEN_UP', explanation: 'For dyrt.' };
    await world.done('officer', 'concludeInput', { inputId: first, ...said });
    world.clock.set('2026-04-02T08:00:00Z');
    expect(await world.codes('officer', 'closeMarketDialogue', { dialogueId: id })).toEqual(['INPUT_OPEN']);
    await world.conclude(second);
    const better = { ...said, outcome: 'PARTLY_TAKEN_UP' };
    await world.done('officer', 'concludeInput', { inputId: first, ...better });
    expect((await see('oyeren', first)).conclusion).toMatchObject(better);
    await world.done('officer', 'closeMarketDialogue', { dialogueId: id });
    await world.done('officer', 'concludeInput', { inputId: first, ...said });
    await world.done('officer', 'summariseMarketDialogue', { dialogueId: id });
    expect(await world.codes('officer', 'concludeInput', { inputId: first, ...better })).toEqual([
      'ALREADY_SUMMARISED',
    ]);
    expect((await see('public', first)).conclusion).toMatchObject(said);
  });

  it('gives no secret away, and is said by nobody else', async () => {
    const id = await world.open();
    const secret = 'Vi kan levere for 1 200 000 kroner i året.';
    const inputId = await world.input('oyeren', id, { tradeSecret: secret });
    const said = { inputId, outcome: 'TAKEN_UP', explanation: `Dere skrev: ${secret}` };
    expect(await world.codes('officer', 'concludeInput', said)).toEqual(['CONTAINS_TRADE_SECRET']);
    for (const [who, code] of [
      ['public', 'UNAUTHENTICATED'],
      ['evaluator', 'FORBIDDEN'],
      ['oyeren', 'FORBIDDEN'],
      ['neighbour', 'NOT_FOUND'],
    ] as const) {
      expect([who, await world.codes(who, 'concludeInput', said)]).toEqual([who, [code]]);
    }
  });
});

describe('who reads what', () => {
  it('is the organisation and the municipality until the summary, then everybody, and never the secrets', async () => {
    const id = await world.open(['oyeren', 'mysen'], questions);
    const open = await world.document(OYEREN, 'oyeren', 'åpen.pdf');
    const secret = await world.document(OYEREN, 'oyeren', 'hemmelig.pdf');
    const attachments = [{ documentId: open }, { documentId: secret, isTradeSecret: true }];
    const inputId = await world.input('oyeren', id, {
      ...{ answers: await answered(id), attachments, tradeSecret: 'Vi kjøper opp en konkurrent.' },
    });
    const shown = async (who: Who) => {
      const input = await see(who, inputId);
      if (!input) return null;
      const documents = input.attachments.map(
        ({ document }: { document: object | null }) => document !== null,
      );
      const secrets = [input.tradeSecret, input.answers[0].tradeSecret].map((each) => each !== null);
      expect(input).toMatchObject({ hasTradeSecret: true, answers: [{ hasTradeSecret: true }, {}, {}] });
      return { documents, secrets, receipt: input.receipt !== null };
    };
    const everything = { documents: [true, true], secrets: [true, true], receipt: true };
    const withoutSecrets = { documents: [true, false], secrets: [false, false], receipt: false };
    const before = { officer: everything, oyeren: everything, evaluator: withoutSecrets };
    for (const who of everyWho) {
      expect([who, await shown(who)]).toEqual([who, before[who as keyof typeof before] ?? null]);
      expect((await all(who, id)).totalCount).toBe(who in before ? 1 : 0);
    }
    await world.summarise(id);
    for (const who of everyWho) {
      const after = who === 'officer' || who === 'oyeren' ? everything : withoutSecrets;
      expect([who, await shown(who)]).toEqual([who, after]);
      expect((await all(who, id)).totalCount).toBe(1);
    }
  });

  it('never includes what was replaced or taken back', async () => {
    const id = await world.open();
    const first = await world.input('oyeren', id);
    await world.done('oyeren', 'replaceInput', { inputId: first, comment: 'Bedre.' });
    const gone = await world.input('mysen', id);
    await world.done('mysen', 'withdrawInput', { inputId: gone });
    await world.summarise(id);
    for (const who of ['public', 'person', 'neighbour'] as const) {
      expect([await see(who, first), await see(who, gone)]).toEqual([null, null]);
      const { nodes } = await all(who, id);
      expect(nodes).toMatchObject([{ comment: 'Bedre.', earlierVersions: [] }]);
    }
  });

  it('is no secret document that an earlier version had not marked', async () => {
    const id = await world.open(['oyeren']);
    const documentId = await world.document(OYEREN, 'oyeren');
    const inputId = await world.input('oyeren', id, { attachments: [{ documentId }] });
    const readable = async (who: Who) => {
      const { attachments } = await see(who, inputId);
      return attachments[0].document !== null;
    };
    expect(await readable('evaluator')).toBe(true);
    const attachments = [{ documentId, isTradeSecret: true }];
    await world.done('oyeren', 'replaceInput', { inputId, comment: 'x', attachments });
    expect([await readable('evaluator'), await readable('officer'), await readable('oyeren')]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('stands in the audit log for each who is let in to what is not for everybody', async () => {
    const id = await world.open(['oyeren']);
    const inputId = await world.input('oyeren', id, { tradeSecret: 'Hemmelig.' });
    await see('officer', inputId);
    const rows = await world.rows<{ object_type: string }>(
      `select distinct object_type from dialogue.audit_entry where outcome = 'READ'
         and (object_id = ? or object_id in (select id from dialogue.trade_secret where input_id = ?))`,
      [inputId, inputId],
    );
    expect(rows.map(({ object_type }) => object_type).sort()).toEqual([
      'InputReceipt',
      'MarketInput',
      'TradeSecret',
    ]);
  });
});

describe('a document', () => {
  const upload = { organisationNumber: OYEREN, name: 'tilbud.pdf', size: 1_000 };

  it('is begun by those who take part, and can be nothing but what office programs make', async () => {
    const dialogueId = await world.open(['oyeren']);
    const fields = 'document { state name uploadUrl }';
    const input = { dialogueId, ...upload };
    const { document } = await world.done('oyeren', 'createDialogueDocument', input, fields);
    expect(document).toMatchObject({ state: 'UPLOADING', name: 'tilbud.pdf', uploadUrl: expect.any(String) });
    const wrong = { ...input, name: 'tilbud.exe' };
    expect(await world.codes('oyeren', 'createDialogueDocument', wrong)).toHaveLength(1);
    const large = { ...input, size: 25 * 1024 * 1024 + 1 };
    expect(await world.codes('oyeren', 'createDialogueDocument', large)).toEqual(['DOCUMENT_TOO_LARGE']);
    const others = { ...input, organisationNumber: MYSEN };
    expect(await world.codes('oyeren', 'createDialogueDocument', others)).toEqual(['FORBIDDEN']);
    expect(await world.codes('mysen', 'createDialogueDocument', others)).toEqual(['NOT_A_PARTICIPANT']);
  });

  it('of another organisation is not attached', async () => {
    const id = await world.open();
    const documentId = await world.document(MYSEN, 'mysen');
    const input = { dialogueId: id, organisationNumber: OYEREN, comment: 'x', attachments: [{ documentId }] };
    expect(await world.codes('oyeren', 'submitInput', input)).toEqual(['NO_SUCH_DOCUMENT']);
  });
});

/** JSON with its keys in order and without spaces, as the receipt's description says. */
function inOrder(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${inOrder(each)}`).join(',')}}`;
}
