import { deepStrictEqual } from 'node:assert';
import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from './contestants.ts';
import type { LoadGenerator, Measured } from './load.ts';
import type { Effort } from './part.ts';
import { cpuSeconds, goOn, hold, memory, type Running } from './processes.ts';
import { ANY_SHOP } from './shop/data.ts';
import { expectedData } from './shop/expected.ts';
import { bodyOf, type Question } from './shop/questions.ts';
import { post, type StartedGateway } from './started-gateway.ts';

const CONNECTIONS = 16;

/** Short, so that what else the machine does falls on all gateways alike. */
const TURN = 1_000;

export interface Workload {
  readonly name: string;
  readonly question: Question;
  /** Whether every request is of a shop of its own, or all are the same. */
  readonly variables: 'unique' | 'repeated';
}

export interface Turn extends Measured {
  /** Of the gateway's processor time, in seconds. */
  readonly cpu: number;
  /** In use after it, in MB. */
  readonly memory: number;
  /** How much of the turn the services and the load generator were busy; near 1 they were the narrow place. */
  readonly servingShare: number;
}

/** What was measured of one gateway: a turn for each turn of the others, or why there is none. */
export interface Outcome {
  readonly contestant: Contestant;
  readonly turns: Turn[];
  fault?: string;
}

export interface Table {
  readonly workload: Workload;
  readonly outcomes: readonly Outcome[];
}

/** Whom to bill: the services and whoever asks. */
export interface Serving {
  readonly generator: LoadGenerator;
  readonly processes: readonly Running[];
}

/**
 * One workload, by all gateways in turns. Only the one whose turn it is runs, the others are held: an idle gateway
 * polls, compiles and collects garbage too.
 */
export async function measureInTurns(
  table: Table,
  gateways: readonly StartedGateway[],
  serving: Serving,
  { seconds, warmUpSeconds }: Effort,
): Promise<void> {
  const { question, variables } = table.workload;
  const body = bodyOf(question);
  const outcomes = new Map(table.outcomes.map((outcome) => [outcome.contestant, outcome]));
  const expected = new Map<StartedGateway, string>();

  const load = async (gateway: StartedGateway, milliseconds: number): Promise<Turn> => {
    const cpuBefore = cpuSeconds(gateway.running);
    const servingBefore = totalCpu(serving.processes);
    const began = performance.now();
    const measured = await serving.generator.run({
      url: gateway.url,
      requests: [{ headers: {}, body, expected: expected.get(gateway) ?? '' }],
      varying: variables === 'unique' ? ANY_SHOP : null,
      milliseconds,
      connections: CONNECTIONS,
    });
    const took = (performance.now() - began) / 1000;
    return {
      ...measured,
      cpu: cpuSeconds(gateway.running) - cpuBefore,
      memory: memory(gateway.running).now,
      servingShare: (totalCpu(serving.processes) - servingBefore) / took,
    };
  };

  /** Lets one go on for as long as `act` takes, unless it has failed before. */
  const inTurn = async (gateway: StartedGateway, act: (outcome: Outcome) => Promise<void>) => {
    const outcome = outcomes.get(gateway.contestant);
    if (!outcome || outcome.fault !== undefined) return;
    goOn(gateway.running);
    try {
      // For timers that have run out meanwhile.
      await delay(20);
      await act(outcome);
    } catch (error) {
      outcome.fault = (error as Error).message;
    } finally {
      hold(gateway.running);
    }
  };

  for (const gateway of gateways) {
    await inTurn(gateway, async () => {
      expected.set(gateway, await rightAnswer(gateway, question));
      await load(gateway, warmUpSeconds * 1000);
    });
  }
  for (let turn = 0; turn < seconds; turn++) {
    for (let place = 0; place < gateways.length; place++) {
      // Each is first once in a while, as whoever follows a pause is at an advantage.
      const gateway = gateways[(place + turn) % gateways.length] as StartedGateway;
      await inTurn(gateway, async (outcome) => void outcome.turns.push(await load(gateway, TURN)));
    }
  }
}

/**
 * The gateway's own spelling of the right answer: as data it must be what is expected, whatever the order of its
 * keys, and from then on it must be the same byte for byte. @throws when it is something else.
 */
export async function rightAnswer({ url }: StartedGateway, question: Question): Promise<string> {
  const response = await post(url, bodyOf(question));
  const text = await response.text();
  try {
    const expected: unknown = JSON.parse(JSON.stringify({ data: expectedData(question) }));
    deepStrictEqual(JSON.parse(text), expected);
  } catch {
    throw new Error(`It answers something else: ${text.slice(0, 300)}`);
  }
  return text;
}

const totalCpu = (processes: readonly Running[]) =>
  processes.reduce((sum, running) => sum + cpuSeconds(running), 0);
