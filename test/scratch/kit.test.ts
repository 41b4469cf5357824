import { openDatabase } from '@samspill/database';
import { MessageBus, suppliersNamed } from '@samspill/messages';
import { executeInProcess, federatedSchema } from '@samspill/subgraph';
import { systemClock, organisationNumberCheckDigit } from '@samspill/values';
import { startSuppliers, suppliers } from '@samspill/suppliers';
import pino from 'pino';
import { expect, it } from 'vitest';
it('works', async () => {
  console.log([1,2,3,4,5,6,7,8,9].map(i => organisationNumberCheckDigit('3100000'+i)));
  console.log(federatedSchema(suppliers).sdl.slice(0, 1500));
  let t = Date.now(); const lap = (s: string) => { console.log(s, Date.now() - t); t = Date.now(); };
  const database = await openDatabase({}); lap('db');
  const bus = await MessageBus.open(database, { onError: (e, m) => console.error('BUS', e, m) }); lap('bus');
  const statements: string[] = [];
  const service = await startSuppliers({ database, bus, clock: systemClock, log: pino(), onStatement: (s) => statements.push(s) }); lap('start');
  await service.fillWithDemoData(); lap('demo');
  await service.store.fork().transactional(async (em) => {
    await bus.publish(em, suppliersNamed, [{ noticeId: 'x', dispatchedAt: new Date().toISOString(), suppliers: [{ id: 'NO-BRC-1', organisationNumber: null, name: 'Nå AS', country: null, city: null, postCode: null, nuts: null, website: null, size: null }] }]);
  }); lap('publish');
  while (await bus.backlog() > 0) await new Promise((r) => setTimeout(r, 10)); lap('handled');
  statements.length = 0;
  const r = await executeInProcess(service, { query: '{ suppliers(first: 3, filter: {text: "bygg"}) { totalCount pageInfo { hasNextPage endCursor } nodes { id name organisationNumber size capabilities { cpv } trainings(first: 1) { totalCount nodes { title completedOn } } } } all: suppliers { totalCount nodes { name }} _entities(representations: [{__typename: "Municipality", number: "3118", numbers: ["3118","0125"]},{__typename: "Municipality", number: "3122", numbers: ["3122"]}]) { ... on Municipality { suppliers(first: 5) { totalCount nodes { name } } } } }' }, {}); lap('query');
  console.log(JSON.stringify(r, null, 1)); console.log(statements.length);
  const bad = await executeInProcess(service, { query: '{ supplier(organisationNumber: "123") { name } suppliers(first: 900, after: "x") { totalCount } }' }, {});
  console.log(JSON.stringify(bad));
  expect(r.errors).toBeUndefined();
  await bus.close(); await database.close(); lap('close');
});
