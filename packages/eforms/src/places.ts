import { isNuts } from '@samspill/values';
import { textsOf } from './find.js';
import type { Reading } from './remarks.js';
import type { XmlElement } from './xml-tree.js';

/** Norwegian codes of NUTS 2021 that NUTS 2024 replaced when the counties were split again. */
const RETIRED_IN_2024 = new Set(['NO074', 'NO082', 'NO091']);
const NUTS_2024 = '2024-01-01';

/** BT-5071 and, for services that are bound to no region, BT-727 (`anyw`, `anyw-eea`, `anyw-cou`). */
export function placesOf(project: XmlElement | null, reading: Reading): string[] {
  const address = ['cac:RealizedLocation', 'cac:Address'] as const;
  const regions = textsOf(project, ...address, 'cbc:CountrySubentityCode');
  const anywhere = textsOf(project, ...address, 'cbc:Region').filter((code) => code.startsWith('anyw'));
  return [...regions, ...anywhere].map((code) => checkedRegion(code, 'BT-5071', reading));
}

export function checkedRegion(code: string, field: string, { remarks, date }: Reading): string {
  if (!isNuts(code) || code.endsWith('ZZZ')) {
    remarks.add('REGION_UNKNOWN', field, code, {
      nb: 'Koden er ingen kjent region. Den er beholdt som publisert.',
      en: 'The code is no known region. It is kept as published.',
    });
  } else if (date >= NUTS_2024 && RETIRED_IN_2024.has(code)) {
    remarks.add('REGION_UNKNOWN', field, code, {
      nb: 'Regionen ble delt 1. januar 2024 og fantes ikke da kunngjøringen ble sendt. Koden er beholdt.',
      en: 'The region was split on 1 January 2024 and no longer existed at dispatch. The code is kept.',
    });
  }
  return code;
}
