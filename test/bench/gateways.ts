import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Contestant, contestants } from './contestants.ts';
import { gatewayReport } from './gateways-report.ts';
import { startLoadGenerator } from './load.ts';
import type { Effort, Part } from './part.ts';
import { installPeers, peerVersion } from './peers.ts';
import { hold, message, startProgram } from './processes.ts';
import { questions } from './shop/questions.ts';
import { shopSupergraph } from './shop/schemas.ts';
import { type StartedGateway, startContestant } from './started-gateway.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { measureInTurns, type Table, type Workload } from './turns.ts';

export const workloads: readonly Workload[] = [
  { name: 'small, unique variables', question: questions.small, variables: 'unique' },
  { name: 'small, repeated', question: questions.small, variables: 'repeated' },
  { name: 'nested, unique variables', question: questions.nested, variables: 'unique' },
  { name: 'nested, repeated', question: questions.nested, variables: 'repeated' },
  { name: 'mutation', question: questions.mutation, variables: 'unique' },
];

export const gateways: Part = {
  about:
    'ours and its peers in front of the same services, in turns; the one that is measured when none is named',
  usual: { rounds: 3, seconds: 4, warmUpSeconds: 3 },
  quick: { rounds: 1, seconds: 1, warmUpSeconds: 1 },
  measure,
};

async function measure(effort: Effort): Promise<string> {
  const missing = installPeers();
  using directory = temporaryDirectory();
  using shop = startProgram('test/bench/shop/server.ts', 'serving');
  const services = await message<string>(shop);
  const supergraph = join(directory.path, 'supergraph.graphql');
  writeFileSync(supergraph, shopSupergraph(services));
  using generator = startLoadGenerator();
  const serving = { generator, processes: [shop, generator.running] };
  const tables: Table[] = workloads.map((workload) => ({
    workload,
    outcomes: contestants.map((contestant) => ({ contestant, turns: [] })),
  }));

  for (let round = 1; round <= effort.rounds; round++) {
    using started = new DisposableStack();
    const running: StartedGateway[] = [];
    for (const contestant of contestants) {
      try {
        assertInstalled(contestant, missing);
        const gateway = started.use(await startContestant(contestant, { shop: services, supergraph }));
        hold(gateway.running);
        running.push(gateway);
      } catch (error) {
        giveUp(tables, contestant, error as Error);
      }
    }
    for (const table of tables) {
      process.stderr.write(`Round ${round} of ${effort.rounds}: ${table.workload.name} …\n`);
      await measureInTurns(table, running, serving, effort);
    }
  }
  return gatewayReport(tables);
}

/** @throws when a peer is not there to be started. */
function assertInstalled({ packages }: Contestant, missing: string | null): void {
  for (const name of packages) {
    if (peerVersion(name) !== null) continue;
    const { platform, arch } = process;
    throw new Error(missing ?? `${name} cannot be installed on ${platform} ${arch}`);
  }
}

/** One that does not start is not measured, and the report says why. */
function giveUp(tables: readonly Table[], contestant: Contestant, { message: reason }: Error): void {
  process.stderr.write(`${contestant.name}: not measured, because ${reason}\n`);
  for (const { outcomes } of tables) {
    const outcome = outcomes.find((each) => each.contestant === contestant);
    if (outcome) outcome.fault ??= reason;
  }
}
