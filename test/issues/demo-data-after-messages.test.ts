import { identifyBy } from '@samspill/identity';
import { startRegion } from '@samspill/region';
import pino from 'pino';
import { expect, test } from 'vitest';
import { databaseKinds, emptyDatabase } from '../support/databases.js';
import { competition, fileOf, importInto } from '../support/notices.js';
import { eventually } from '../support/programs.js';
import { ask } from '../support/region.js';
import { authorization, testTools, type Who } from '../support/tokens.js';

/**
 * The demo notices name the demo suppliers, and a message tells the suppliers service of them. When it was
 * handled before the demo suppliers were filled in, the region did not start, then or ever after.
 */
test.each(databaseKinds)(
  'a demo supplier that a notice has named already is filled in, on %s',
  async (kind) => {
    await using database = await emptyDatabase(kind, { onDisk: true });
    const start = async (demo: boolean) => {
      const region = await startRegion({
        ...database.options,
        log: pino({ level: 'silent' }),
        host: '127.0.0.1',
        port: 0,
        introspection: false,
        playground: false,
        demo,
        identify: identifyBy([testTools]),
      });
      const query = async (text: string, variables?: object, headers = {}, as: Who = 'public') =>
        ask(region.gateway.url, text, variables, { ...headers, ...(await authorization(as)) });
      return { query, [Symbol.asyncDispose]: () => region.close() };
    };
    const supplier = '{ supplier(organisationNumber: "310000019") { name trainings { totalCount } } }';
    const winner = { name: 'Glommen Bygg', organisationNumber: '310000019', city: 'Mysen', postCode: '1850' };
    {
      await using region = await start(false);
      const award = competition({
        formType: 'result',
        noticeType: 'can-standard',
        subtype: '29',
        winners: [
          {
            lotId: 'LOT-0001',
            value: { amount: 100, currency: 'NOK' },
            tenderers: [winner],
            contract: { identifier: '1', awardDate: '2024-02-01' },
            tendersReceived: 1,
          },
        ],
      });
      await importInto(region, [fileOf(award)]);
      const named = await eventually(async () => (await region.query(supplier)).data?.supplier, {
        what: 'the winner to be known',
      });
      expect(named).toMatchObject({ name: 'Glommen Bygg', trainings: { totalCount: 0 } });
    }
    await using region = await start(true);
    const { data } = await region.query(supplier);
    expect(data.supplier.name).toBe('Glommen Bygg');
    expect(data.supplier.trainings.totalCount).toBeGreaterThan(0);
  },
);
