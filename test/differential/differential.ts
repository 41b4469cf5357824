import { Supergraph } from '@apollo/federation-internals';
import { type GatewayOptions, startGateway } from '@samspill/gateway';
import { parse, validate } from 'graphql';
import pino from 'pino';
import { Dice } from '../support/dice.js';
import { type Generated, generate, type Manner } from '../support/operation-generator.js';
import type { Values } from '../support/operation-values.js';
import { type Asked, difference, type Sides, type Tally } from './agreement.js';

/** How many operations are asked in all. */
export const OPERATIONS = Number(process.env.OPERATIONS ?? 600);

/** Each document is asked so often, with other values: planning one costs most. */
const TIMES = 3;

/** Both executions over the same services. */
export async function bothSides(
  graph: Pick<GatewayOptions, 'supergraphSdl' | 'dataSource'>,
): Promise<Sides & AsyncDisposable> {
  const start = (execution: GatewayOptions['execution']) =>
    startGateway({
      ...graph,
      execution,
      log: pino({ level: 'silent' }),
      host: '127.0.0.1',
      port: 0,
      introspection: true,
      playground: false,
      isReady: async () => true,
    });
  const [stock, compiled] = [await start('stock'), await start('compiled')];
  return {
    stock,
    compiled,
    [Symbol.asyncDispose]: async () => {
      await stock.close();
      await compiled.close();
    },
  };
}

export interface Round {
  readonly sides: Sides;
  readonly supergraphSdl: string;
  readonly dice: Dice;
  readonly manner: Manner;
  readonly values: Values;
  /** Who asks. @default everybody */
  readonly identity?: (dice: Dice) => Asked['identity'];
  readonly operations: number;
}

/** Asks both sides as many operations as are wanted. */
export async function compare({ sides, dice, values, operations, ...round }: Round) {
  const schema = Supergraph.build(round.supergraphSdl).apiSchema().toGraphQLJSSchema();
  const tally: Tally = new Map();
  const differences: string[] = [];
  for (let asked = 0; asked < operations && differences.length < 5; ) {
    const generated: Generated = generate(schema, dice, round.manner);
    // Adornments may contradict each other; what no gateway would execute is no question.
    if (validate(schema, parse(generated.query)).length > 0) continue;
    for (let times = 0; times < TIMES && asked < operations; times++, asked++) {
      const operation = { query: generated.query, variables: generated.variables(values, dice) };
      const found = await difference(sides, { operation, identity: round.identity?.(dice) }, tally);
      if (found) differences.push(found);
    }
  }
  return { differences, tally };
}
