import type { Contestant } from './contestants.ts';
import { markdownTable, median, written } from './figures.ts';
import { perCpuSecond, perSecond, ratios } from './gateways-report.ts';
import type { Outcome, Table, Turn } from './turns.ts';

type Family = Contestant['family'];
type Peer = Exclude<Family, 'ours' | 'ours, stock execution'>;

/** What is promised of a workload: at least so many times what the best of a family does. */
interface Promised {
  readonly workload: string;
  readonly against: Peer;
  readonly atLeast: number;
}

const SMALL = 'small, unique variables';
const NESTED = 'nested, unique variables';

/** Issue 5, "Must hold", as far as it is about gateways compared. */
const promises: readonly Promised[] = [
  { workload: SMALL, against: 'stock', atLeast: 5 },
  { workload: SMALL, against: 'hive', atLeast: 2 },
  { workload: SMALL, against: 'mercurius', atLeast: 1.2 },
  { workload: SMALL, against: 'grafbase', atLeast: 1 },
  { workload: SMALL, against: 'relay', atLeast: 0.7 },
  { workload: NESTED, against: 'stock', atLeast: 4 },
  { workload: NESTED, against: 'hive', atLeast: 1.5 },
  { workload: NESTED, against: 'grafbase', atLeast: 0.6 },
  { workload: NESTED, against: 'relay', atLeast: 0.6 },
  ...['small, repeated', 'nested, repeated'].flatMap((workload): Promised[] => [
    { workload, against: 'stock', atLeast: 10 },
    { workload, against: 'hive', atLeast: 2 },
    { workload, against: 'grafbase', atLeast: 1 },
  ]),
];

/** The most memory that our gateway may have in use, in MB. */
const MOST_MEMORY = 300;

const names: Record<Peer, string> = {
  stock: 'stock Apollo',
  hive: 'the best of Hive',
  mercurius: 'Mercurius',
  grafbase: 'Grafbase',
  relay: 'the relay',
};

/** What is asked of our gateway, and what it reached. */
export function mustHold(tables: readonly Table[]): string {
  const rows = promises.flatMap(({ workload, against, atLeast }) => {
    const table = tables.find((each) => each.workload.name === workload);
    if (!table) return [];
    // What can be shared only counts where sharing is what is measured.
    const own = ours(table, table.workload.variables === 'repeated');
    const peer = best(table.outcomes.filter(({ contestant }) => contestant.family === against));
    const reached = (figure: (turn: Turn) => number) =>
      own && peer ? median(ratios(own, peer, figure)) : Number.NaN;
    const [ratio, byCpu] = [reached(perSecond), reached(perCpuSecond)];
    const asked = `≥ ${atLeast} × ${names[against]}`;
    return [[workload, asked, written(ratio, 2), written(byCpu, 2), verdict(ratio, ratio >= atLeast)]];
  });
  return markdownTable(
    ['Workload', 'Asked', 'Reached', 'By CPU', 'Holds'],
    [...rows, ...tables.flatMap(memoryRow)],
  );
}

function memoryRow(table: Table): string[][] {
  const own = ours(table, false);
  if (!own) return [];
  const most = Math.max(...own.turns.map(({ memory }) => memory));
  return [
    [
      table.workload.name,
      `≤ ${MOST_MEMORY} MB`,
      `${written(most)} MB`,
      '',
      verdict(most, most <= MOST_MEMORY),
    ],
  ];
}

/** A ratio that nobody could measure says nothing. */
const verdict = (value: number, holds: boolean) =>
  Number.isNaN(value) ? 'not measured' : holds ? 'yes' : 'no';

const ours = ({ outcomes }: Table, shares: boolean) =>
  best(outcomes.filter(({ contestant }) => contestant.family === 'ours' && contestant.shares === shares));

/** The one with the highest throughput among those that were measured. */
function best(outcomes: readonly Outcome[]): Outcome | undefined {
  const throughput = ({ turns }: Outcome) => median(turns.map(perSecond));
  return outcomes
    .filter(({ turns, fault }) => fault === undefined && turns.length > 0)
    .toSorted((a, b) => throughput(b) - throughput(a))[0];
}
