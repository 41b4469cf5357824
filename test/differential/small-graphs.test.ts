import { expect, it } from 'vitest';
import { Dice } from '../support/dice.js';
import type { Values } from '../support/operation-values.js';
import { SEED } from '../support/seed.js';
import { bothSides, compare, OPERATIONS } from './differential.js';
import { changes } from './graphs/changes.js';
import { media } from './graphs/media.js';
import { shop } from './graphs/shop.js';
import { broken, trouble } from './graphs/trouble.js';

const graphs = { shop, media, trouble, broken, changes };

const IDS = ['1', '2', '3', '4', '5', '6', 'p1', 'p2', 'b1', 'f1', 's1', 'nobody'];

const values: Values = (_path, type, dice) => {
  if (type === 'Int') return dice.below(6);
  if (type === 'Boolean') return dice.chance(0.5);
  return type === 'ID' ? dice.pick(IDS) : dice.pick(['x', 'y', 'z', 'a', 'æøå "\\\n', '']);
};

it.each(Object.entries(graphs))(
  `both executions tell the same of %s (SEED=${SEED})`,
  async (_name, graph) => {
    const { supergraphSdl, dataSource } = graph();
    await using sides = await bothSides({ supergraphSdl, dataSource });
    const { differences, tally } = await compare({
      sides,
      supergraphSdl,
      dice: new Dice(SEED),
      manner: {
        roots: [],
        mutations: graph === changes ? 0.9 : 0,
        adorned: true,
        deepest: graph === media ? 2 : 5,
      },
      values,
      operations: OPERATIONS / 8,
    });
    expect(differences.join('\n\n'), `SEED=${SEED}`).toBe('');
    // It could have failed: there was something to disagree on.
    if (graph !== changes && graph !== media) expect(tally.get('with errors')).toBeGreaterThan(0);
    console.info(`SEED=${SEED}`, _name, Object.fromEntries(tally));
  },
  600_000,
);
