import { writeNotice } from '@samspill/eforms';
import { expect, test } from 'vitest';
import { competition } from '../support/notices.js';
import { startTestRegion } from '../support/region.js';

const company = { name: 'Nyopna Bygg AS', organisationNumber: '310000094', city: 'Ørje', postCode: '1870' };

/** The suppliers service hears of winners a moment later; until then an award used to have no supplier, and an error. */
test('a winner has its name as soon as the award has been imported', async () => {
  await using region = await startTestRegion('embedded', { demo: false });
  const award = competition({
    formType: 'result',
    noticeType: 'can-standard',
    subtype: '29',
    winners: [
      {
        lotId: 'LOT-0001',
        value: { amount: 1_000_000_00, currency: 'NOK' },
        tenderers: [company],
        contract: { identifier: '1', awardDate: '2024-04-01' },
        tendersReceived: 2,
      },
    ],
  });
  const { data, errors } = await region.query(
    `mutation ($input: ImportNoticesInput!) { importNotices(input: $input) { files { outcome } } }`,
    { input: { files: [{ name: 'award.xml', xml: writeNotice(award) }] } },
    {},
    'importer',
  );
  expect(errors).toBeUndefined();
  expect(data.importNotices.files).toEqual([{ outcome: 'IMPORTED' }]);

  const asked = await region.query(
    '{ tenders { nodes { awards { supplier { name trainings { totalCount } } } contracts { suppliers { name } } } } }',
  );
  expect(asked.errors).toBeUndefined();
  expect(asked.data.tenders.nodes[0].awards[0].supplier.name).toBe(company.name);
  expect(asked.data.tenders.nodes[0].contracts[0].suppliers).toEqual([{ name: company.name }]);
});
