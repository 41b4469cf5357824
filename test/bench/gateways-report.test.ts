import { expect, it } from 'vitest';
import { type Contestant, contestants } from './contestants.ts';
import { workloads } from './gateways.ts';
import { gatewayReport } from './gateways-report.ts';
import { mustHold } from './must-hold.ts';
import type { Outcome, Table, Turn } from './turns.ts';

const turn = (perSecond: number): Turn => ({
  requests: perSecond,
  perSecond,
  p50: 1,
  p99: 2,
  cpu: 0.5,
  memory: 200,
  servingShare: 0.4,
});

/** Every workload, with each gateway as fast in each turn as `speed` says; a text is why it was not measured. */
const tables = (speed: (contestant: Contestant, at: number) => number | string): Table[] =>
  workloads.map((workload) => ({
    workload,
    outcomes: contestants.map((contestant): Outcome => {
      const speeds = [speed(contestant, 0), speed(contestant, 1)];
      const fault = speeds.find((each) => typeof each === 'string');
      const turns = speeds.flatMap((each) => (typeof each === 'number' ? [turn(each)] : []));
      return fault === undefined ? { contestant, turns } : { contestant, turns, fault };
    }),
  }));

const row = (markdown: string, ...words: string[]) =>
  markdown.split('\n').find((line) => words.every((word) => line.includes(word)));

it('compares within a turn, so that a slow moment of the machine is in no ratio', () => {
  const report = gatewayReport(tables(({ family }, at) => (family === 'ours' ? 600 : 100) * (at + 1)));
  expect(row(report, 'Samspill, nothing shared')).toContain('| 6.0 (6.0–6.0) |');
  expect(row(report, 'Samspill, nothing shared')).toContain('| 900 |');
});

it('never drops a gateway that was not measured, and says why', () => {
  const report = gatewayReport(
    tables(({ family }) => (family === 'grafbase' ? 'it is not for\nthis processor' : 100)),
  );
  expect(row(report, '| Grafbase')).toContain('| not measured |');
  expect(report).toContain(
    'Grafbase gateway (Rust), mutation: not measured, because it is not for this processor',
  );
  expect(
    row(
      mustHold(tables(({ family }) => (family === 'grafbase' ? 'gone' : 100))),
      'small, unique',
      'Grafbase',
    ),
  ).toContain('| not measured |');
});

it('holds the best of Hive against ours with nothing shared, and with all shared where requests repeat', () => {
  const table = mustHold(
    tables(({ family, shares, name }) => {
      if (family === 'ours') return shares ? 3_000 : 1_000;
      if (family === 'ours, stock execution') return 9_000;
      return family === 'hive' && name.includes('Rust') ? 400 : 200;
    }),
  );
  expect(row(table, 'small, unique', 'best of Hive')).toBe(
    '| small, unique variables | ≥ 2 × the best of Hive | 2.50 | 2.50 | yes |',
  );
  expect(row(table, 'small, repeated', 'best of Hive')).toContain('| 7.50 | 7.50 | yes |');
  expect(row(table, 'nested, unique', 'stock')).toContain('| 5.00 | 5.00 | yes |');
  expect(row(table, 'small, repeated', 'stock')).toContain('| 15.00 | 15.00 | yes |');
});

it('says no to what is not reached', () => {
  const table = mustHold(tables(() => 100));
  expect(row(table, 'small, unique', 'stock')).toContain('| 1.00 | 1.00 | no |');
  expect(row(table, 'small, unique', 'relay')).toContain('| yes |');
  expect(row(table, 'mutation', 'MB')).toContain('| 200 MB |');
});
