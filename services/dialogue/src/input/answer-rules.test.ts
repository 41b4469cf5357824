import { expect, it } from 'vitest';
import { DialogueQuestionKind } from '../question/dialogue-question.js';
import { checkedAnswers, type GivenAnswer, LONGEST_ANSWER, wordsIn } from './answer-rules.js';

const { TEXT, YES_NO, NUMBER, CHOICE } = DialogueQuestionKind;
const plain = { choices: [], wordLimit: null, required: false };
const questions = [
  { ...plain, id: 'text', text: 'Hva?', kind: TEXT, wordLimit: 5, required: true },
  { ...plain, id: 'yes', text: 'Ja?', kind: YES_NO },
  { ...plain, id: 'number', text: 'Hvor mange?', kind: NUMBER },
  { ...plain, id: 'choice', text: 'Hvilken?', kind: CHOICE, choices: ['A', 'B'] },
];
const text = { questionId: 'text', text: 'x' };
const codes = (...given: GivenAnswer[]) => checkedAnswers(questions, given).mend.map(({ code }) => code);

it('keeps the answers in the order of the questions, without what says nothing', () => {
  const given = [
    { questionId: 'choice', choice: ' A ' },
    { questionId: 'number', value: 0 },
    { questionId: 'yes', yes: false },
    { questionId: 'text', text: ' ord ' },
  ];
  const { answers, mend } = checkedAnswers(questions, given);
  expect(mend).toEqual([]);
  expect(
    answers.map(({ questionId, text, value, yes, choice }) => [questionId, text ?? value ?? yes ?? choice]),
  ).toEqual([
    ['text', 'ord'],
    ['yes', false],
    ['number', 0],
    ['choice', 'A'],
  ]);
  expect(checkedAnswers(questions, [text, { questionId: 'yes', text: ' ' }]).answers).toHaveLength(1);
});

it.each([
  ['nothing of what is required', [], ['ANSWER_MISSING']],
  ['only space', [{ questionId: 'text', text: ' \n' }], ['ANSWER_MISSING']],
  ['a secret alone', [{ questionId: 'text', tradeSecret: 'hemmelig' }], []],
  ['an unknown question', [text, { questionId: 'x', text: 'x' }], ['NO_SUCH_QUESTION']],
  ['the same question twice', [text, text], ['ANSWERED_TWICE']],
  ['text for yes or no', [text, { questionId: 'yes', text: 'ja' }], ['ANSWER_IN_WRONG_FORM']],
  ['a number for text', [{ questionId: 'text', text: 'x', value: 1 }], ['ANSWER_IN_WRONG_FORM']],
  ['a choice that there is not', [text, { questionId: 'choice', choice: 'C' }], ['NO_SUCH_CHOICE']],
  ['as many words as the limit', [{ questionId: 'text', text: 'en to tre fire fem –' }], []],
  ['a word too many', [{ questionId: 'text', text: 'en to tre fire fem seks' }], ['TOO_MANY_WORDS']],
  [
    'a word too many in the secret',
    [{ questionId: 'text', text: 'en to tre', tradeSecret: 'fire fem seks' }],
    ['TOO_MANY_WORDS'],
  ],
] as [string, GivenAnswer[], string[]][])('judges %s', (_case, given, expected) => {
  expect(codes(...given)).toEqual(expected);
});

it('says how many words there are, in every language', () => {
  const { mend } = checkedAnswers(questions, [{ questionId: 'text', text: 'a b c d e f g' }]);
  expect(mend[0]?.messages.nb).toContain('7 ord');
  expect(new Set(Object.values(mend[0]?.messages ?? {})).size).toBe(3);
});

it('takes no answer that is longer than any may be', () => {
  const [question] = questions.slice(1, 2);
  if (!question) throw new Error('no question');
  const long = { ...question, kind: TEXT };
  const given = [{ questionId: 'yes', text: 'æ'.repeat(LONGEST_ANSWER + 1) }];
  expect(checkedAnswers([long], given).mend.map(({ code }) => code)).toEqual(['TEXT_TOO_LONG']);
});

it('counts words as a person does', () => {
  expect(['', ' – ', 'én', 'e-helse er «bra», 24/7 !'].map(wordsIn)).toEqual([0, 0, 1, 4]);
});
