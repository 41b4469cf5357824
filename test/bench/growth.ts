import { totalmem } from 'node:os';
import { openServices, serviceNamed } from '@samspill/region';
import { executeInProcess, publicRequest, type Service } from '@samspill/subgraph';
import pg from 'pg';
import pino from 'pino';
import { markdownTable, quantile, written } from './figures.ts';
import { type Chance, chance } from './growth/chance.ts';
import { generated } from './growth/generate.ts';
import { type Known, whatIsThere } from './growth/known.ts';
import { load } from './growth/load.ts';
import { type Question, questions } from './growth/questions.ts';
import { importRealNotices } from './growth/real-notices.ts';
import { readSample } from './growth/sample.ts';
import type { Effort, Part } from './part.ts';
import { startServer } from './region-hostings.ts';

/** As PostgreSQL's manual advises for a server of its own: a quarter of the memory. What it begins with is 128 MB. */
const SETTINGS = [`shared_buffers=${Math.floor(totalmem() / 4 / 1024 ** 2)}MB`];

/** How many tenders there are, each in a database of its own. */
const SIZES = [10_000, 100_000, 1_000_000] as const;
const PER_SECOND = 10;

interface Measured {
  readonly p50: number;
  readonly p99: number;
}

export const growth: Part = {
  isWithin: true,
  about: 'what a list costs with 10 000, 100 000 and 1 000 000 tenders (--rounds: how many of these)',
  usual: { rounds: 3, seconds: 10, warmUpSeconds: 2 },
  quick: { rounds: 2, seconds: 3, warmUpSeconds: 1 },
  measure,
};

async function measure({ rounds, seconds, warmUpSeconds }: Effort): Promise<string> {
  const sizes = SIZES.slice(0, rounds);
  await using server = await startServer(...SETTINGS);
  await using started = new AsyncDisposableStack();
  const graphs: Graph[] = [];
  for (const size of sizes) graphs.push(started.use(await graphOf(server.url, size)));
  await askAll(graphs, warmUpSeconds * PER_SECOND);
  return tableOf(sizes, await askAll(graphs, seconds * PER_SECOND));
}

/** The service for tenders on a database of its own, with so many of them. */
interface Graph extends AsyncDisposable {
  readonly service: Service;
  readonly known: Known;
}

async function graphOf(server: string, size: number): Promise<Graph> {
  const databaseUrl = await emptyDatabase(server, `growth_${size}`);
  const { services, close } = await openServices({ databaseUrl, demo: true, log: pino({ level: 'warn' }) });
  const service = serviceNamed(services, 'tenders');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await importRealNotices(service);
    process.stderr.write(`Loading ${written(size)} tenders …\n`);
    const now = new Date();
    await load(client, generated(await readSample(client), 0, size, now));
    return { service, known: await whatIsThere(client, service, now), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    await client.end();
  }
}

async function emptyDatabase(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}

/**
 * All questions in turn, each with its own values, of all sizes one after the other, so that what else the machine does
 * falls on all of them alike. By size, then by question.
 */
async function askAll(graphs: readonly Graph[], times: number): Promise<Measured[][]> {
  const taken = graphs.map(() => questions.map((): number[] => []));
  for (let turn = 0; turn < times; turn++) {
    for (const [at, question] of questions.entries()) {
      for (const [size, { service, known }] of graphs.entries()) {
        const own = chance(turn * questions.length + at);
        taken[size]?.[at]?.push(await timeOf(service, question, own, known));
      }
    }
  }
  return taken.map((column) =>
    column.map((each) => ({ p50: quantile(each, 0.5), p99: quantile(each, 0.99) })),
  );
}

async function timeOf(
  service: Service,
  { query, variables }: Question,
  own: Chance,
  known: Known,
): Promise<number> {
  const operation = { query, variables: variables(own, known) };
  const began = performance.now();
  const { errors } = await executeInProcess(service, operation, publicRequest());
  const time = performance.now() - began;
  if (errors) throw new Error(`Not answered: ${JSON.stringify([operation, errors])}`);
  return time;
}

function tableOf(sizes: readonly number[], columns: readonly Measured[][]): string {
  const times = (of: Measured | undefined) => [
    written(of?.p50 ?? Number.NaN, 1),
    written(of?.p99 ?? Number.NaN, 1),
  ];
  const rows = questions.map(({ name, mayGrow }, at) => {
    const [first, last] = [columns[0]?.[at], columns.at(-1)?.[at]];
    const ratio = first && last ? last.p50 / first.p50 : Number.NaN;
    const verdict = mayGrow === null ? '' : `${mayGrow} ${ratio <= mayGrow ? 'kept' : '**missed**'}`;
    return [name, ...columns.flatMap((column) => times(column[at])), ratio.toFixed(2), verdict];
  });
  const head = sizes.flatMap((size) => [`${written(size)}: p50, ms`, 'p99, ms']);
  return markdownTable(['Question', ...head, 'Ratio of p50, last to first', 'May grow'], rows);
}
