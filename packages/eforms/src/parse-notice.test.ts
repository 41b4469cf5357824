import { describe, expect, test } from 'vitest';
import { type DataQualityCode, type ParsedNotice, parseNotice } from './index.js';
import {
  buyer,
  extension,
  HEADER,
  lot,
  noticeXml,
  organisation,
  organisations,
  PROCEDURE,
  project,
  SUBTYPE,
} from './notice.fixture.js';

const codes = (notice: ParsedNotice): DataQualityCode[] => notice.remarks.map(({ code }) => code);
const period = (date: string, time: string | null, name = 'TenderSubmissionDeadlinePeriod') =>
  `<cac:${name}><cbc:EndDate>${date}</cbc:EndDate>${time ? `<cbc:EndTime>${time}</cbc:EndTime>` : ''}</cac:${name}>`;
const process = (content: string) => `<cac:TenderingProcess>${content}</cac:TenderingProcess>`;
const withLots = (...lots: string[]) =>
  parseNotice(noticeXml({ body: PROCEDURE + project('Skolemat') + lots.join('') }));

test('a clean notice has no remarks', () => {
  const notice = parseNotice(noticeXml());
  expect(notice).toMatchObject({
    noticeId: '11111111-2222-3333-4444-555555555555',
    version: '01',
    sdkVersion: '1.7',
    subtype: '16',
    formType: 'competition',
    dispatchedAt: '2024-02-01T11:00:00.000Z',
    title: { value: 'Skolemat', language: 'NOR' },
    procedureType: 'open',
    lots: [{ id: 'LOT-0001', kind: 'lot' }],
    change: null,
    remarks: [],
  });
  expect(JSON.parse(JSON.stringify(notice))).toEqual(notice);
});

test('prefixes do not matter, namespaces do', () => {
  const renamed = noticeXml().replaceAll('cbc:', 'b:').replace('xmlns:cbc=', 'xmlns:b=');
  expect(parseNotice(renamed)).toEqual(parseNotice(noticeXml()));
  const foreign = noticeXml().replace(
    '<cac:ProcurementProjectLot>',
    '<cac:ProcurementProjectLot xmlns:cac="urn:x">',
  );
  expect(parseNotice(foreign).lots).toEqual([]);
});

test('extensions may be spread over several blocks', () => {
  const two = noticeXml().replace(
    '<ext:UBLExtensions>',
    '<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension>',
  );
  expect(parseNotice(two).subtype).toBe('16');
});

describe('header', () => {
  test('a missing version and an unknown form type are read with a remark', () => {
    const header = HEADER.replace(/<cbc:VersionID>.*<\/cbc:VersionID>/, '').replace(
      '"competition"',
      '"novel"',
    );
    const notice = parseNotice(noticeXml({ header }));
    expect(notice).toMatchObject({ version: '01', formType: 'competition' });
    expect(codes(notice)).toEqual(['VERSION_MISSING', 'CODE_UNKNOWN']);
  });

  test('a dispatch date that cannot be read gives way to the time of receipt', () => {
    const header = HEADER.replace('2024-02-01+01:00', 'yesterday');
    const receivedAt = new Date('2024-02-02T08:00:00Z');
    const notice = parseNotice(noticeXml({ header }), { receivedAt });
    expect(notice.dispatchedAt).toBe(receivedAt.toISOString());
    expect(notice.remarks).toMatchObject([{ code: 'DATE_INVALID', field: 'BT-05' }]);
  });

  test('a notice without a title borrows that of its first lot', () => {
    const notice = parseNotice(noticeXml({ body: PROCEDURE + lot('LOT-0001') }));
    expect(notice.title.value).toBe('Delkontrakt');
    expect(codes(notice)).toEqual(['NAME_MISSING']);
  });
});

describe('texts', () => {
  const named = (...names: [language: string, text: string][]) =>
    parseNotice(
      noticeXml({
        body: `${PROCEDURE}<cac:ProcurementProject>${names
          .map(([language, text]) => `<cbc:Name languageID="${language}">${text}</cbc:Name>`)
          .join('')}</cac:ProcurementProject>${lot('LOT-0001')}`,
      }),
    );

  test('Norwegian first, then English, then the notice', () => {
    expect(named(['SWE', 'Skolmat'], ['ENG', 'School meals'], ['NNO', 'Skulemat']).title).toMatchObject({
      value: 'Skulemat',
      language: 'NNO',
      all: { SWE: 'Skolmat', ENG: 'School meals', NNO: 'Skulemat' },
    });
    expect(named(['SWE', 'Skolmat'], ['ENG', 'School meals']).title.language).toBe('ENG');
    expect(named(['SWE', 'Skolmat'], ['FIN', 'Kouluruoka']).title.language).toBe('SWE');
  });

  test('mojibake is repaired and kept in the remark', () => {
    const notice = named(['NOR', 'SYKEHUSINNKJÃ˜P â€“ Ã¥ kjÃ¸pe']);
    expect(notice.title.value).toBe('SYKEHUSINNKJØP – å kjøpe');
    expect(notice.remarks).toMatchObject([{ code: 'TEXT_REPAIRED', raw: 'SYKEHUSINNKJÃ˜P â€“ Ã¥ kjÃ¸pe' }]);
  });

  test.each(['FÔRET', 'NÃO', 'Ærlig kjøp', 'Größe', 'Â§ er ødelagt, kjøp er helt'])('%s stays', (text) => {
    expect(named(['NOR', text])).toMatchObject({ title: { value: text }, remarks: [] });
  });
});

describe('deadlines', () => {
  test('the earliest lot decides, tenders before requests', () => {
    const notice = withLots(
      lot('LOT-0001', process(period('2024-04-10+02:00', '12:00:00+02:00'))),
      lot('LOT-0002', process(period('2024-04-09+02:00', '12:00:00+02:00'))),
      lot('LOT-0003', process(period('2024-03-01', '12:00:00', 'ParticipationRequestReceptionPeriod'))),
    );
    expect(notice.deadline).toBe('2024-04-09T10:00:00.000Z');
    expect(notice.lots.map(({ deadlineKind }) => deadlineKind)).toEqual(['tenders', 'tenders', 'requests']);
  });

  test('without a time it is the end of the day in Oslo', () => {
    const notice = withLots(lot('LOT-0001', process(period('2024-03-31+01:00', null))));
    expect(notice.deadline).toBe('2024-03-31T21:59:59.000Z');
    expect(codes(notice)).toEqual(['DEADLINE_TIME_MISSING']);
  });

  test.each([
    ['2099-01-01', 'DATE_PLACEHOLDER'],
    ['2024-02-31', 'DATE_INVALID'],
  ])('%s is no deadline', (date, code) => {
    const notice = withLots(lot('LOT-0001', process(period(date, '11:59:59'))));
    expect(notice.deadline).toBeNull();
    expect(codes(notice)).toEqual([code]);
  });

  test('a market consultation ends with its answers', () => {
    const answers = extension(
      '<efac:AnswerReceptionPeriod><cbc:EndDate>2024-05-01+02:00</cbc:EndDate><cbc:EndTime>10:00:00+02:00</cbc:EndTime></efac:AnswerReceptionPeriod>',
    );
    expect(withLots(lot('LOT-0001', process(answers)))).toMatchObject({
      deadline: '2024-05-01T08:00:00.000Z',
      lots: [{ deadlineKind: 'answers', answersDeadline: '2024-05-01T08:00:00.000Z' }],
    });
  });
});

describe('lots', () => {
  test('parts are lots of a plan; groups of lots are neither', () => {
    const notice = withLots(
      lot('PAR-0001', '', 'Part'),
      lot('GLO-0001', '', 'LotsGroup'),
      lot('LOT-0007', ''),
    );
    expect(notice.lots.map(({ id, kind }) => [id, kind])).toEqual([
      ['PAR-0001', 'part'],
      ['LOT-0007', 'lot'],
    ]);
  });

  test('sixty lots are sixty lots, none is a remark', () => {
    const ids = Array.from({ length: 60 }, (_, i) => `LOT-${String(i).padStart(4, '0')}`);
    expect(withLots(...ids.map((id) => lot(id))).lots).toHaveLength(60);
    expect(codes(withLots())).toEqual(['NO_LOTS']);
  });

  test('ids are unique: a missing one is filled in, a repeated one is told apart', () => {
    const notice = withLots(lot('LOT-0001'), lot(''), lot('LOT-0001'));
    expect(notice.lots.map(({ id }) => id)).toEqual(['LOT-0001', 'LOT-0002', 'LOT-0001-3']);
    expect(codes(notice)).toEqual(['IDENTIFIER_MISSING', 'IDENTIFIER_MISSING']);
  });

  test('regions: anywhere, retired and unknown', () => {
    const at = (element: string) =>
      `<cac:RealizedLocation><cac:Address>${element}</cac:Address></cac:RealizedLocation>`;
    const region = (code: string) => at(`<cbc:CountrySubentityCode>${code}</cbc:CountrySubentityCode>`);
    const places =
      ['NO083', 'NO082', 'NOZZZ', 'Oslo'].map(region).join('') + at('<cbc:Region>anyw</cbc:Region>');
    const notice = withLots(lot('LOT-0001', `<cac:ProcurementProject>${places}</cac:ProcurementProject>`));
    expect(notice.nuts).toEqual(['NO083', 'NO082', 'NOZZZ', 'Oslo', 'anyw']);
    expect(notice.remarks.map(({ raw }) => raw)).toEqual(['NO082', 'NOZZZ', 'Oslo']);
  });

  test('amounts are exact, and what is no amount is left out', () => {
    const worth = (text: string, currency = 'NOK') =>
      withLots(
        lot(
          'LOT-0001',
          `<cac:ProcurementProject><cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="${currency}">${text}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal></cac:ProcurementProject>`,
        ),
      );
    expect(worth('1300000.29').lots[0]?.estimatedValue).toEqual({ amount: 130_000_029, currency: 'NOK' });
    for (const notice of [worth('1,3 mill.'), worth('5', ''), worth('-1')]) {
      expect(notice.lots[0]?.estimatedValue).toBeNull();
      expect(codes(notice)).toEqual(['AMOUNT_INVALID']);
    }
  });
});

describe('criteria', () => {
  const terms = (content: string) => `<cac:TenderingTerms>${content}</cac:TenderingTerms>`;
  const award = (content: string) =>
    `<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>${content}</cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms>`;
  const parameter = (list: string, code: string, value: string) =>
    `<efac:AwardCriterionParameter><efbc:ParameterCode listName="${list}">${code}</efbc:ParameterCode><efbc:ParameterNumeric>${value}</efbc:ParameterNumeric></efac:AwardCriterionParameter>`;
  const criteriaOf = (content: string) => withLots(lot('LOT-0001', terms(content))).lots[0]?.criteria;

  test('weight, fixed value and threshold are told apart by their code list', () => {
    const parameters = extension(
      parameter('number-weight', 'per-exa', '60') +
        parameter('number-fixed', 'fix-tot', '500000') +
        parameter('number-threshold', 'min-score', '7.5'),
    );
    expect(
      criteriaOf(
        award(
          `${parameters}<cbc:AwardingCriterionTypeCode>quality-nor-env-criteria</cbc:AwardingCriterionTypeCode>`,
        ),
      ),
    ).toMatchObject([
      {
        kind: 'award',
        type: 'quality-nor-env-criteria',
        weight: '60',
        weightKind: 'per-exa',
        fixed: '500000',
        fixedKind: 'fix-tot',
        threshold: '7.5',
        thresholdKind: 'min-score',
      },
    ]);
  });

  test('weights from before there were parameters; empty criteria are templates', () => {
    const old =
      '<cbc:AwardingCriterionTypeCode>price</cbc:AwardingCriterionTypeCode><cbc:WeightNumeric>40</cbc:WeightNumeric>';
    expect(criteriaOf(award(old))).toMatchObject([{ type: 'price', weight: '40', weightKind: null }]);
    expect(criteriaOf(award(''))).toEqual([]);
  });

  test('selection criteria of old and new SDKs; those not used are none', () => {
    const selection = (element: string) => `<efac:SelectionCriteria>${element}</efac:SelectionCriteria>`;
    const all = extension(
      selection('<cbc:CriterionTypeCode listName="selection-criterion">ef-stand</cbc:CriterionTypeCode>') +
        selection('<cbc:TendererRequirementTypeCode>slc-abil-subc</cbc:TendererRequirementTypeCode>') +
        selection(
          '<cbc:CriterionTypeCode>sui-act</cbc:CriterionTypeCode><cbc:CalculationExpressionCode>n-used</cbc:CalculationExpressionCode>',
        ),
    );
    expect(criteriaOf(all)?.map(({ kind, type }) => [kind, type])).toEqual([
      ['selection', 'ef-stand'],
      ['selection', 'slc-abil-subc'],
    ]);
  });
});

describe('change and modification', () => {
  test('a change says what, where and why', () => {
    const changes = `<efac:Changes><efbc:ChangedNoticeIdentifier>f42be27e-09cf-4f0e-a745-63ec689631e6-01</efbc:ChangedNoticeIdentifier>
      <efac:ChangeReason><cbc:ReasonCode>cor-buy</cbc:ReasonCode><efbc:ReasonDescription>Ny frist</efbc:ReasonDescription></efac:ChangeReason>
      <efac:Change><efbc:ChangeDescription>Fristen er utsatt</efbc:ChangeDescription>
        <efac:ChangedSection><efbc:ChangedSectionIdentifier>LOT-0001</efbc:ChangedSectionIdentifier></efac:ChangedSection></efac:Change></efac:Changes>`;
    expect(parseNotice(noticeXml({ extension: SUBTYPE + changes }))).toMatchObject({
      change: {
        previousNotice: 'f42be27e-09cf-4f0e-a745-63ec689631e6-01',
        reasonCode: 'cor-buy',
        reason: { value: 'Ny frist' },
        changes: [{ section: 'LOT-0001', description: { value: 'Fristen er utsatt' } }],
      },
      modification: null,
    });
  });

  test('previous planning is a notice and a version, or a publication number', () => {
    const reference = (id: string) =>
      process(`<cac:NoticeDocumentReference><cbc:ID>${id}</cbc:ID></cac:NoticeDocumentReference>`);
    const uuid = 'f42be27e-09cf-4f0e-a745-63ec689631e6';
    const notice = withLots(
      lot('LOT-0001', reference(`${uuid}-02`)),
      lot('LOT-0002', reference(`${uuid}-02`)),
      lot('LOT-0003', reference('633991-2023')),
      lot('LOT-0004', reference('n.a.')),
    );
    expect(notice.previousPlanning).toEqual([
      { noticeId: uuid, version: '02', part: null },
      { noticeId: '633991-2023', version: null, part: null },
    ]);
  });
});

describe('organisations', () => {
  const read = (list: string[], buyers: string[]) =>
    parseNotice(
      noticeXml({
        extension: SUBTYPE + organisations(...list),
        body: buyers.map(buyer).join('') + PROCEDURE + project('Skolemat') + lot('LOT-0001'),
      }),
    );
  const one = (name: string, number: string, country = 'NOR') => {
    const notice = read([organisation('ORG-0001', name, number, country)], ['ORG-0001']);
    return [notice.organisations[0]?.organisationNumber, ...codes(notice)];
  };

  test.each<[string, string, (string | null)[]]>([
    ['Askim kommune', '923609016', ['923609016']],
    ['Askim kommune', '923 609 016', ['923609016', 'IDENTIFIER_NORMALISED']],
    ['Askim kommune', 'NO 923609016 MVA', ['923609016', 'IDENTIFIER_NORMALISED']],
    ['Askim kommune', 'Askim kommune 923609016', ['923609016', 'IDENTIFIER_NORMALISED']],
    ['Askim kommune', '923609017', [null, 'IDENTIFIER_INVALID']],
    ['Elvia AS', 'Elvia AS', [null, 'IDENTIFIER_INVALID']],
    ['Askim kommune', '', [null, 'IDENTIFIER_MISSING']],
    ['Askim kommune 923609016', '', ['923609016', 'NAME_CONTAINS_IDENTIFIER', 'IDENTIFIER_MISSING']],
    ['Askim kommune 923609016', 'Askim', ['923609016', 'NAME_CONTAINS_IDENTIFIER', 'IDENTIFIER_INVALID']],
    ['[Test][Cloudia]TestOrg6', '923609016', ['923609016', 'TEST_ORGANISATION']],
    ['Norsk Testsenter AS', '923609016', ['923609016']],
    ['', '923609016', ['923609016', 'NAME_MISSING']],
  ])('%j with %j', (name, number, expected) => {
    expect(one(name, number)).toEqual(expected);
  });

  test("another country's number is not Norwegian, even when it could be", () => {
    expect(one('Rouen Habitat', '923609016', 'FRA')).toEqual([null]);
  });

  test('the same buyer twice is remarked; Vadsø is not Vardø', () => {
    const typo = read(
      [organisation('ORG-0001', 'Sandnes kommune'), organisation('ORG-0002', 'Sandnes kommnune', 'Sandnes')],
      ['ORG-0001', 'ORG-0002'],
    );
    expect(typo.buyers).toEqual(['ORG-0001', 'ORG-0002']);
    expect(codes(typo)).toContain('DUPLICATE_BUYER');
    const neighbours = read(
      [organisation('ORG-0001', 'Vadsø kommune', ''), organisation('ORG-0002', 'Vardø kommune', '')],
      ['ORG-0001', 'ORG-0002'],
    );
    expect(codes(neighbours)).not.toContain('DUPLICATE_BUYER');
  });

  test('a broken reference is left out; a touch point stands for its organisation; the leader comes first', () => {
    const desk = organisation('ORG-0001', 'Askim kommune').replace(
      '</efac:Company>',
      '</efac:Company><efac:TouchPoint><cac:PartyIdentification><cbc:ID>TPO-0001</cbc:ID></cac:PartyIdentification></efac:TouchPoint>',
    );
    const leader = organisation('ORG-0002', 'Hobøl kommune', '974760819').replace(
      '<efac:Company>',
      '<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator><efac:Company>',
    );
    const notice = read([desk, leader], ['TPO-0001', 'ORG-0009', 'ORG-0002']);
    expect(notice.buyers).toEqual(['ORG-0002', 'ORG-0001']);
    expect(codes(notice)).toEqual(['REFERENCE_BROKEN']);
  });
});
