import { expect, it } from 'vitest';
import {
  type GivenTexts,
  LONGEST,
  MOST_CONSTRAINTS,
  MOST_CRITERIA,
  needTexts,
  wordsOf,
} from './need-texts.js';

const good = { title: 't', effect: 'e', users: 'u', successCriteria: ['c'], volume: null };
const mended = (given: GivenTexts) =>
  needTexts({ ...good, ...given }).mend.map(({ code, path }) => `${code} ${path.slice(1).join('.')}`);

it('keeps the words without the space around them', () => {
  const { texts, mend } = needTexts({ title: ' Trygg \n', successCriteria: ['\tén '], volume: ' 4 ' });
  expect(texts).toEqual({ title: 'Trygg', successCriteria: ['én'], volume: '4' });
  expect(mend).toEqual([]);
});

it('touches nothing that is left out', () => {
  expect(needTexts({})).toEqual({ texts: {}, mend: [] });
  expect(needTexts({ volume: null })).toEqual({ texts: { volume: null }, mend: [] });
});

it.each([
  [{ title: '' }, ['TEXT_MISSING title']],
  [{ effect: ' \u00a0\n' }, ['TEXT_MISSING effect']],
  [{ users: null }, ['TEXT_MISSING users']],
  [{ volume: ' ' }, ['TEXT_MISSING volume']],
  [{ volume: '' }, ['TEXT_MISSING volume']],
  [{ successCriteria: [] }, ['TEXT_MISSING successCriteria']],
  [{ successCriteria: null }, ['TEXT_MISSING successCriteria']],
  [{ successCriteria: ['a', ' ', 'b'] }, ['TEXT_MISSING successCriteria.1']],
  [{ title: 'æ'.repeat(LONGEST.title) }, []],
  [{ title: 'æ'.repeat(LONGEST.title + 1) }, ['TEXT_TOO_LONG title']],
  [{ effect: 'æ'.repeat(LONGEST.effect + 1) }, ['TEXT_TOO_LONG effect']],
  [{ users: 'æ'.repeat(LONGEST.users + 1) }, ['TEXT_TOO_LONG users']],
  [{ volume: 'æ'.repeat(LONGEST.volume + 1) }, ['TEXT_TOO_LONG volume']],
  [{ successCriteria: ['c', 'æ'.repeat(LONGEST.successCriteria + 1)] }, ['TEXT_TOO_LONG successCriteria.1']],
  [{ successCriteria: Array(MOST_CRITERIA).fill('c') }, []],
  [{ successCriteria: Array(MOST_CRITERIA + 1).fill('') }, ['TOO_MANY_CRITERIA successCriteria']],
  [{ constraints: [] }, []],
  [{ constraints: null }, []],
  [{ constraints: ['a', ' ', 'b'] }, ['TEXT_MISSING constraints.1']],
  [{ constraints: ['æ'.repeat(LONGEST.constraints + 1)] }, ['TEXT_TOO_LONG constraints.0']],
  [{ constraints: Array(MOST_CONSTRAINTS).fill('c') }, []],
  [{ constraints: Array(MOST_CONSTRAINTS + 1).fill('') }, ['TOO_MANY_CONSTRAINTS constraints']],
  [{ title: '', users: '' }, ['TEXT_MISSING title', 'TEXT_MISSING users']],
] as [GivenTexts, string[]][])('says what is to be mended in %j', (given, expected) => {
  expect(mended(given)).toEqual(expected);
});

it('says it in every language', () => {
  const all = {
    title: '',
    effect: 'æ'.repeat(9_999),
    successCriteria: Array(99).fill('c'),
    constraints: Array(99).fill('c'),
  };
  for (const { messages } of needTexts({ ...good, ...all }).mend) {
    expect(new Set([messages.nb, messages.nn, messages.en]).size).toBe(3);
  }
});

it('takes a text alone by the same rules', () => {
  expect(wordsOf(' ja ', ['input', 'x'], 2)).toEqual({ text: 'ja' });
  expect(wordsOf(' \n', ['input', 'x'], 2)).toMatchObject({
    mend: [{ code: 'TEXT_MISSING', path: ['input', 'x'] }],
  });
  expect(wordsOf('nei', ['input', 'x'], 2)).toMatchObject({ mend: [{ code: 'TEXT_TOO_LONG' }] });
});
