import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { competition, fileOf, importInto, type NamedXml, organisation } from '../support/notices.js';
import { everyNode } from '../support/pages.js';
import { startTestRegion } from '../support/region.js';
import { hasSharedData, sharedData, withoutSharedData } from '../support/shared-data.js';

/** All that the graph tells of a tender, but for ids that may depend on which notice came first. */
const TENDER = `
  title description procedure nature internalId cpv cpvCodes nutsCodes estimatedValue publishedAt deadline
  questionsDeadline legalBasis status buyer { name } buyers { name city } municipality { number }
  lots { number isPart title description nature cpv nutsCodes estimatedValue deadline openingAt startDate endDate
    duration { amount unit } suitableForSme frameworkAgreement dynamicPurchasingSystem performanceTerms
    documentsUrl submissionUrl criteria { kind type name description weight weightKind } }
  awards { value rank decidedOn concludedOn subcontracted suppliers { id } lot { number } }
  results { status notAwardedReason tendersReceived lot { number } }
  contracts { number identifier title signedOn status value suppliers { id } }
  notices { id version publishedAt isCorrection changes }
  procurement { tenders { totalCount } }`;

async function tendersAfter(files: readonly NamedXml[]) {
  await using region = await startTestRegion('embedded', { demo: false });
  // One by one, so that each finds what the one before has left.
  for (const file of files) {
    const imported = await importInto(region, [file]);
    expect(imported).toMatchObject([{ outcome: 'IMPORTED' }]);
  }
  const { nodes } = await everyNode<{ title: string }>(region, {
    list: 'tenders(orderBy: TITLE_ASC)',
    nodes: TENDER,
  });
  return nodes;
}

const title = 'Snøbrøyting av gang- og sykkelveier';
const plan = competition({
  formType: 'planning',
  noticeType: 'pin-only',
  subtype: '4',
  procedureId: null,
  title,
  dispatchedAt: new Date('2024-01-02T09:00:00Z'),
  lots: [{ id: 'PAR-0001', title, description: title }],
});
const call = competition({
  title,
  dispatchedAt: new Date('2024-03-01T09:00:00Z'),
  previousPlanning: `${plan.noticeId}-01`,
  lots: [{ id: 'LOT-0001', title, description: title, deadline: new Date('2024-04-01T10:00:00Z') }],
});
const correction = competition({
  ...call,
  noticeId: '0b8f1f0e-93a0-4b5c-8a53-0c6d2c1a0001',
  dispatchedAt: new Date('2024-03-10T09:00:00Z'),
  change: { previousNotice: `${call.noticeId}-01`, reasonCode: 'update-add', reason: 'Utsatt frist.' },
  lots: [{ id: 'LOT-0001', title, description: title, deadline: new Date('2024-04-15T10:00:00Z') }],
});
const award = competition({
  ...call,
  noticeId: '0b8f1f0e-93a0-4b5c-8a53-0c6d2c1a0002',
  formType: 'result',
  noticeType: 'can-standard',
  subtype: '29',
  previousPlanning: undefined,
  dispatchedAt: new Date('2024-06-01T09:00:00Z'),
  lots: [{ id: 'LOT-0001', title, description: title }],
  winners: [
    {
      lotId: 'LOT-0001',
      value: { amount: 90_000_000, currency: 'NOK' },
      tenderers: [organisation(300_001, 'Brøyt og Skuff AS')],
      contract: { identifier: '2024/77', awardDate: '2024-05-20', conclusionDate: '2024-05-31' },
      tendersReceived: 3,
    },
  ],
});

describe('notices give the same tender in whatever order they come', () => {
  test('a plan, its competition, a correction and the award', async () => {
    const files = [plan, call, correction, award].map(fileOf);
    const forwards = await tendersAfter(files);
    expect(forwards).toHaveLength(1);
    expect(forwards[0]).toMatchObject({
      status: 'CONTRACTED',
      publishedAt: '2024-01-02T09:00:00.000Z',
      deadline: '2024-04-15T10:00:00.000Z',
      lots: [{ number: 'LOT-0001' }],
      notices: [
        { isCorrection: false, changes: [] },
        { isCorrection: false, changes: [] },
        { isCorrection: true, changes: ['Utsatt frist.', expect.stringContaining('Frist: ')] },
        { isCorrection: false, changes: [] },
      ],
    });
    const [a, b, c, d] = files as [NamedXml, NamedXml, NamedXml, NamedXml];
    expect(await tendersAfter([d, c, b, a])).toEqual(forwards);
    // The correction and the plan meet only through the call that comes last.
    expect(await tendersAfter([c, a, d, b])).toEqual(forwards);
  });

  test.skipIf(!hasSharedData)(`a real competition and its correction${withoutSharedData}`, async () => {
    const files = ['2023-100718', '2023-101942'].map((number) => ({
      name: number,
      xml: readFileSync(
        join(sharedData, `eforms-no-doffin/ContractNotice_pin-cfc-standard_${number}.xml`),
        'utf8',
      ),
    }));
    const forwards = await tendersAfter(files);
    expect(forwards).toMatchObject([{ notices: [{ isCorrection: false }, { isCorrection: true }] }]);
    expect(await tendersAfter(files.toReversed())).toEqual(forwards);
  });
});
