import { type Database, openDatabase } from '@samspill/database';
import { MessageBus, type PayloadOf, type suppliersNamed } from '@samspill/messages';
import type { Service } from '@samspill/subgraph';
import { AdjustableClock } from '@samspill/values';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSuppliers } from '../subgraph.js';
import { recordNamedSuppliers } from './record-named-suppliers.js';
import { Supplier } from './supplier.js';

type Message = PayloadOf<typeof suppliersNamed>;

let database: Database;
let bus: MessageBus;
let service: Service;

beforeAll(async () => {
  database = await openDatabase({});
  bus = await MessageBus.open(database, { onError: () => undefined });
  const clock = new AdjustableClock('2026-03-02T09:00:00Z');
  service = await startSuppliers({ database, bus, clock, log: pino({ level: 'silent' }) });
});

afterAll(async () => {
  await bus?.close();
  await database?.close();
});

function named(noticeId: string, day: string, facts: Partial<Message['suppliers'][number]>): Message {
  const party = { id: 'x', organisationNumber: null, name: 'Firma', country: null, city: null };
  const rest = { postCode: null, nuts: null, website: null, size: null };
  return { noticeId, dispatchedAt: `${day}T10:00:00Z`, suppliers: [{ ...party, ...rest, ...facts }] };
}

async function after(id: string, messages: readonly Message[]): Promise<Partial<Supplier>> {
  for (const message of messages) {
    const suppliers = message.suppliers.map((party) => ({ ...party, id }));
    await service.store.change('test', (change) => recordNamedSuppliers(change, { ...message, suppliers }));
  }
  const { id: _, ...facts } = { ...(await service.store.as('system').findOneOrFail(Supplier, { id })) };
  return facts;
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, at) => orders(items.toSpliced(at, 1)).map((rest) => [first, ...rest]));
}

describe('what notices say of a supplier', () => {
  it('adds up to the same in every order, and however often', async () => {
    const messages = [
      named('n1', '2024-01-01', { name: 'Gammelt navn', city: 'Moss', website: 'https://a.no' }),
      named('n2', '2024-02-01', { name: 'Nytt navn', city: 'Halden' }),
      named('n3', '2024-03-01', { name: 'Nyeste navn', size: 'small' }),
      named('n4', '2024-03-01', { name: 'Samme dag', postCode: '1771' }),
    ];
    const results = [];
    for (const [at, order] of orders(messages).entries()) {
      results.push(await after(`order-${at}`, [...order, ...order]));
    }
    expect(results).toHaveLength(24);
    expect(results[0]).toMatchObject({
      name: 'Samme dag',
      city: 'Halden',
      postCode: '1771',
      website: 'https://a.no',
      size: 'small',
      knownAsOf: new Date('2024-03-01T10:00:00Z'),
    });
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('ignores a size that the list does not have', async () => {
    expect(await after('size', [named('n1', '2024-01-01', { size: 'enormous' })])).toMatchObject({
      size: null,
    });
    const messages = [
      named('n1', '2024-01-01', { size: 'large' }),
      named('n2', '2024-02-01', { size: 'enormous' }),
    ];
    expect(await after('size-kept', messages)).toMatchObject({ size: 'large' });
  });

  it('gives way to what is newer where the source of a fact was never written down', async () => {
    const em = service.store.as('system');
    const day = new Date('2024-02-01T10:00:00Z');
    const facts = named('', '2024-02-01', { city: 'Moss' }).suppliers[0] as Message['suppliers'][number];
    em.create(Supplier, {
      ...facts,
      id: 'old',
      size: null,
      municipalityNumber: null,
      knownAsOf: day,
      knownFrom: {},
    });
    await em.flush();
    const older = named('n1', '2024-01-01', { city: 'Halden', postCode: '1771' });
    expect(await after('old', [older])).toMatchObject({ city: 'Moss', postCode: '1771', knownAsOf: day });
    expect(await after('old', [named('n2', '2024-03-01', { city: 'Rakkestad' })])).toMatchObject({
      city: 'Rakkestad',
    });
  });
});
