import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { markdownTable, median, withSpread, written } from './figures.ts';
import { type LoadGenerator, type Request, startLoadGenerator } from './load.ts';
import type { Effort, Part } from './part.ts';
import { cpuSeconds, memory } from './processes.ts';
import {
  type Hosting,
  hostings,
  type RunningHosting,
  type RunningServer,
  startServer,
} from './region-hostings.ts';
import { page } from './region-page.ts';
import { post } from './started-gateway.ts';

const CONNECTIONS = 16;

/** How long a hosting may take until it has its demo data and answers, in milliseconds. */
const PATIENCE = 180_000;

/** Issue 5: so many times as many pages for each second of processor time, in one process as in five. */
const ASKED = 3;

interface Turn {
  readonly pagesPerSecond: number;
  /** Of the Node processes’ time. */
  readonly pagesPerCpuSecond: number;
  /** Of theirs and the database's. */
  readonly pagesPerCpuSecondOfAll: number;
  readonly p50: number;
  readonly p99: number;
  /** Of all processes together, in MB. */
  readonly memory: number;
}

export const region: Part = {
  about: 'a municipality’s page by Samspill itself, in one process and in five',
  usual: { rounds: 3, seconds: 8, warmUpSeconds: 8 },
  quick: { rounds: 1, seconds: 3, warmUpSeconds: 3 },
  measure,
};

async function measure(effort: Effort): Promise<string> {
  await using server = await startServer();
  using generator = startLoadGenerator();
  const serving = { generator, server };
  const turns = hostings.map((): Turn[] => []);
  let expected: unknown[] | null = null;
  for (let round = 1; round <= effort.rounds; round++) {
    using started = new DisposableStack();
    const all: { hosting: Hosting; running: RunningHosting; requests: Request[] }[] = [];
    for (const hosting of hostings) {
      process.stderr.write(`Round ${round} of ${effort.rounds}: starting ${hosting.name} …\n`);
      const running = started.use(await hosting.start(server.url));
      const answers = await settled(running, expected);
      expected ??= answers.map((answer) => JSON.parse(answer));
      const requests = answers.map((answer, at) => ({
        headers: {},
        body: JSON.stringify({ query: page[at] }),
        expected: answer,
      }));
      all.push({ hosting, running, requests });
    }
    process.stderr.write(`Round ${round} of ${effort.rounds}: measuring …\n`);
    for (const { running, requests } of all) {
      await load(serving, running, requests, effort.warmUpSeconds * 1000);
    }
    for (let second = 0; second < effort.seconds; second++) {
      for (let place = 0; place < all.length; place++) {
        const index = (place + second) % all.length;
        const { running, requests } = all[index] as (typeof all)[number];
        turns[index]?.push(await load(serving, running, requests, 1_000));
      }
    }
  }
  return tableOf(turns);
}

async function load(
  { generator, server }: { generator: LoadGenerator; server: RunningServer },
  { url, processes }: RunningHosting,
  requests: Request[],
  milliseconds: number,
): Promise<Turn> {
  const cpu = () => processes.reduce((sum, each) => sum + cpuSeconds(each), 0);
  const [before, ofDatabaseBefore] = [cpu(), server.cpuSeconds()];
  const measured = await generator.run({ url, requests, milliseconds, connections: CONNECTIONS });
  const [own, ofDatabase] = [cpu() - before, server.cpuSeconds() - ofDatabaseBefore];
  const pages = measured.requests / page.length;
  return {
    pagesPerSecond: measured.perSecond / page.length,
    pagesPerCpuSecond: pages / own,
    pagesPerCpuSecondOfAll: pages / (own + ofDatabase),
    p50: measured.p50,
    p99: measured.p99,
    memory: processes.reduce((sum, each) => sum + memory(each).now, 0),
  };
}

/**
 * Waits until the demo data is there, and all that follows from it in other services, and answers with the page's
 * answers as this hosting spells them. @throws when they are not the expected ones, or have errors, for too long.
 */
async function settled(running: RunningHosting, expected: unknown[] | null): Promise<string[]> {
  const end = performance.now() + PATIENCE;
  let last = '';
  for (let before = ''; performance.now() < end; before = last) {
    running.assertRunning();
    try {
      const responses = await Promise.all(page.map((query) => post(running.url, JSON.stringify({ query }))));
      const answers = await Promise.all(responses.map((response) => response.text()));
      last = answers.join('\n');
      const data: unknown[] = answers.map((answer) => JSON.parse(answer));
      const whole = responses.every(({ ok }) => ok) && !last.includes('"errors":');
      if (whole && (expected ? isDeepStrictEqual(data, expected) : last === before)) return answers;
    } catch (error) {
      // Not listening yet, or not what a gateway says.
      last = String(error);
    }
    await delay(1_000);
  }
  throw new Error(`The page is not what it should be after ${PATIENCE} ms: ${last.slice(0, 1_000)}`);
}

function tableOf(turns: readonly Turn[][]): string {
  const five = turns.at(-1) as Turn[];
  const ratio = (own: readonly Turn[], figure: (turn: Turn) => number) =>
    own.map((turn, at) => figure(turn) / figure(five[at] as Turn));
  const byCpu = ({ pagesPerCpuSecond }: Turn) => pagesPerCpuSecond;
  const byCpuOfAll = ({ pagesPerCpuSecondOfAll }: Turn) => pagesPerCpuSecondOfAll;
  const rows = hostings.map(({ name }, at) => {
    const own = turns[at] as Turn[];
    const of = (figure: (turn: Turn) => number) => median(own.map(figure));
    return [
      name,
      written(
        of(({ pagesPerSecond }) => pagesPerSecond),
        1,
      ),
      written(of(byCpu), 1),
      own === five ? '1' : withSpread(ratio(own, byCpu)),
      written(of(byCpuOfAll), 1),
      own === five ? '1' : withSpread(ratio(own, byCpuOfAll)),
      written(
        of(({ p50 }) => p50),
        1,
      ),
      written(
        of(({ p99 }) => p99),
        1,
      ),
      written(Math.max(...own.map((turn) => turn.memory))),
    ];
  });
  const head = [
    'Hosting',
    'Pages/s',
    'Pages per CPU second',
    '× five processes',
    'Database included',
    '× five processes',
    'p50 of a query, ms',
    'p99, ms',
    'Memory, MB',
  ];
  const verdicts = hostings.slice(0, -1).map(({ name, databaseInside }, at) => {
    // Where the database is in the process, its work has to be counted on the other side too.
    const reached = median(ratio(turns[at] as Turn[], databaseInside ? byCpuOfAll : byCpu));
    return [name, `≥ ${ASKED} × five processes`, written(reached, 2), reached >= ASKED ? 'yes' : 'no'];
  });
  return [
    markdownTable(head, rows),
    markdownTable(['Hosting', 'Asked, by CPU', 'Reached', 'Holds'], verdicts),
  ].join('\n\n');
}
