import { checked } from './codes.js';
import { all, first, textOf, withList } from './find.js';
import type { ParsedNotice } from './notice.js';
import type { Reading } from './remarks.js';
import { localised } from './text.js';
import type { XmlElement } from './xml-tree.js';

type Procedure = Pick<ParsedNotice, 'procedureType' | 'accelerated' | 'directAward'>;

/** Forms in which BT-105 is mandatory, with their national sisters and the converters' `99`. */
const PROCEDURE_TYPE_EXPECTED = /^(?:N?(?:10|11|16|17|18|2[3-9]|30|31|36|37)|T0[12]|99)$/;

export function readProcedure(root: XmlElement, subtype: string | null, reading: Reading): Procedure {
  const process = first(root, 'cac:TenderingProcess');
  const procedureType = checked('BT-105', textOf(process, 'cbc:ProcedureCode'), reading);
  if (procedureType === null && subtype !== null && PROCEDURE_TYPE_EXPECTED.test(subtype)) {
    reading.remarks.add('PROCEDURE_TYPE_MISSING', 'BT-105', null, {
      nb: 'Kunngjøringen sier ikke hvilken anskaffelsesprosedyre som brukes.',
      en: 'The notice does not say which procurement procedure is used.',
    });
  }
  const accelerated = textOf(justifications(process, 'accelerated-procedure'), 'cbc:ProcessReasonCode');
  return {
    procedureType,
    accelerated: accelerated === null ? null : accelerated === 'true',
    directAward: readDirectAward(process, reading),
  };
}

function readDirectAward(process: XmlElement | null, reading: Reading): Procedure['directAward'] {
  const reasons = justifications(process, 'direct-award-justification');
  const code = textOf(reasons, 'cbc:ProcessReasonCode');
  const text = localised(all(reasons, 'cbc:ProcessReason'), 'BT-135', reading);
  return code === null && text === null ? null : { code, text };
}

function justifications(process: XmlElement | null, list: string): XmlElement[] {
  return withList(all(process, 'cac:ProcessJustification'), 'cbc:ProcessReasonCode', list);
}
