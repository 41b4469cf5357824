import { readFile } from 'node:fs/promises';
import { inProcess } from '@samspill/gateway';
import { everybody, type Identity } from '@samspill/identity';
import { serviceNamed, supergraphFile } from '@samspill/region';
import { expect, it } from 'vitest';
import { personIdOfPersona } from '../access/world.js';
import { Dice } from '../support/dice.js';
import type { Values } from '../support/operation-values.js';
import { startTestRegion } from '../support/region.js';
import { SEED } from '../support/seed.js';
import { bothSides, compare, OPERATIONS } from './differential.js';

/** What is in the demo data, and what is not. */
const KNOWN: Readonly<Record<string, readonly unknown[]>> = {
  MunicipalityNumber: ['3118', '3118', '3122', '0124', '9999'],
  OrganisationNumber: ['920123899', '210000046', '974760673'],
  CpvCode: ['45331000', '33100000', '90911200', '80000000'],
  NutsCode: ['NO083', 'NO082'],
  DateTime: ['2017-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  Date: ['2017-01-01', '2027-01-01'],
  String: ['skole', 'vinter', 'leke OR vinter', 'x', ''],
  Money: [{ amount: '100000', currency: 'NOK' }],
};

/** Lists that lead to what one object of a kind is called. */
const IDS = `{
  tenders(first: 40) { nodes { id notices { id } procurement { id } } }
  needs(first: 20) { nodes { id } }
  marketDialogues(first: 20) { nodes { id } }
  events(first: 20) { nodes { id } }
}`;

/** Somebody who sees more than everybody, and leaves no trace of it where anybody here could read it. */
const officer: Identity = {
  kind: 'PERSON',
  issuer: 'development',
  personId: personIdOfPersona('officer'),
  organisations: [],
  level: 'HIGH',
};

it(`both executions tell the same of the region (SEED=${SEED})`, async () => {
  await using place = await startTestRegion('embedded', { work: false });
  const { data } = await place.query(IDS);
  const ids = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id as string);
  expect(ids.length).toBeGreaterThan(10);
  const values: Values = (path, type, dice) => {
    if (type === 'Int') return path.endsWith('first') ? dice.pick([1, 2, 3]) : 1;
    if (type === 'Boolean') return dice.chance(0.5);
    return type === 'ID' ? dice.pick(ids) : dice.pick(KNOWN[type] ?? ['x']);
  };
  const supergraphSdl = await readFile(supergraphFile(), 'utf8');
  await using sides = await bothSides({
    supergraphSdl,
    dataSource: (name) => inProcess(serviceNamed(place.region.services, name)),
  });
  const { differences, tally } = await compare({
    sides,
    supergraphSdl,
    dice: new Dice(SEED),
    manner: {
      roots: [
        'municipality',
        'tenders',
        'tender',
        'procurement',
        'supplier',
        'marketDialogue',
        'event',
        'need',
      ],
      mutations: 0,
      adorned: true,
    },
    values,
    identity: (dice) => (dice.chance(0.7) ? everybody : officer),
    operations: Math.ceil((OPERATIONS * 3) / 8),
  });
  expect(differences.join('\n\n'), `SEED=${SEED}`).toBe('');
  console.info(`SEED=${SEED}`, 'region', Object.fromEntries(tally));
  // It could have failed: most was answered, and some was refused.
  expect(tally.get('with errors')).toBeGreaterThan(0);
}, 3_600_000);
