import { describe, expect, test } from 'vitest';
import { type ParsedNotice, parseNotice } from './index.js';
import { HEADER, lot, noticeXml, organisation, organisations, PROCEDURE, project } from './notice.fixture.js';

const id = (value: string) => `<cbc:ID>${value}</cbc:ID>`;
const lotOf = (value: string) => `<efac:TenderLot>${id(value)}</efac:TenderLot>`;
const tender = (name: string, party: string, lotId = '', extra = '') =>
  `<efac:LotTender>${id(name)}${extra}<efac:TenderingParty>${id(party)}</efac:TenderingParty>${lotOf(lotId)}</efac:LotTender>`;
const tenderRef = (name: string) => `<efac:LotTender>${id(name)}</efac:LotTender>`;
const contract = (name: string, ...tenders: string[]) =>
  `<efac:SettledContract>${id(name)}<cbc:IssueDate>2024-01-15+01:00</cbc:IssueDate>${tenders.map(tenderRef).join('')}</efac:SettledContract>`;
const party = (name: string, ...tenderers: string[]) =>
  `<efac:TenderingParty>${id(name)}${tenderers.join('')}</efac:TenderingParty>`;
const tenderer = (org: string, leads = false) =>
  `<efac:Tenderer>${id(org)}<efbc:GroupLeadIndicator>${leads}</efbc:GroupLeadIndicator></efac:Tenderer>`;
const lotResult = (lotId: string, content: string, status = 'selec-w') =>
  `<efac:LotResult><cbc:TenderResultCode>${status}</cbc:TenderResultCode>${content}${lotOf(lotId)}</efac:LotResult>`;

function read(result: string, lots = ['LOT-0001', 'LOT-0002']): ParsedNotice {
  return parseNotice(
    noticeXml({
      root: 'ContractAwardNotice',
      header: HEADER.replace('"competition">cn-standard', '"result">can-standard'),
      extension: `<efac:NoticeSubType><cbc:SubTypeCode>29</cbc:SubTypeCode></efac:NoticeSubType>
        <efac:NoticeResult>${result}</efac:NoticeResult>
        ${organisations(organisation('ORG-0001', 'Kons AS'), organisation('ORG-0002', 'Bygg AS', '974760819'))}`,
      body: PROCEDURE + project('Skolemat') + lots.map((name) => lot(name)).join(''),
    }),
  );
}

const tenderers = (notice: ParsedNotice) =>
  notice.results.map(({ lotId, winners }) => [lotId, ...winners.flatMap((winner) => winner.tenderers)]);

describe('the result chain', () => {
  test('lot result → tender → tendering party → organisations, leader first', () => {
    const notice = read(
      lotResult('LOT-0001', tenderRef('TEN-0001')) +
        tender(
          'TEN-0001',
          'TPA-0001',
          'LOT-0001',
          '<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="NOK">1500000.5</cbc:PayableAmount></cac:LegalMonetaryTotal>',
        ) +
        contract('CON-0001', 'TEN-0001') +
        party('TPA-0001', tenderer('ORG-0001'), tenderer('ORG-0002', true)),
    );
    expect(notice.results).toMatchObject([
      {
        lotId: 'LOT-0001',
        status: 'selec-w',
        implied: false,
        winners: [
          {
            tenderId: 'TEN-0001',
            value: { amount: 150_000_050, currency: 'NOK' },
            tenderers: ['ORG-0002', 'ORG-0001'],
            contracts: ['CON-0001'],
          },
        ],
      },
    ]);
    expect(notice.contracts).toMatchObject([
      { id: 'CON-0001', conclusionDate: '2024-01-15', tenders: ['TEN-0001'] },
    ]);
    expect(notice.remarks).toEqual([]);
  });

  test('through the contract, when the lot result names no tender, and only for the lot itself', () => {
    const throughContract = `<efac:SettledContract>${id('CON-0001')}</efac:SettledContract>`;
    const notice = read(
      lotResult('LOT-0001', throughContract) +
        lotResult('LOT-0002', throughContract) +
        tender('TEN-0001', 'TPA-0001', 'LOT-0001') +
        tender('TEN-0002', 'TPA-0002', 'LOT-0002') +
        contract('CON-0001', 'TEN-0001', 'TEN-0002') +
        party('TPA-0001', tenderer('ORG-0001')) +
        party('TPA-0002', tenderer('ORG-0002')),
    );
    expect(tenderers(notice)).toEqual([
      ['LOT-0001', 'ORG-0001'],
      ['LOT-0002', 'ORG-0002'],
    ]);
  });

  test('of tenders without a lot a shared contract credits only a single one', () => {
    const shared = `<efac:SettledContract>${id('CON-0001')}</efac:SettledContract>`;
    const both = lotResult('LOT-0001', shared) + lotResult('LOT-0002', shared);
    const first = tender('TEN-0001', 'TPA-0001') + party('TPA-0001', tenderer('ORG-0001'));
    const second = tender('TEN-0002', 'TPA-0002') + party('TPA-0002', tenderer('ORG-0002'));
    expect(tenderers(read(both + first + contract('CON-0001', 'TEN-0001')))).toEqual([
      ['LOT-0001', 'ORG-0001'],
      ['LOT-0002', 'ORG-0001'],
    ]);
    expect(tenderers(read(both + first + second + contract('CON-0001', 'TEN-0001', 'TEN-0002')))).toEqual([
      ['LOT-0001'],
      ['LOT-0002'],
    ]);
  });

  test('references that multiply are refused', () => {
    const many = (n: number, make: (i: number) => string) =>
      Array.from({ length: n }, (_, i) => make(i)).join('');
    const result =
      many(
        2000,
        (i) =>
          `<efac:LotResult>${tenderRef('TEN-0001')}${lotOf('LOT-0001')}${id(`RES-${i}`)}</efac:LotResult>`,
      ) +
      tender('TEN-0001', 'TPA-0001') +
      many(2000, (i) => contract(`CON-${i}`, 'TEN-0001')) +
      party('TPA-0001', tenderer('ORG-0001'));
    expect(() => read(result)).toThrow(expect.objectContaining({ code: 'TOO_MANY_ELEMENTS' }));
  });

  test('a cancelled competition has no winner, and says why', () => {
    const reason =
      '<efac:DecisionReason><efbc:DecisionReasonCode>no-rece</efbc:DecisionReasonCode></efac:DecisionReason>';
    const notice = read(
      lotResult('LOT-0001', reason + tenderRef('TEN-0001'), 'clos-nw') +
        tender('TEN-0001', 'TPA-0001') +
        party('TPA-0001', tenderer('ORG-0001')),
    );
    expect(notice.results).toMatchObject([{ status: 'clos-nw', notAwardedReason: 'no-rece', winners: [] }]);
  });

  test('a modification has tenders but no lot result: one is implied', () => {
    const notice = read(
      tender('TEN-0001', 'TPA-0001', 'LOT-0002') +
        contract('CON-0001', 'TEN-0001') +
        party('TPA-0001', tenderer('ORG-0001')),
    );
    expect(notice.results).toMatchObject([{ lotId: 'LOT-0002', status: null, implied: true }]);
    expect(tenderers(notice)).toEqual([['LOT-0002', 'ORG-0001']]);
  });
});

describe('broken references', () => {
  test.each([
    ['lot result → tender', lotResult('LOT-0001', tenderRef('TEN-0009')), 'OPT-320'],
    [
      'lot result → contract',
      lotResult('LOT-0001', `<efac:SettledContract>${id('CON-0009')}</efac:SettledContract>`),
      'OPT-315',
    ],
    ['contract → tender', contract('CON-0001', 'TEN-0009'), 'BT-3202'],
    ['tender → party', tender('TEN-0001', 'TPA-0009', 'LOT-0001'), 'OPT-310'],
    ['party → organisation', party('TPA-0001', tenderer('ORG-0009')), 'OPT-300-Tenderer'],
    ['lot result → lot', lotResult('LOT-0009', ''), 'BT-13713'],
  ])('%s', (_, result, field) => {
    expect(read(result).remarks).toMatchObject([{ code: 'REFERENCE_BROKEN', field }]);
  });

  test('a result without a lot belongs to the only lot, and to none of several', () => {
    expect(read(lotResult('MISSING', ''), ['LOT-0001']).results[0]?.lotId).toBe('LOT-0001');
    expect(read(lotResult('MISSING', '')).results[0]?.lotId).toBeNull();
  });
});
