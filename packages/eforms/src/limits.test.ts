import { describe, expect, test } from 'vitest';
import { parseNotice } from './index.js';
import {
  extension,
  HEADER,
  lot,
  noticeXml,
  organisations,
  PROCEDURE,
  project,
  SUBTYPE,
} from './notice.fixture.js';

const UUID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ofSize = (size: string) =>
  parseNotice(
    noticeXml({
      extension:
        SUBTYPE +
        organisations(
          `<efac:Organization><efac:Company><efbc:CompanySizeCode>${size}</efbc:CompanySizeCode><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Firma AS</cbc:Name></cac:PartyName></efac:Company></efac:Organization>`,
        ),
    }),
  );

describe('the size of a company', () => {
  test('is one of the list, in either case', () => {
    expect(ofSize('SME').organisations[0]?.size).toBe('sme');
    expect(ofSize('SME').remarks.filter(({ field }) => field === 'BT-165')).toEqual([]);
  });

  test('is left out when it is not', () => {
    const notice = ofSize('enormous');
    expect(notice.organisations[0]?.size).toBeNull();
    expect(notice.remarks).toContainEqual(
      expect.objectContaining({ code: 'CODE_UNKNOWN', field: 'BT-165', raw: 'enormous' }),
    );
  });
});

describe('counts and ranks', () => {
  const counted = (count: string, rank = '1') =>
    parseNotice(
      noticeXml({
        extension: `${SUBTYPE}<efac:NoticeResult>
          <efac:LotResult><efac:LotTender><cbc:ID>TEN-0001</cbc:ID></efac:LotTender><efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode>tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>${count}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotResult>
          <efac:LotTender><cbc:ID>TEN-0001</cbc:ID><cbc:RankCode>${rank}</cbc:RankCode><efac:TenderLot><cbc:ID>LOT-0001</cbc:ID></efac:TenderLot></efac:LotTender>
        </efac:NoticeResult>`,
      }),
    );

  test.each(['2147483647', '0', '+3', '3.0'])('%s is one', (count) => {
    const notice = counted(count);
    expect(notice.results[0]?.statistics).toEqual([{ type: 'tenders', count: Number(count) }]);
    expect(notice.remarks).toEqual([]);
  });

  test.each(['2147483648', '999999999999999', '2.5', '-1', 'NaN', '1e9'])('%s is left out', (text) => {
    expect(counted(text).results[0]?.statistics).toEqual([]);
    expect(counted('1', text).results[0]?.winners[0]?.rank).toBeNull();
    expect(counted(text).remarks).toMatchObject([{ code: 'AMOUNT_INVALID', field: 'BT-759', raw: text }]);
    expect(counted('1', text).remarks).toMatchObject([
      { code: 'AMOUNT_INVALID', field: 'BT-171', raw: text },
    ]);
  });
});

describe('weights, fixed values and thresholds', () => {
  const weighed = (value: string) =>
    parseNotice(
      noticeXml({
        body:
          PROCEDURE +
          project('Skolemat') +
          lot(
            'LOT-0001',
            `<cac:TenderingTerms><cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>${extension(
              `<efac:AwardCriterionParameter><efbc:ParameterCode listName="number-weight">per-exa</efbc:ParameterCode><efbc:ParameterNumeric>${value}</efbc:ParameterNumeric></efac:AwardCriterionParameter>`,
            )}<cbc:AwardingCriterionTypeCode>price</cbc:AwardingCriterionTypeCode></cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>`,
          ),
      }),
    );

  test.each(['60', '0.25', '-1.5', '+7', '.5', '5.', '123456789012345'])(
    '%s is kept as published',
    (value) => {
      expect(weighed(value).lots[0]?.criteria[0]?.weight).toBe(value);
      expect(weighed(value).remarks).toEqual([]);
    },
  );

  test.each(['Infinity', 'NaN', '1e400', '0x10', '60 %', '1,5', '.', '1234567890123456'])(
    '%s is left out',
    (value) => {
      expect(weighed(value).lots[0]?.criteria[0]?.weight).toBeNull();
      expect(weighed(value).remarks).toMatchObject([{ code: 'AMOUNT_INVALID', field: 'BT-541', raw: value }]);
    },
  );
});

describe('texts', () => {
  const entitled = (title: string, description = '') =>
    parseNotice(
      noticeXml({
        body: `${PROCEDURE}<cac:ProcurementProject><cbc:Name>${title}</cbc:Name><cbc:Description>${description}</cbc:Description></cac:ProcurementProject>${lot('LOT-0001')}`,
      }),
    );

  test('a title is cut at 2 000 characters, never within one', () => {
    expect(entitled('a'.repeat(2_000)).remarks).toEqual([]);
    const notice = entitled(`${'a'.repeat(1_999)}😀`);
    expect(notice.title.value).toBe('a'.repeat(1_999));
    expect(notice.remarks).toMatchObject([{ code: 'TEXT_SHORTENED', field: 'BT-21' }]);
    expect(notice.remarks[0]?.raw).toHaveLength(500);
  });

  test('a description is cut at 100 000', () => {
    const notice = entitled('Skolemat', 'b'.repeat(100_001));
    expect(notice.description?.value).toHaveLength(100_000);
    expect(notice.remarks).toMatchObject([{ code: 'TEXT_SHORTENED', field: 'BT-24' }]);
  });
});

test('UUIDs are read in lower case wherever they stand', () => {
  const upper = UUID.toUpperCase();
  const header = HEADER.replace(/11111111-[^<]*/, upper).replace(
    '<cbc:IssueDate>',
    `<cbc:ContractFolderID>${upper}</cbc:ContractFolderID><cbc:IssueDate>`,
  );
  const notice = parseNotice(
    noticeXml({
      header,
      extension: `${SUBTYPE}<efac:Changes><efbc:ChangedNoticeIdentifier>${upper}-01</efbc:ChangedNoticeIdentifier></efac:Changes>`,
      body: `<cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode><cac:NoticeDocumentReference><cbc:ID>${upper}-02</cbc:ID></cac:NoticeDocumentReference></cac:TenderingProcess>${project('Skolemat')}${lot('LOT-0001')}`,
    }),
  );
  expect(notice).toMatchObject({
    noticeId: UUID,
    procedureId: UUID,
    change: { previousNotice: `${UUID}-01` },
    previousPlanning: [{ noticeId: UUID, version: '02', part: null }],
  });
});

test("a publication number that is the preceding notice's is left out in either spelling", () => {
  const notice = parseNotice(
    noticeXml({
      extension: `${SUBTYPE}<efac:Publication><efbc:NoticePublicationID>00163529-2024</efbc:NoticePublicationID></efac:Publication>`,
      body: `<cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode><cac:NoticeDocumentReference><cbc:ID>163529-2024</cbc:ID></cac:NoticeDocumentReference></cac:TenderingProcess>${project('Skolemat')}${lot('LOT-0001')}`,
    }),
  );
  expect(notice.publicationId).toBeNull();
  expect(notice.remarks).toMatchObject([{ code: 'REFERENCE_BROKEN', field: 'OPP-010' }]);
});
