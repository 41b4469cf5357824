import { expect, it } from 'vitest';
import { certificatePaper, checkPaper, hoursOf } from './certificate-paper.js';

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 4, 10, hour, minute));
const item = (from: Date, to: Date) => ({ startsAt: from, endsAt: to });
const whole = item(at(7), at(13));

it.each([
  ['without a programme, from beginning to end', [], 6],
  ['with a break', [item(at(7), at(9)), item(at(10), at(13))], 5],
  [
    'with items at the same time, once',
    [item(at(7), at(9)), item(at(7), at(8)), item(at(8), at(9, 30))],
    2.5,
  ],
  ['in any order', [item(at(12), at(13)), item(at(7), at(8))], 2],
  ['rounded', [item(at(7), at(7, 50))], 0.8],
])('counts the hours of an event %s', (_, programme, hours) => {
  expect(hoursOf(whole, programme)).toBe(hours);
});

const facts = {
  ...whole,
  name: 'Kari Kursdeltaker',
  organisation: 'Mysen Rørleggerverksted AS',
  title: 'Slik vinner du anbud',
  organiser: 'Indre Østfold kommune',
  place: 'Mysen bibliotek',
  hours: 4.5,
  code: 'ABCDE-12345',
  checkUrl: 'https://samspill.example/events/certificates/codes/ABCDE12345',
  issuedAt: at(20),
};
const textOf = (paper: ReturnType<typeof certificatePaper>) => JSON.stringify(paper.blocks);

it('puts on a certificate who was where, when and for how long', () => {
  const text = textOf(certificatePaper(facts, 'nb'));
  for (const each of [
    ...[
      facts.name,
      facts.organisation,
      facts.title,
      facts.organiser,
      facts.place,
      facts.code,
      facts.checkUrl,
    ],
    ...['søndag 10. mai 2026 kl. 09.00–15.00', '4,5 timer', 'ingen fordel i en konkurranse'],
  ]) {
    expect(text).toContain(each);
  }
  expect(textOf(certificatePaper({ ...facts, place: null }, 'en'))).toContain('Online');
  expect(textOf(certificatePaper(facts, 'en'))).toContain('4.5 hours');
  expect(textOf(certificatePaper({ ...facts, organisation: null }, 'nn'))).not.toContain('null');
});

it('tells whoever checks a code whether it holds, and no name', () => {
  const { title, organiser, startsAt, endsAt, code } = facts;
  const check = { title, organiser, startsAt, endsAt, code, valid: true };
  expect(textOf(checkPaper(check, 'nb', at(21)))).toContain('Koden er gyldig');
  expect(textOf(checkPaper({ ...check, valid: false }, 'nb', at(21)))).toContain('ikke gyldig lenger');
  expect(textOf(checkPaper(check, 'nb', at(21)))).not.toContain('Kari');
});
