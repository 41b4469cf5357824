import { osloDate } from '@samspill/values';
import { readBuyers } from './buyers.js';
import { readChange, readModification, readPreviousPlanning } from './changes.js';
import { dateAt } from './dates.js';
import { earliestDeadline } from './deadlines.js';
import { all, first, textOf } from './find.js';
import { readDispatch, readHeader } from './header.js';
import { readLots } from './lots.js';
import { NOTICE_ROOTS } from './namespaces.js';
import type { LocalisedText, ParsedLot, ParsedNotice } from './notice.js';
import { readObject } from './object.js';
import { Directory } from './organisations.js';
import { readProcedure } from './procedure.js';
import { NoticeRefused } from './refusal.js';
import { type Reading, Remarks } from './remarks.js';
import { readResults } from './results.js';
import { localisedName } from './text.js';
import { parseXml, type XmlElement, type XmlLimits } from './xml-tree.js';

export interface ParseOptions {
  limits?: Partial<XmlLimits>;
  /**
   * Stands in for a dispatch date that cannot be read. Pass the time of receipt when parsing anew what was
   * received earlier.
   *
   * @default now
   */
  receivedAt?: Date;
}

/**
 * Reads one eForms notice of any form type and any SDK from 1.3 on. Refuses only what cannot be understood
 * or must not be read; everything else that is wrong becomes a remark.
 *
 * @throws {NoticeRefused}
 */
export function parseNotice(xml: string | Uint8Array, options: ParseOptions = {}): ParsedNotice {
  const root = parseXml(xml, options.limits);
  const rootName = NOTICE_ROOTS.get(root.name);
  if (rootName === undefined) {
    throw new NoticeRefused('NOT_A_NOTICE', { line: root.line, detail: root.name });
  }
  const remarks = new Remarks();
  const dispatchedAt = readDispatch(root, options.receivedAt ?? new Date(), { remarks });
  const reading: Reading = {
    remarks,
    language: textOf(root, 'cbc:NoticeLanguageCode')?.toUpperCase() ?? null,
    date: osloDate(dispatchedAt),
  };
  const header = readHeader(root, rootName, reading);
  const project = first(root, 'cac:ProcurementProject');
  const object = readObject(project, reading);
  const directory = new Directory(root, reading);
  const buyers = readBuyers(root, directory, reading);
  const lots = readLots(root, reading);
  if (lots.length === 0) remarkNoLots(header, reading);

  return {
    ...header,
    ...object,
    ...readProcedure(root, header.subtype, reading),
    ...readResults(root, new Set(lots.map(({ id }) => id)), directory, reading),
    dispatchedAt,
    title: object.title ?? standInTitle(root, lots, reading),
    nuts: [...new Set([...object.nuts, ...lots.flatMap(({ nuts }) => nuts)])],
    internalId: textOf(project, 'cbc:ID'),
    plannedDate: dateAt(root, 'BT-127', reading, 'cbc:PlannedDate'),
    deadline: earliestDeadline(lots),
    organisations: directory.organisations,
    buyers,
    lots,
    change: readChange(root, reading),
    modification: readModification(root, reading),
    previousPlanning: readPreviousPlanning(root),
    remarks: remarks.list(),
  };
}

/** A list of notices needs something to show: the registered business (BRI) or the first lot's title. */
function standInTitle(root: XmlElement, lots: readonly ParsedLot[], reading: Reading): LocalisedText {
  const business = all(root, 'cac:BusinessParty', 'cac:PartyLegalEntity', 'cbc:RegistrationName');
  const registered = localisedName(business, 'BT-500', reading);
  if (registered) return registered;
  const ofLot = lots.find(({ title }) => title !== null)?.title ?? null;
  reading.remarks.add('NAME_MISSING', 'BT-21', null, {
    nb: ofLot
      ? 'Kunngjøringen mangler tittel. Tittelen på den første delkontrakten er brukt.'
      : 'Kunngjøringen mangler tittel.',
    en: ofLot ? 'The notice has no title. The title of the first lot is used.' : 'The notice has no title.',
  });
  return ofLot ?? { value: '', language: null, all: {} };
}

/** Notices on a buyer profile and business registrations have none by design. */
function remarkNoLots(
  { noticeType, formType }: Pick<ParsedNotice, 'noticeType' | 'formType'>,
  reading: Reading,
) {
  if (formType === 'bri' || noticeType === 'pin-buyer') return;
  reading.remarks.add('NO_LOTS', 'BT-137', null, {
    nb: 'Kunngjøringen har ingen delkontrakter, heller ikke den ene som alltid skal være der.',
    en: 'The notice has no lots, not even the one that should always be there.',
  });
}
