import { indicatorAt, numberAt } from './amounts.js';
import { readCriteria } from './criteria.js';
import { dateAt } from './dates.js';
import { readDeadlines } from './deadlines.js';
import { all, first, listNameOf, textOf, textsOf, withList } from './find.js';
import { Ids } from './ids.js';
import type { ParsedLot } from './notice.js';
import { readObject } from './object.js';
import type { Reading } from './remarks.js';
import { localised } from './text.js';
import type { XmlElement } from './xml-tree.js';

/** Lots and parts. A group of lots is an offer of combinations, not something that is bought, and left out. */
export function readLots(root: XmlElement, reading: Reading): ParsedLot[] {
  const ids = {
    lot: new Ids('LOT', 'BT-137', reading.remarks),
    part: new Ids('PAR', 'BT-137', reading.remarks),
  };
  return all(root, 'cac:ProcurementProjectLot').flatMap((element) => {
    const id = first(element, 'cbc:ID');
    const kind = kindOf(id);
    return kind === null ? [] : [readLot(element, ids[kind].claim(id?.text || null), kind, reading)];
  });
}

function kindOf(id: XmlElement | null): 'lot' | 'part' | null {
  const scheme = id?.attributes.get('schemeName');
  if (scheme === 'Part' || (!scheme && id?.text.startsWith('PAR-'))) return 'part';
  if (scheme === 'LotsGroup' || (!scheme && id?.text.startsWith('GLO-'))) return null;
  return 'lot';
}

function readLot(element: XmlElement, id: string, kind: 'lot' | 'part', reading: Reading): ParsedLot {
  const project = first(element, 'cac:ProcurementProject');
  const process = first(element, 'cac:TenderingProcess');
  const terms = first(element, 'cac:TenderingTerms');
  const period = first(project, 'cac:PlannedPeriod');
  return {
    id,
    kind,
    ...readObject(project, reading),
    ...readDeadlines(process, reading),
    startDate: dateAt(period, 'BT-536', reading, 'cbc:StartDate'),
    endDate: dateAt(period, 'BT-537', reading, 'cbc:EndDate'),
    duration: readDuration(period),
    suitableForSme: indicatorAt(project, 'cbc:SMESuitableIndicator'),
    frameworkAgreement: contractingSystem(process, 'framework-agreement'),
    dynamicPurchasingSystem: contractingSystem(process, 'dps-usage'),
    strategic: readStrategic(project, reading),
    performanceTerms: readPerformanceTerms(terms, reading),
    documentsUrl: readDocumentsUrl(terms),
    submissionUrl: textOf(terms, 'cac:TenderRecipientParty', 'cbc:EndpointID'),
    submissionLanguages: textsOf(terms, 'cac:Language', 'cbc:ID'),
    criteria: readCriteria(terms, reading),
  };
}

function readDuration(period: XmlElement | null): ParsedLot['duration'] {
  const amount = numberAt(period, 'cbc:DurationMeasure');
  const unit = first(period, 'cbc:DurationMeasure')?.attributes.get('unitCode');
  return amount === null || !unit ? null : { amount, unit };
}

function contractingSystem(process: XmlElement | null, list: string): string | null {
  const systems = withList(all(process, 'cac:ContractingSystem'), 'cbc:ContractingSystemTypeCode', list);
  const code = textOf(systems, 'cbc:ContractingSystemTypeCode');
  return code === 'none' ? null : code;
}

type StrategicKind = ParsedLot['strategic'][number]['kind'];
const STRATEGIC_KINDS: ReadonlySet<string> = new Set<StrategicKind>([
  'strategic-procurement',
  'innovative-acquisition',
  'social-objective',
  'environmental-impact',
  'gpp-criteria',
]);

function readStrategic(project: XmlElement | null, reading: Reading): ParsedLot['strategic'] {
  return all(project, 'cac:ProcurementAdditionalType').flatMap((element) => {
    const code = first(element, 'cbc:ProcurementTypeCode');
    const kind = listNameOf(code);
    if (!code?.text || !isStrategicKind(kind)) return [];
    return [
      {
        kind,
        code: code.text,
        description: localised(all(element, 'cbc:ProcurementType'), 'BT-777', reading),
      },
    ];
  });
}

function isStrategicKind(list: string | null): list is StrategicKind {
  return list !== null && STRATEGIC_KINDS.has(list);
}

function readPerformanceTerms(terms: XmlElement | null, reading: Reading): ParsedLot['performanceTerms'] {
  const requirements = all(terms, 'cac:ContractExecutionRequirement');
  const conditions = withList(requirements, 'cbc:ExecutionRequirementCode', 'conditions');
  return localised(all(conditions, 'cbc:Description'), 'BT-70', reading);
}

/** BT-15: documents that anybody may fetch. Those behind a login are BT-615 and a different promise. */
function readDocumentsUrl(terms: XmlElement | null): string | null {
  const documents = all(terms, 'cac:CallForTendersDocumentReference').filter(
    (document) => textOf(document, 'cbc:DocumentType') !== 'restricted-document',
  );
  return textOf(documents, 'cac:Attachment', 'cac:ExternalReference', 'cbc:URI');
}
