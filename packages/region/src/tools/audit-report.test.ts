import type { Verdict } from '@samspill/audit';
import { expect, it } from 'vitest';
import { conclusionOf, exitCodeOf, linesOf, reportOfMissing, type ServiceReport } from './audit-report.js';

const whole: ServiceReport = {
  service: 'tenders',
  found: true,
  entries: 12_345,
  checkpoints: 2,
  signaturesChecked: true,
  persons: 1,
  milliseconds: 1_234,
  unknownKeys: [],
  break: null,
};

const changed = (row: NonNullable<Verdict['break']>['row']): ServiceReport => ({
  ...whole,
  entries: 89,
  break: { sequence: '90', what: 'CHANGED', row, explanation: { nb: 'Endret.', en: 'It was changed.' } },
});

it('is a line for what is whole', () => {
  expect(linesOf(whole)).toEqual([
    '  tenders    whole: 12 345 entries, 2 checkpoints (signatures checked), 1 entry with a known person, 1.2 s',
  ]);
  expect(linesOf({ ...whole, signaturesChecked: false })[0]).toContain('(signatures NOT checked)');
});

it('names the row where it is broken', () => {
  const row = {
    sequence: '90',
    at: '2026-03-02T08:01:29.000Z',
    operation: 'openBids',
    object: { type: 'Opening', id: 'åpning 89' },
  };
  expect(linesOf(changed(row))).toEqual([
    '  tenders    BROKEN at entry 90 (CHANGED)',
    '    It was changed.',
    '    row: sequence 90, operation openBids, object Opening åpning 89, time 2026-03-02T08:01:29.000Z',
    '    89 entries before it are as written.',
  ]);
  expect(linesOf(changed(null))[2]).toBe('    The row itself is not there.');
});

it('lets nothing through to the terminal that is not text', () => {
  const row = { sequence: '90', at: 'x', operation: '\u001b[2J\u202ewhole', object: null };
  expect(linesOf(changed(row))[2]).toBe('    row: sequence 90, operation �[2J�whole, object none, time x');
});

it('says which key a checkpoint names that nobody gave', () => {
  const broken = changed(null);
  const report = {
    ...broken,
    break: { ...(broken.break as NonNullable<Verdict['break']>), what: 'CHECKPOINT' as const },
  };
  expect(linesOf({ ...report, unknownKeys: ['0123'] }).at(-1)).toMatch(/a key that was not given: 0123\./);
});

it('tells a log that was never there from one that was', () => {
  const never = reportOfMissing('events', []);
  expect(linesOf(never)).toEqual([
    '  events     has no audit log here: the service has never run on this database',
  ]);
  const witness = { service: 'events', sequence: '7' } as Parameters<typeof reportOfMissing>[1][number];
  const removed = reportOfMissing('events', [witness, { ...witness, service: 'tenders', sequence: '9' }]);
  expect(removed.break).toMatchObject({
    what: 'TAIL_CUT',
    explanation: { en: expect.stringContaining('7') },
  });
  expect(exitCodeOf([whole, whole])).toBe(0);
  expect(exitCodeOf([whole, never])).toBe(2);
  expect(exitCodeOf([never, removed])).toBe(1);
  expect(conclusionOf([whole, never])).toBe('There is no audit log of events; the others are whole.');
  expect(conclusionOf([never])).toMatch(/no service of Samspill has run on it/);
  expect(conclusionOf([whole, removed])).toBe('The audit log of events is not what was written.');
});
