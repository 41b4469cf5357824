import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DialogueWorld, OPENS, START } from '../market-dialogue/dialogue.test-support.js';

let world: DialogueWorld;

beforeAll(async () => {
  world = await DialogueWorld.open();
});
beforeEach(() => world.clock.set(START));
afterAll(() => world[Symbol.asyncDispose]());

const QUESTIONS = `query ($id: ID!) { marketDialogue(id: $id) {
  questions questionnaire { position text kind choices wordLimit isRequired }
} }`;

const questions = [
  { text: ' Hva er mulig? ', wordLimit: 600, isRequired: true },
  { text: 'Leverer dere i hele landet?', kind: 'YES_NO' },
  { text: 'Hvor mange brukere?', kind: 'NUMBER' },
  { text: 'Hvordan bør vi betale?', kind: 'CHOICE', choices: ['Per bruker', 'For effekt'] },
];

it('asks in the order that was given, as texts and in full', async () => {
  const id = await world.announced(questions);
  const { data } = await world.ask('public', QUESTIONS, { id });
  expect(data.marketDialogue).toEqual({
    questions: questions.map(({ text }) => text.trim()),
    questionnaire: [
      {
        ...{
          position: 1,
          text: 'Hva er mulig?',
          kind: 'TEXT',
          choices: [],
          wordLimit: 600,
          isRequired: true,
        },
      },
      { position: 2, text: 'Leverer dere i hele landet?', kind: 'YES_NO', ...open },
      { position: 3, text: 'Hvor mange brukere?', kind: 'NUMBER', ...open },
      {
        ...{ position: 4, text: 'Hvordan bør vi betale?', kind: 'CHOICE', ...open },
        choices: ['Per bruker', 'For effekt'],
      },
    ],
  });
});

const open = { choices: [], wordLimit: null, isRequired: false };

it('asks something else until somebody may have begun to answer', async () => {
  const id = await world.announced(questions);
  await world.done('officer', 'setDialogueQuestions', { id, questions: [{ text: 'Bare dette?' }] });
  const { data } = await world.ask('public', QUESTIONS, { id });
  expect(data.marketDialogue.questions).toEqual(['Bare dette?']);
  world.clock.set(OPENS);
  expect(await world.codes('officer', 'setDialogueQuestions', { id, questions })).toEqual([
    'DIALOGUE_ALREADY_OPEN',
  ]);
});

it('says what has to be mended', async () => {
  const id = await world.draft();
  const wrong = [
    { text: '' },
    { text: 'A', wordLimit: 0 },
    { text: 'B', kind: 'NUMBER', wordLimit: 5 },
    { text: 'C', kind: 'CHOICE', choices: ['én'] },
    { text: 'D', kind: 'CHOICE', choices: ['én', ' én'] },
    { text: 'E', choices: ['én', 'to'] },
  ];
  expect(await world.codes('officer', 'setDialogueQuestions', { id, questions: wrong })).toEqual([
    'TEXT_MISSING',
    'WORD_LIMIT_WRONG',
    'WORD_LIMIT_WRONG',
    'CHOICES_MISSING',
    'CHOICES_MISSING',
    'CHOICES_NOT_EXPECTED',
  ]);
  const many = Array.from({ length: 51 }, () => ({ text: 'x' }));
  expect(await world.codes('officer', 'setDialogueQuestions', { id, questions: many })).toEqual(['TOO_MANY']);
});

it('is asked by officers of the municipality alone', async () => {
  const id = await world.announced();
  for (const [who, code] of [
    ['public', 'UNAUTHENTICATED'],
    ['evaluator', 'FORBIDDEN'],
    ['neighbour', 'FORBIDDEN'],
    ['oyeren', 'FORBIDDEN'],
  ] as const) {
    expect([who, await world.codes(who, 'setDialogueQuestions', { id, questions })]).toEqual([who, [code]]);
  }
});
