import { expect, it } from 'vitest';
import { type ClosingFacts, whatStandsOpen } from './what-stands-open.js';

const now = new Date('2026-03-10T09:00:00Z');
const before = new Date('2026-03-09T09:00:00Z');
const later = new Date('2026-03-11T09:00:00Z');

const ready: ClosingFacts = {
  ledHere: true,
  announcedAt: before,
  closesAt: before,
  closedAt: null,
  summarisedAt: null,
  tenderAnnounced: false,
  openDisclosures: [],
  openInputs: 0,
  meetingsWithoutMinutes: 0,
};
const codes = (facts: Partial<ClosingFacts>) =>
  whatStandsOpen({ ...ready, ...facts }, now).map(({ code }) => code);

it.each<[string, Partial<ClosingFacts>, string[]]>([
  ['when everything is said and answered', {}, []],
  ['without a deadline', { closesAt: null }, []],
  ['at the very moment of the deadline', { closesAt: now }, []],
  ['not while one knows more than the others', { openDisclosures: [2] }, ['LEDGER_OPEN']],
  ['not before every input has its outcome', { openInputs: 1 }, ['INPUT_OPEN']],
  ['not before every meeting has its minutes', { meetingsWithoutMinutes: 3 }, ['MINUTES_MISSING']],
  ['not before the deadline', { closesAt: later }, ['DEADLINE_NOT_PASSED']],
  ['before the deadline, when the tender is announced', { closesAt: later, tenderAnnounced: true }, []],
  ['not twice', { closedAt: before }, ['ALREADY_CLOSED']],
  ['not once it is summarised', { summarisedAt: before }, ['ALREADY_CLOSED']],
  ['not as a draft', { announcedAt: null }, ['NOT_ANNOUNCED']],
  ['not when a notice leads it', { ledHere: false }, ['NOT_LED_HERE']],
  [
    'not with any of it, and says everything at once',
    { openDisclosures: [1, 3], openInputs: 2, meetingsWithoutMinutes: 1, closesAt: later },
    ['LEDGER_OPEN', 'INPUT_OPEN', 'MINUTES_MISSING', 'DEADLINE_NOT_PASSED'],
  ],
  // The announced tender ends the talk, and not what is owed.
  [
    'not with an open ledger either when the tender is announced',
    { openDisclosures: [1], tenderAnnounced: true },
    ['LEDGER_OPEN'],
  ],
])('a dialogue is closed %s', (_when, facts, expected) => {
  expect(codes(facts)).toEqual(expected);
});

it('says which entries are owed, in every language, as long as they are few', () => {
  const [few] = whatStandsOpen({ ...ready, openDisclosures: [2, 5] }, now);
  for (const language of ['nb', 'nn', 'en'] as const) expect(few?.messages[language]).toContain('2, 5');
  const numbers = Array.from({ length: 12 }, (_, at) => at + 1);
  const [many] = whatStandsOpen({ ...ready, openDisclosures: numbers }, now);
  expect(many?.messages.en).toContain('12 entries');
  expect(many?.messages.en).toContain('8, 9, 10 and 2 more');
});
