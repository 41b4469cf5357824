import { decimalText, type Money } from '@samspill/values';
import { URI_OF } from './namespaces.js';

/** What a simple notice says. The writer knows the paths of SDK 1.10 and nothing that is not here. */
export interface NoticeDraft {
  noticeId: string;
  version?: string;
  procedureId?: string | null;
  formType: 'planning' | 'consultation' | 'competition' | 'result' | 'dir-awa-pre';
  /** OPP-070. */
  subtype: string;
  /** BT-02. */
  noticeType: string;
  dispatchedAt: Date;
  title: string;
  description: string;
  internalId?: string;
  nature: 'works' | 'supplies' | 'services';
  cpv: string;
  nuts?: string;
  estimatedValue?: Money;
  procedureType?: string;
  buyer: DraftOrganisation;
  lots: DraftLot[];
  /** BT-125: the planning notice that this follows up. */
  previousPlanning?: string;
  /** BT-127. */
  plannedDate?: string;
  /** BT-758, BT-140, BT-762: that this corrects an earlier notice. */
  change?: { previousNotice: string; reasonCode: string; reason: string };
  winners?: DraftWinner[];
  /** Lots that ended without a winner, with the reason (BT-144). */
  withoutWinner?: { lotId: string; reason: string }[];
}

export interface DraftOrganisation {
  name: string;
  organisationNumber: string;
  city: string;
  postCode: string;
  contact?: { name: string; email: string; telephone: string };
}

export interface DraftLot {
  id: string;
  title: string;
  description: string;
  estimatedValue?: Money;
  deadline?: Date;
  answersDeadline?: Date;
  months?: number;
  performanceTerms?: string;
  url?: string;
  criteria?: { type: string; name: string; weight: number }[];
}

export interface DraftWinner {
  lotId: string;
  value: Money;
  tenderers: DraftOrganisation[];
  contract: { identifier: string; awardDate: string; conclusionDate?: string };
  tendersReceived: number;
}

const ROOTS = {
  planning: 'PriorInformationNotice',
  consultation: 'PriorInformationNotice',
  competition: 'ContractNotice',
  result: 'ContractAwardNotice',
  'dir-awa-pre': 'ContractAwardNotice',
} as const;

/** Writes an eForms notice in XML: for demo data and tests, and the seed of an exporter. */
export function writeNotice(draft: NoticeDraft): string {
  const root = ROOTS[draft.formType];
  const parties = [draft.buyer, ...(draft.winners ?? []).flatMap((winner) => winner.tenderers)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:${root}-2" xmlns:cac="${URI_OF.cac}" xmlns:cbc="${URI_OF.cbc}" xmlns:ext="${URI_OF.ext}" xmlns:efext="${URI_OF.efext}" xmlns:efac="${URI_OF.efac}" xmlns:efbc="${URI_OF.efbc}">
${extension(draft, parties)}
${header(draft)}
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
${draft.procedureType ? `<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">${draft.procedureType}</cbc:ProcedureCode></cac:TenderingProcess>` : ''}
${project(draft)}
${draft.lots.map((lot) => lotXml(draft, lot)).join('\n')}
</${root}>
`;
}

function header(draft: NoticeDraft): string {
  const [date, time] = isoParts(draft.dispatchedAt);
  return `<cbc:UBLVersionID>2.3</cbc:UBLVersionID>
<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">${draft.noticeId}</cbc:ID>
${draft.procedureId ? `<cbc:ContractFolderID>${draft.procedureId}</cbc:ContractFolderID>` : ''}
<cbc:IssueDate>${date}</cbc:IssueDate><cbc:IssueTime>${time}</cbc:IssueTime>
<cbc:VersionID>${draft.version ?? '01'}</cbc:VersionID>
${draft.plannedDate ? `<cbc:PlannedDate>${draft.plannedDate}+01:00</cbc:PlannedDate>` : ''}
<cbc:RegulatoryDomain>32014L0024</cbc:RegulatoryDomain>
<cbc:NoticeTypeCode listName="${draft.formType}">${draft.noticeType}</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>`;
}

function extension(draft: NoticeDraft, parties: readonly DraftOrganisation[]): string {
  const { change } = draft;
  const changes = change
    ? `<efac:Changes><efbc:ChangedNoticeIdentifier>${change.previousNotice}</efbc:ChangedNoticeIdentifier><efac:ChangeReason><cbc:ReasonCode listName="change-corrig-justification">${change.reasonCode}</cbc:ReasonCode><efbc:ReasonDescription languageID="NOR">${text(change.reason)}</efbc:ReasonDescription></efac:ChangeReason></efac:Changes>`
    : '';
  return `<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
${changes}
${result(draft)}
<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">${draft.subtype}</cbc:SubTypeCode></efac:NoticeSubType>
<efac:Organizations>${parties.map(organisation).join('')}</efac:Organizations>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
}

function organisation(party: DraftOrganisation, position: number): string {
  const { contact } = party;
  return `<efac:Organization><efac:Company>
<cac:PartyIdentification><cbc:ID schemeName="organization">${orgId(position)}</cbc:ID></cac:PartyIdentification>
<cac:PartyName><cbc:Name languageID="NOR">${text(party.name)}</cbc:Name></cac:PartyName>
<cac:PostalAddress><cbc:CityName>${text(party.city)}</cbc:CityName><cbc:PostalZone>${party.postCode}</cbc:PostalZone><cac:Country><cbc:IdentificationCode listName="country">NOR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:CompanyID>${party.organisationNumber}</cbc:CompanyID></cac:PartyLegalEntity>
${contact ? `<cac:Contact><cbc:Name>${text(contact.name)}</cbc:Name><cbc:Telephone>${contact.telephone}</cbc:Telephone><cbc:ElectronicMail>${contact.email}</cbc:ElectronicMail></cac:Contact>` : ''}
</efac:Company></efac:Organization>`;
}

function project(draft: NoticeDraft): string {
  return `<cac:ProcurementProject>
<cbc:ID schemeName="InternalID">${text(draft.internalId ?? draft.noticeId)}</cbc:ID>
${nameAndText(draft.title, draft.description)}
<cbc:ProcurementTypeCode listName="contract-nature">${draft.nature}</cbc:ProcurementTypeCode>
${total(draft.estimatedValue)}
${classification(draft)}
</cac:ProcurementProject>`;
}

function lotXml(draft: NoticeDraft, lot: DraftLot): string {
  const scheme = draft.formType === 'planning' ? 'Part' : 'Lot';
  return `<cac:ProcurementProjectLot><cbc:ID schemeName="${scheme}">${lot.id}</cbc:ID>
<cac:TenderingTerms>
${lot.performanceTerms ? `<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode listName="conditions">performance</cbc:ExecutionRequirementCode><cbc:Description languageID="NOR">${text(lot.performanceTerms)}</cbc:Description></cac:ContractExecutionRequirement>` : ''}
${lot.criteria ? `<cac:AwardingTerms><cac:AwardingCriterion>${lot.criteria.map(criterion).join('')}</cac:AwardingCriterion></cac:AwardingTerms>` : ''}
${lot.url ? `<cac:TenderRecipientParty><cbc:EndpointID>${text(lot.url)}</cbc:EndpointID></cac:TenderRecipientParty>` : ''}
</cac:TenderingTerms>
<cac:TenderingProcess>
${lot.answersDeadline ? nested(`<efac:AnswerReceptionPeriod>${endOf(lot.answersDeadline)}</efac:AnswerReceptionPeriod>`) : ''}
${lot.deadline ? `<cac:TenderSubmissionDeadlinePeriod>${endOf(lot.deadline)}</cac:TenderSubmissionDeadlinePeriod>` : ''}
${draft.previousPlanning ? `<cac:NoticeDocumentReference><cbc:ID schemeName="notice-id-ref">${draft.previousPlanning}</cbc:ID></cac:NoticeDocumentReference>` : ''}
</cac:TenderingProcess>
<cac:ProcurementProject>
${nameAndText(lot.title, lot.description)}
<cbc:ProcurementTypeCode listName="contract-nature">${draft.nature}</cbc:ProcurementTypeCode>
${total(lot.estimatedValue)}
${classification(draft)}
${lot.months ? `<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">${lot.months}</cbc:DurationMeasure></cac:PlannedPeriod>` : ''}
</cac:ProcurementProject></cac:ProcurementProjectLot>`;
}

function criterion({ type, name, weight }: { type: string; name: string; weight: number }): string {
  const parameter = `<efac:AwardCriterionParameter><efbc:ParameterCode listName="number-weight">per-exa</efbc:ParameterCode><efbc:ParameterNumeric>${weight}</efbc:ParameterNumeric></efac:AwardCriterionParameter>`;
  return `<cac:SubordinateAwardingCriterion>${nested(parameter)}<cbc:AwardingCriterionTypeCode listName="award-criterion-type">${type}</cbc:AwardingCriterionTypeCode><cbc:Name languageID="NOR">${text(name)}</cbc:Name></cac:SubordinateAwardingCriterion>`;
}

function result({ winners = [], withoutWinner = [] }: NoticeDraft): string {
  if (winners.length + withoutWinner.length === 0) return '';
  let organisations = 1;
  const tenderers = winners.map((winner) => winner.tenderers.map(() => orgId(organisations++)));
  return `<efac:NoticeResult>
${winners.map((winner, at) => `<efac:LotResult><cbc:ID schemeName="result">RES-${four(at)}</cbc:ID><cbc:TenderResultCode listName="winner-selection-status">selec-w</cbc:TenderResultCode><efac:LotTender><cbc:ID schemeName="tender">TEN-${four(at)}</cbc:ID></efac:LotTender><efac:ReceivedSubmissionsStatistics><efbc:StatisticsCode listName="received-submission-type">tenders</efbc:StatisticsCode><efbc:StatisticsNumeric>${winner.tendersReceived}</efbc:StatisticsNumeric></efac:ReceivedSubmissionsStatistics><efac:SettledContract><cbc:ID schemeName="contract">CON-${four(at)}</cbc:ID></efac:SettledContract><efac:TenderLot><cbc:ID schemeName="Lot">${winner.lotId}</cbc:ID></efac:TenderLot></efac:LotResult>`).join('\n')}
${withoutWinner.map(({ lotId, reason }, at) => `<efac:LotResult><cbc:ID schemeName="result">RES-${four(winners.length + at)}</cbc:ID><cbc:TenderResultCode listName="winner-selection-status">clos-nw</cbc:TenderResultCode><efac:DecisionReason><efbc:DecisionReasonCode listName="non-award-justification">${reason}</efbc:DecisionReasonCode></efac:DecisionReason><efac:TenderLot><cbc:ID schemeName="Lot">${lotId}</cbc:ID></efac:TenderLot></efac:LotResult>`).join('\n')}
${winners.map((winner, at) => `<efac:LotTender><cbc:ID schemeName="tender">TEN-${four(at)}</cbc:ID><cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="${winner.value.currency}">${decimalText(winner.value)}</cbc:PayableAmount></cac:LegalMonetaryTotal><efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-${four(at)}</cbc:ID></efac:TenderingParty><efac:TenderLot><cbc:ID schemeName="Lot">${winner.lotId}</cbc:ID></efac:TenderLot></efac:LotTender>`).join('\n')}
${winners.map(({ contract }, at) => `<efac:SettledContract><cbc:ID schemeName="contract">CON-${four(at)}</cbc:ID>${contract.conclusionDate ? `<cbc:IssueDate>${contract.conclusionDate}+01:00</cbc:IssueDate>` : ''}<cbc:AwardDate>${contract.awardDate}+01:00</cbc:AwardDate><efac:ContractReference><cbc:ID>${text(contract.identifier)}</cbc:ID></efac:ContractReference><efac:LotTender><cbc:ID schemeName="tender">TEN-${four(at)}</cbc:ID></efac:LotTender></efac:SettledContract>`).join('\n')}
${tenderers.map((ids, at) => `<efac:TenderingParty><cbc:ID schemeName="tendering-party">TPA-${four(at)}</cbc:ID>${ids.map((id, place) => `<efac:Tenderer><cbc:ID schemeName="organization">${id}</cbc:ID>${place === 0 && ids.length > 1 ? '<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator>' : ''}</efac:Tenderer>`).join('')}</efac:TenderingParty>`).join('\n')}
</efac:NoticeResult>`;
}

function nested(content: string): string {
  return `<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>${content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
}

function nameAndText(name: string, description: string): string {
  return `<cbc:Name languageID="NOR">${text(name)}</cbc:Name>\n<cbc:Description languageID="NOR">${text(description)}</cbc:Description>`;
}

function total(value: Money | undefined): string {
  return value
    ? `<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="${value.currency}">${decimalText(value)}</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>`
    : '';
}

function classification({ cpv, nuts }: NoticeDraft): string {
  return `<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">${cpv}</cbc:ItemClassificationCode></cac:MainCommodityClassification>
${nuts ? `<cac:RealizedLocation><cac:Address><cbc:CountrySubentityCode listName="nuts-lvl3">${nuts}</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode listName="country">NOR</cbc:IdentificationCode></cac:Country></cac:Address></cac:RealizedLocation>` : ''}`;
}

function endOf(time: Date): string {
  const [date, clock] = isoParts(time);
  return `<cbc:EndDate>${date}</cbc:EndDate><cbc:EndTime>${clock}</cbc:EndTime>`;
}

function isoParts(time: Date): [string, string] {
  const iso = time.toISOString();
  return [`${iso.slice(0, 10)}Z`, `${iso.slice(11, 19)}Z`];
}

const four = (position: number) => String(position + 1).padStart(4, '0');
const orgId = (position: number) => `ORG-${four(position)}`;

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
