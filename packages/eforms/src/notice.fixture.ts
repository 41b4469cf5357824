const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const EU = 'http://data.europa.eu/p27/';

const NAMESPACES = `xmlns:cac="${UBL}CommonAggregateComponents-2" xmlns:cbc="${UBL}CommonBasicComponents-2"
  xmlns:ext="${UBL}CommonExtensionComponents-2" xmlns:efext="${EU}eforms-ubl-extensions/1"
  xmlns:efac="${EU}eforms-ubl-extension-aggregate-components/1"
  xmlns:efbc="${EU}eforms-ubl-extension-basic-components/1"`;

interface NoticeParts {
  root?: 'ContractNotice' | 'ContractAwardNotice' | 'PriorInformationNotice';
  header?: string;
  /** Inside the notice's extension. */
  extension?: string;
  body?: string;
}

export const HEADER = `<cbc:CustomizationID>eforms-sdk-1.7#extended</cbc:CustomizationID>
  <cbc:ID schemeName="notice-id">11111111-2222-3333-4444-555555555555</cbc:ID>
  <cbc:IssueDate>2024-02-01+01:00</cbc:IssueDate><cbc:IssueTime>12:00:00+01:00</cbc:IssueTime>
  <cbc:VersionID>01</cbc:VersionID>
  <cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
  <cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>`;

export const SUBTYPE =
  '<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">16</cbc:SubTypeCode></efac:NoticeSubType>';

export function extension(content: string): string {
  return `<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>${content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
}

export function project(title: string): string {
  return `<cac:ProcurementProject><cbc:Name languageID="NOR">${title}</cbc:Name></cac:ProcurementProject>`;
}

export function lot(id: string, content = project('Delkontrakt'), scheme = 'Lot'): string {
  return `<cac:ProcurementProjectLot><cbc:ID schemeName="${scheme}">${id}</cbc:ID>${content}</cac:ProcurementProjectLot>`;
}

export function organisation(id: string, name: string, number = '923609016', country = 'NOR'): string {
  return `<efac:Organization><efac:Company>
    <cac:PartyIdentification><cbc:ID schemeName="organization">${id}</cbc:ID></cac:PartyIdentification>
    <cac:PartyName><cbc:Name>${name}</cbc:Name></cac:PartyName>
    <cac:PostalAddress><cac:Country><cbc:IdentificationCode>${country}</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
    <cac:PartyLegalEntity><cbc:CompanyID>${number}</cbc:CompanyID></cac:PartyLegalEntity>
  </efac:Company></efac:Organization>`;
}

export function organisations(...list: string[]): string {
  return `<efac:Organizations>${list.join('')}</efac:Organizations>`;
}

export function buyer(id: string): string {
  return `<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>${id}</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>`;
}

export const PROCEDURE =
  '<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode></cac:TenderingProcess>';

/** A small, clean notice; every test changes the part that it is about. */
export function noticeXml({
  root = 'ContractNotice',
  header = HEADER,
  extension: content = SUBTYPE,
  body = PROCEDURE + project('Skolemat') + lot('LOT-0001'),
}: NoticeParts = {}): string {
  return `<${root} xmlns="${UBL}${root}-2" ${NAMESPACES}>${extension(content)}${header}${body}</${root}>`;
}
