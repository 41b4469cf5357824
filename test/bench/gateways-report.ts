import type { Contestant } from './contestants.ts';
import { markdownTable, median, withSpread, written } from './figures.ts';
import { mustHold } from './must-hold.ts';
import { peerVersion } from './peers.ts';
import type { Outcome, Table, Turn } from './turns.ts';

/** All that was measured of gateways, in Markdown. */
export function gatewayReport(tables: readonly Table[]): string {
  const head = [
    'Gateway',
    'Requests/s',
    '× stock',
    'p50, ms',
    'p99, ms',
    'CPU, ms each',
    '× stock by CPU',
    'Memory, MB',
    'Others busy',
  ];
  return [
    ...tables.map(({ workload, outcomes }) => {
      const stock = outcomes.find(({ contestant }) => contestant.family === 'stock');
      return `### ${workload.name}\n\n${markdownTable(
        head,
        outcomes.map((outcome) => line(outcome, stock)),
      )}`;
    }),
    `### Asked and reached\n\n${mustHold(tables)}`,
    faults(tables),
    versions(tables[0]?.outcomes.map(({ contestant }) => contestant) ?? []),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

function line(outcome: Outcome, stock: Outcome | undefined): string[] {
  const { contestant, turns, fault } = outcome;
  if (fault !== undefined) return [contestant.name, 'not measured', ...Array.from({ length: 7 }, () => '–')];
  const of = (figure: (turn: Turn) => number) => median(turns.map(figure));
  const stocks = stock && stock !== outcome && stock.fault === undefined ? stock : null;
  const compared = (figure: (turn: Turn) => number) =>
    stocks ? withSpread(ratios(outcome, stocks, figure), 1) : stock === outcome ? '1' : '–';
  return [
    contestant.name,
    written(of(perSecond)),
    compared(perSecond),
    written(
      of(({ p50 }) => p50),
      1,
    ),
    written(
      of(({ p99 }) => p99),
      1,
    ),
    written(
      of((turn) => 1000 / perCpuSecond(turn)),
      3,
    ),
    compared(perCpuSecond),
    written(Math.max(...turns.map(({ memory }) => memory))),
    `${written(of(({ servingShare }) => servingShare * 100))} %`,
  ];
}

export const perSecond = (turn: Turn): number => turn.perSecond;
export const perCpuSecond = (turn: Turn): number => turn.requests / turn.cpu;

/** A figure of one divided by that of another in the same turn, so that what slowed both down is in neither. */
export function ratios(one: Outcome, other: Outcome, figure: (turn: Turn) => number): number[] {
  return one.turns.flatMap((turn, at) => {
    const against = other.turns[at];
    return against ? [figure(turn) / figure(against)] : [];
  });
}

function faults(tables: readonly Table[]): string {
  const lines = tables.flatMap(({ workload, outcomes }) =>
    outcomes.flatMap(({ contestant, fault }) =>
      fault === undefined
        ? []
        : [`- ${contestant.name}, ${workload.name}: not measured, because ${fault.replaceAll(/\s+/g, ' ')}`],
    ),
  );
  return lines.join('\n');
}

function versions(measured: readonly Contestant[]): string {
  const names = [...new Set(measured.flatMap(({ packages }) => packages))];
  return `Versions: ${names.map((name) => `\`${name}\` ${peerVersion(name) ?? 'not installed'}`).join(', ')}.`;
}
