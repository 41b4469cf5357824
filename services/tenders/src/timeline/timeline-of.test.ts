import { TimelineKind } from '@samspill/subgraph';
import { expect, it } from 'vitest';
import { asTimeline, tendersTimeline } from './timeline-of.js';

const notice = (id: string, formType: string, day: string, isCorrection = false) => ({
  id,
  formType,
  isCorrection,
  tenderId: 't',
  title: `Kunngjøring ${id}`,
  publishedAt: new Date(`${day}T08:00:00Z`),
});

it('tells what notices, deadlines and contracts say', () => {
  const facts = tendersTimeline(
    [
      notice('1', 'planning', '2024-01-01'),
      notice('2', 'competition', '2024-03-01'),
      notice('3', 'competition', '2024-03-10', true),
      notice('4', 'result', '2024-06-01'),
      notice('5', 'consultation', '2024-02-01'),
    ],
    [{ id: 't', title: 'Renhold', deadline: new Date('2024-04-10T10:00:00Z') }],
    [{ tenderId: 't', title: null, signedOn: '2024-06-20' }],
  );
  expect(asTimeline(facts).map(({ at, kind, title }) => [at.toISOString(), kind, title])).toEqual([
    ['2024-01-01T08:00:00.000Z', TimelineKind.TENDER_PLANNED, 'Kunngjøring 1'],
    ['2024-03-01T08:00:00.000Z', TimelineKind.TENDER_ANNOUNCED, 'Kunngjøring 2'],
    ['2024-03-10T08:00:00.000Z', TimelineKind.TENDER_CORRECTED, 'Kunngjøring 3'],
    ['2024-04-10T10:00:00.000Z', TimelineKind.TENDER_DEADLINE, 'Renhold'],
    ['2024-06-01T08:00:00.000Z', TimelineKind.TENDER_CONCLUDED, 'Kunngjøring 4'],
    // Midnight where the buyer is.
    ['2024-06-19T22:00:00.000Z', TimelineKind.CONTRACT_SIGNED, 'Renhold'],
  ]);
});

it('puts what happened at one moment in the order of the chain, and tells nothing twice', () => {
  const at = new Date('2024-01-01T00:00:00Z');
  const fact = (kind: TimelineKind, subjectId: string) => ({ at, kind, title: '', subjectId });
  const line = asTimeline([
    fact(TimelineKind.TENDER_ANNOUNCED, 'n'),
    fact(TimelineKind.NEED_PUBLISHED, 'b'),
    fact(TimelineKind.NEED_PUBLISHED, 'a'),
    fact(TimelineKind.DIALOGUE_ANNOUNCED, 'd'),
    fact(TimelineKind.NEED_PUBLISHED, 'a'),
  ]);
  expect(line.map(({ kind, subject }) => `${kind} ${subject?.constructor.name} ${subject?.id}`)).toEqual([
    'NEED_PUBLISHED Need a',
    'NEED_PUBLISHED Need b',
    'DIALOGUE_ANNOUNCED MarketDialogue d',
    'TENDER_ANNOUNCED Notice n',
  ]);
});

it('keeps apart what everybody was told at one moment, in the order of the ledger', () => {
  const at = new Date('2024-01-01T00:00:00Z');
  const told = ['Zebra', 'Ape', 'Hest'].map((title) => ({
    ...{ at, title, kind: TimelineKind.DIALOGUE_DISCLOSED, subjectId: 'd' },
  }));
  const line = asTimeline(told);
  expect(line.map(({ title }) => title)).toEqual(['Zebra', 'Ape', 'Hest']);
  expect(new Set(line.map(({ id }) => id)).size).toBe(3);
  // The same entry has the same identifier whenever it is asked for.
  expect(asTimeline(told.slice(1)).map(({ id }) => id)).toEqual(line.slice(1).map(({ id }) => id));
});
