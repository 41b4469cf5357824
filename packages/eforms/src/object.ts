import { moneyAt } from './amounts.js';
import { checked } from './codes.js';
import { all, first, inExtension, listNameOf, textOf, textsOf } from './find.js';
import type { ParsedLot } from './notice.js';
import { placesOf } from './places.js';
import type { Reading } from './remarks.js';
import { localised, localisedName } from './text.js';
import type { XmlElement } from './xml-tree.js';

type ProcurementObject = Pick<
  ParsedLot,
  | 'title'
  | 'description'
  | 'nature'
  | 'cpv'
  | 'additionalCpv'
  | 'nuts'
  | 'estimatedValue'
  | 'frameworkMaximumValue'
>;

/** What is bought, where and for how much: the same cac:ProcurementProject for procedure, lot and part. */
export function readObject(project: XmlElement | null, reading: Reading): ProcurementObject {
  const total = first(project, 'cac:RequestedTenderTotal');
  const nature = all(project, 'cbc:ProcurementTypeCode').find(
    (code) => code.text !== '' && (listNameOf(code) ?? 'contract-nature') === 'contract-nature',
  );
  return {
    title: localisedName(all(project, 'cbc:Name'), 'BT-21', reading),
    description: localised(all(project, 'cbc:Description'), 'BT-24', reading),
    nature: checked('BT-23', nature?.text ?? null, reading),
    cpv: textOf(project, 'cac:MainCommodityClassification', 'cbc:ItemClassificationCode'),
    additionalCpv: textsOf(project, 'cac:AdditionalCommodityClassification', 'cbc:ItemClassificationCode'),
    nuts: placesOf(project, reading),
    estimatedValue: moneyAt(total, 'BT-27', reading, 'cbc:EstimatedOverallContractAmount'),
    frameworkMaximumValue: frameworkMaximum(total, reading),
  };
}

function frameworkMaximum(
  total: XmlElement | null,
  reading: Reading,
): ProcurementObject['frameworkMaximumValue'] {
  const holder = inExtension(total).find((block) => first(block, 'efbc:FrameworkMaximumAmount') !== null);
  return moneyAt(holder ?? null, 'BT-271', reading, 'efbc:FrameworkMaximumAmount');
}
