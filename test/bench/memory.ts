import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Contestant, contestants } from './contestants.ts';
import { markdownTable, slope, written } from './figures.ts';
import { type LoadGenerator, type Request, startLoadGenerator } from './load.ts';
import { mixedQuestions } from './memory-load.ts';
import type { Effort, Part } from './part.ts';
import { memory as memoryOf, message, startProgram } from './processes.ts';
import { ANY_SHOP } from './shop/data.ts';
import { bodyOf, type Question } from './shop/questions.ts';
import { shopSupergraph } from './shop/schemas.ts';
import { post, type StartedGateway, startContestant } from './started-gateway.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { rightAnswer } from './turns.ts';

const CONNECTIONS = 16;

/** How often memory is looked at, at most, in milliseconds. */
const EVERY = 10_000;

/** Issue 5: at most so many MB, and no growth. */
const MOST = 300;

/** Less than this, in MB a minute, is how a heap breathes: it would take half a day to double the memory. */
const BREATHING = 0.5;

export const memory: Part = {
  about: 'the memory of our gateway over ten minutes (--seconds) of unique queries and variables',
  usual: { rounds: 1, seconds: 600, warmUpSeconds: 0 },
  quick: { rounds: 1, seconds: 60, warmUpSeconds: 0 },
  measure,
};

interface Course {
  readonly contestant: Contestant;
  readonly requests: number;
  /** In MB, one after another. */
  readonly samples: readonly number[];
  readonly peak: number;
  /** Over the second half, in MB a minute. */
  readonly growth: number;
}

async function measure({ seconds }: Effort): Promise<string> {
  using directory = temporaryDirectory();
  using shop = startProgram('test/bench/shop/server.ts', 'serving');
  const services = await message<string>(shop);
  const supergraph = join(directory.path, 'supergraph.graphql');
  writeFileSync(supergraph, shopSupergraph(services));
  using generator = startLoadGenerator();
  const courses: Course[] = [];
  for (const contestant of contestants.filter(({ family }) => family === 'ours')) {
    process.stderr.write(`${contestant.name}: ${seconds} seconds …\n`);
    courses.push(await courseOf(contestant, { shop: services, supergraph }, generator, seconds * 1000));
  }
  return tableOf(courses);
}

async function courseOf(
  contestant: Contestant,
  place: { shop: string; supergraph: string },
  generator: LoadGenerator,
  milliseconds: number,
): Promise<Course> {
  using gateway = await startContestant(contestant, place);
  const requests: Request[] = [];
  for (const question of mixedQuestions()) {
    const expected = question.valid ? await rightAnswer(gateway, question) : await refusal(gateway, question);
    requests.push({ headers: {}, body: bodyOf(question), expected });
  }
  const every = Math.min(EVERY, milliseconds / 20);
  const samples: number[] = [];
  const done = new AbortController();
  const sampling = (async () => {
    while (!done.signal.aborted) {
      await delay(every);
      samples.push(memoryOf(gateway.running).now);
    }
  })();
  try {
    const { requests: count } = await generator.run({
      url: gateway.url,
      requests,
      varying: ANY_SHOP,
      milliseconds,
      connections: CONNECTIONS,
    });
    const growth = slope(samples.slice(Math.floor(samples.length / 2))) * (60_000 / every);
    return { contestant, requests: count, samples, peak: memoryOf(gateway.running).peak, growth };
  } finally {
    done.abort();
    await sampling;
  }
}

/** What it says of a question that its schema does not have. @throws when it answers it. */
async function refusal({ url }: StartedGateway, question: Question): Promise<string> {
  const text = await (await post(url, bodyOf(question))).text();
  if (!text.includes('"errors"')) throw new Error(`It should have refused ${question.query}: ${text}`);
  return text;
}

function tableOf(courses: readonly Course[]): string {
  const head = [
    'Gateway',
    'Requests',
    'After a tenth, MB',
    'Half way, MB',
    'At the end, MB',
    'Peak, MB',
    'Growth over the second half, MB a minute',
    `≤ ${MOST} MB`,
    'No growth',
  ];
  const yes = (holds: boolean) => (holds ? 'yes' : 'no');
  const rows = courses.map(({ contestant, requests, samples, peak, growth }) => [
    contestant.name,
    written(requests),
    written(samples[Math.floor(samples.length / 10)] ?? Number.NaN),
    written(samples[Math.floor(samples.length / 2)] ?? Number.NaN),
    written(samples.at(-1) ?? Number.NaN),
    written(peak),
    written(growth, 2),
    yes(peak <= MOST),
    yes(growth <= BREATHING),
  ]);
  return markdownTable(head, rows);
}
