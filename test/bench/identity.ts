import { randomBytes } from 'node:crypto';
import { markdownTable, median, withSpread, written } from './figures.ts';
import { type Measured, type Request, startLoadGenerator } from './load.ts';
import type { Effort, Part } from './part.ts';
import type { PartsOfIdentity } from './parts-of-identity.ts';
import { addressInLog, cpuSeconds, message, type Running, startProgram } from './processes.ts';
import { issuerWithTokens } from './tokens.ts';
import { small, twoServices, type Workload } from './workloads.ts';

const CONNECTIONS = 16;
const PERSONS = 200;
/** Short, so that what else the machine does falls on all lines alike. */
const TURN = 1_000;

/** One line of the table: a gateway, and who asks it. */
interface Line {
  readonly name: string;
  readonly program: string;
  readonly environment: Record<string, string>;
  /** How many persons' tokens are sent in turn. */
  readonly persons: 0 | 1 | typeof PERSONS;
}

const THE_GATEWAY = { program: 'gateway/dist/main.js', environment: {} };
const partly = (environment: PartsOfIdentity) => ({
  program: 'test/bench/gateway-with-parts-missing.ts',
  environment,
});

/** The others are compared with the first. */
const lines: readonly Line[] = [
  { name: 'without identity at all', ...partly({ IDENTIFY: 'nobody', SIGN: 'no' }), persons: 0 },
  { name: 'the gateway; no token', ...THE_GATEWAY, persons: 0 },
  { name: 'the gateway; a person’s token', ...THE_GATEWAY, persons: 1 },
  { name: `the gateway; ${PERSONS} persons’ tokens`, ...THE_GATEWAY, persons: PERSONS },
  {
    name: 'a person’s token, nothing signed for the services',
    ...partly({ IDENTIFY: 'remembering', SIGN: 'no' }),
    persons: 1,
  },
  {
    name: `${PERSONS} persons’ tokens, no token remembered`,
    ...partly({ IDENTIFY: 'always-verifying', SIGN: 'yes' }),
    persons: PERSONS,
  },
];

interface Turn extends Measured {
  readonly cpuPerThousand: number;
}

/** What it costs the gateway to know who asks, and to tell the services. */
export const identity: Part = {
  about: 'what it costs the gateway to know who asks',
  usual: { rounds: 5, seconds: 5, warmUpSeconds: 5 },
  quick: { rounds: 2, seconds: 2, warmUpSeconds: 1 },
  measure,
};

async function measure({ rounds, seconds, warmUpSeconds }: Effort): Promise<string> {
  const { issuer, tokens } = await issuerWithTokens(PERSONS);
  using stub = startProgram('test/bench/subgraph-stub.ts', 'serving');
  const services = await message<string>(stub);
  using generator = startLoadGenerator();
  const turns = new Map<Workload, Turn[][]>([
    [small, []],
    [twoServices, []],
  ]);

  for (let round = 1; round <= rounds; round++) {
    process.stderr.write(`Round ${round} of ${rounds} …\n`);
    using gateways = new DisposableStack();
    const started: { line: Line; gateway: Running; url: string }[] = [];
    for (const line of lines) {
      const gateway = gateways.use(startGateway(line));
      started.push({ line, gateway, url: await addressInLog(gateway) });
    }
    for (const [workload, measured] of turns) {
      const load = async ({ line, gateway, url }: (typeof started)[number], milliseconds: number) => {
        const before = cpuSeconds(gateway);
        const result = await generator.run({
          url,
          requests: requests(workload, line),
          milliseconds,
          connections: CONNECTIONS,
        });
        return { ...result, cpuPerThousand: ((cpuSeconds(gateway) - before) / result.requests) * 1000 };
      };
      for (const each of started) await load(each, warmUpSeconds * 1000);
      for (let turn = 0; turn < seconds; turn++) {
        const results: Turn[] = [];
        // Each is first once in a while, as whoever follows a pause is at an advantage.
        for (let place = 0; place < started.length; place++) {
          const index = (place + turn) % started.length;
          results[index] = await load(started[index] as (typeof started)[number], TURN);
        }
        measured.push(results);
      }
    }
  }
  return tableOf(turns);

  function startGateway({ program, environment }: Line): Running {
    return startProgram(program, 'measured', {
      ...environment,
      HOST: '127.0.0.1',
      PORT: '0',
      ISSUERS: JSON.stringify([issuer]),
      GATEWAY_KEY: key,
      TENDERS_URL: services,
      SUPPLIERS_URL: services,
      DIALOGUE_URL: services,
      EVENTS_URL: services,
    });
  }

  function requests({ query, data }: Workload, { persons }: Line): Request[] {
    const body = JSON.stringify({ query });
    const expected = `${JSON.stringify({ data })}\n`;
    if (persons === 0) return [{ headers: {}, body, expected }];
    return tokens
      .slice(0, persons)
      .map((token) => ({ headers: { authorization: `Bearer ${token}` }, body, expected }));
  }
}

const key = randomBytes(32).toString('base64url');

function tableOf(all: ReadonlyMap<Workload, readonly Turn[][]>): string {
  const rows = [...all].flatMap(([workload, turns]) =>
    lines.map(({ name }, index) => {
      const own = turns.map((turn) => turn[index] as Turn);
      // Of the same turn, so that what slowed both down is in neither.
      const ratio = (figure: (turn: Turn) => number) =>
        turns.map((turn) => figure(turn[index] as Turn) / figure(turn[0] as Turn));
      return [
        workload.name,
        name,
        written(median(own.map(({ perSecond }) => perSecond))),
        written(median(own.map(({ p50 }) => p50)), 1),
        written(median(own.map(({ p99 }) => p99)), 1),
        written(median(own.map(({ cpuPerThousand }) => cpuPerThousand)), 3),
        index === 0 ? '1' : withSpread(ratio(({ perSecond }) => perSecond)),
        index === 0 ? '1' : withSpread(ratio(({ cpuPerThousand }) => 1 / cpuPerThousand)),
      ];
    }),
  );
  const head = [
    'Query',
    'Gateway',
    'Requests/s',
    'p50, ms',
    'p99, ms',
    'CPU s per 1 000',
    'Ratio',
    'Ratio by CPU',
  ];
  return markdownTable(head, rows);
}
