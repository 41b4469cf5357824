import { calendarDate, zonedDateTimeToUtc } from '@samspill/values';
import { isFiller } from './changes.js';
import { checkedSubtype, formTypeOf } from './codes.js';
import { all, first, inExtension, listNameOf, textOf } from './find.js';
import type { ParsedNotice } from './notice.js';
import { normaliseReference, withLowerCaseUuid } from './reference.js';
import { NoticeRefused } from './refusal.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

type Header = Pick<
  ParsedNotice,
  | 'noticeId'
  | 'version'
  | 'procedureId'
  | 'publicationId'
  | 'customizationId'
  | 'sdkVersion'
  | 'subtype'
  | 'noticeType'
  | 'formType'
  | 'language'
  | 'legalBasis'
>;

/** What a notice cannot be without: refused rather than invented. */
export function requireHeader(root: XmlElement): {
  noticeId: string;
  noticeType: XmlElement;
  issueDate: string;
} {
  const refuse = (
    code: 'NOTICE_ID_MISSING' | 'NOTICE_TYPE_MISSING' | 'DISPATCH_DATE_MISSING',
    name: string,
  ) => {
    const line = first(root, name)?.line ?? root.line;
    return new NoticeRefused(code, { line });
  };
  const ids = all(root, 'cbc:ID').filter(({ text }) => text !== '');
  const id = ids.find(({ attributes }) => attributes.get('schemeName') === 'notice-id') ?? ids[0];
  if (!id) throw refuse('NOTICE_ID_MISSING', 'cbc:ID');
  const noticeType = all(root, 'cbc:NoticeTypeCode').find(({ text }) => text !== '');
  if (!noticeType) throw refuse('NOTICE_TYPE_MISSING', 'cbc:NoticeTypeCode');
  const issueDate = textOf(root, 'cbc:IssueDate');
  if (issueDate === null) throw refuse('DISPATCH_DATE_MISSING', 'cbc:IssueDate');
  return { noticeId: withLowerCaseUuid(id.text), noticeType, issueDate };
}

export function readHeader(root: XmlElement, rootName: string, reading: Reading): Header {
  const { noticeId, noticeType } = requireHeader(root);
  const procedureId = textOf(root, 'cbc:ContractFolderID');
  const customizationId = textOf(root, 'cbc:CustomizationID') ?? '';
  return {
    noticeId,
    version: readVersion(root, reading),
    procedureId: procedureId === null ? null : withLowerCaseUuid(procedureId),
    publicationId: readPublicationId(root, reading),
    customizationId,
    sdkVersion: /^eforms-sdk-(\d+(?:\.\d+)*)/.exec(customizationId)?.[1] ?? null,
    subtype: checkedSubtype(textOf(inExtension(root, 'efac:NoticeSubType'), 'cbc:SubTypeCode'), reading),
    noticeType: noticeType.text,
    formType: formTypeOf(listNameOf(noticeType), noticeType.text, rootName, reading),
    language: reading.language ?? 'UND',
    legalBasis: textOf(root, 'cbc:RegulatoryDomain'),
  };
}

function readVersion(root: XmlElement, { remarks }: Reading): string {
  const version = textOf(root, 'cbc:VersionID');
  if (version === null) {
    remarks.add('VERSION_MISSING', 'BT-757', null, {
      nb: 'Kunngjøringen mangler versjon. Den er lest som versjon 01.',
      en: 'The notice has no version. It is read as version 01.',
    });
  }
  return version ?? '01';
}

/**
 * OPP-010. Some converters put the number of the *preceding* notice here; one publication number then stands
 * for two notices, and whoever looks one up finds the other.
 */
function readPublicationId(root: XmlElement, { remarks }: Reading): string | null {
  const ids = all(inExtension(root, 'efac:Publication'), 'efbc:NoticePublicationID');
  const id = ids.find(({ attributes }) => attributes.get('schemeName') === 'ojs-notice-id') ?? ids[0];
  if (!id?.text || isFiller(id.text)) return null;
  const references = all(root, 'cac:TenderingProcess', 'cac:NoticeDocumentReference', 'cbc:ID');
  if (references.every(({ text }) => normaliseReference(text) !== normaliseReference(id.text)))
    return id.text;
  remarks.add('REFERENCE_BROKEN', 'OPP-010', id.text, {
    nb: 'Publiseringsnummeret tilhører den foregående kunngjøringen. Det er utelatt her.',
    en: 'The publication number belongs to the preceding notice. It is left out here.',
  });
  return null;
}

/**
 * BT-05. A date that is there but cannot be read does not make a notice incomprehensible: the eSender's own
 * date or else the time of receipt stand in, because a notice is never received before it was sent.
 */
export function readDispatch(
  root: XmlElement,
  receivedAt: Date,
  { remarks }: Pick<Reading, 'remarks'>,
): string {
  const { issueDate } = requireHeader(root);
  const time = textOf(root, 'cbc:IssueTime');
  const dispatched = zonedDateTimeToUtc(issueDate, time);
  if (dispatched !== null) return dispatched;
  const day = calendarDate(issueDate);
  const extension = inExtension(root);
  const transmission = textOf(extension, 'efbc:TransmissionDate');
  const standIn =
    (day === null ? null : zonedDateTimeToUtc(day, null)) ??
    (transmission === null
      ? null
      : zonedDateTimeToUtc(transmission, textOf(extension, 'efbc:TransmissionTime'))) ??
    receivedAt.toISOString();
  remarks.add('DATE_INVALID', 'BT-05', time === null ? issueDate : `${issueDate} ${time}`, {
    nb: 'Sendetidspunktet kan ikke leses. Datoen, eSenderens dato eller mottakstidspunktet er brukt i stedet.',
    en: "The time of dispatch cannot be read. Its date, the eSender's date or the time of receipt stands in.",
  });
  return standIn;
}
