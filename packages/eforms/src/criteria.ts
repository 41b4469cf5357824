import { decimalAt } from './amounts.js';
import { checked, checkedCriterionType } from './codes.js';
import { all, inExtension, listNameOf, textOf } from './find.js';
import type { ParsedCriterion } from './notice.js';
import type { Reading } from './remarks.js';
import { localised, localisedName } from './text.js';
import type { XmlElement } from './xml-tree.js';

export function readCriteria(terms: XmlElement | null, reading: Reading): ParsedCriterion[] {
  return [...readAwardCriteria(terms, reading), ...readSelectionCriteria(terms, reading)];
}

function readAwardCriteria(terms: XmlElement | null, reading: Reading): ParsedCriterion[] {
  const criteria = all(terms, 'cac:AwardingTerms', 'cac:AwardingCriterion').flatMap((criterion) => {
    const subordinate = all(criterion, 'cac:SubordinateAwardingCriterion');
    // Plain UBL allows a criterion without subordinates; it then carries the code itself.
    if (subordinate.length > 0) return subordinate;
    return textOf(criterion, 'cbc:AwardingCriterionTypeCode') === null ? [] : [criterion];
  });
  return criteria
    .map((element): ParsedCriterion => {
      const numbers = readNumbers(inExtension(element, 'efac:AwardCriterionParameter'), reading);
      return {
        kind: 'award',
        type: checkedCriterionType(textOf(element, 'cbc:AwardingCriterionTypeCode'), reading),
        name: localisedName(all(element, 'cbc:Name'), 'BT-734', reading),
        description: localised(all(element, 'cbc:Description'), 'BT-540', reading),
        ...numbers,
        // Before parameters there were UBL's own elements.
        weight:
          numbers.weight ??
          decimalAt(element, 'BT-541', reading, 'cbc:WeightNumeric') ??
          decimalAt(element, 'BT-541', reading, 'cbc:Weight'),
        weightKind: checked('BT-5421', numbers.weightKind, reading),
      };
    })
    .filter(saysSomething);
}

/** BT-809 since SDK 1.13; before that BT-747, of which `n-used` says that there is no such criterion. */
function readSelectionCriteria(terms: XmlElement | null, reading: Reading): ParsedCriterion[] {
  return inExtension(terms, 'efac:SelectionCriteria')
    .filter((element) => textOf(element, 'cbc:CalculationExpressionCode') !== 'n-used')
    .map(
      (element): ParsedCriterion => ({
        kind: 'selection',
        type: textOf(element, 'cbc:TendererRequirementTypeCode') ?? textOf(element, 'cbc:CriterionTypeCode'),
        name: localisedName(all(element, 'cbc:Name'), 'BT-749', reading),
        description: localised(all(element, 'cbc:Description'), 'BT-750', reading),
        ...readNumbers(all(element, 'efac:CriterionParameter'), reading),
      }),
    )
    .filter(saysSomething);
}

function saysSomething({ type, name, description, weight, fixed, threshold }: ParsedCriterion): boolean {
  return [type, name, description, weight, fixed, threshold].some((value) => value !== null);
}

type Numbers = Pick<
  ParsedCriterion,
  'weight' | 'weightKind' | 'fixed' | 'fixedKind' | 'threshold' | 'thresholdKind'
>;

/** BT-541 is one element for three meanings, told apart by the code list of its code. */
function readNumbers(parameters: readonly XmlElement[], reading: Reading): Numbers {
  const numbers: Numbers = {
    weight: null,
    weightKind: null,
    fixed: null,
    fixedKind: null,
    threshold: null,
    thresholdKind: null,
  };
  for (const parameter of parameters) {
    const code = all(parameter, 'efbc:ParameterCode')[0] ?? null;
    const kind = code?.text || null;
    const value = decimalAt(parameter, 'BT-541', reading, 'efbc:ParameterNumeric');
    const meaning = meaningOf(listNameOf(code), kind);
    numbers[meaning] ??= value;
    numbers[`${meaning}Kind`] ??= kind;
  }
  return numbers;
}

function meaningOf(list: string | null, code: string | null): 'weight' | 'fixed' | 'threshold' {
  if (list === 'number-fixed' || code?.startsWith('fix-')) return 'fixed';
  if (list === 'number-threshold' || code === 'min-score' || code === 'max-pass') return 'threshold';
  return 'weight';
}
