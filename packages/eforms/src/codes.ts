import type { FormType } from './notice.js';
import type { Reading } from './remarks.js';

const FORM_TYPES: ReadonlySet<string> = new Set<FormType>([
  'planning',
  'consultation',
  'competition',
  'dir-awa-pre',
  'result',
  'cont-modif',
  'completion',
  'change',
  'bri',
]);

/** Code list `notice-type`, each with the form type that it belongs to. */
const FORM_TYPE_OF_NOTICE_TYPE = new Map<string, FormType>([
  ['pin-buyer', 'planning'],
  ['pin-only', 'planning'],
  ['pin-rtl', 'planning'],
  ['pin-tran', 'planning'],
  ['pmc', 'consultation'],
  ['pin-cfc-standard', 'competition'],
  ['pin-cfc-social', 'competition'],
  ['qu-sy', 'competition'],
  ['cn-standard', 'competition'],
  ['cn-social', 'competition'],
  ['cn-desg', 'competition'],
  ['subco', 'competition'],
  ['veat', 'dir-awa-pre'],
  ['can-standard', 'result'],
  ['can-social', 'result'],
  ['can-desg', 'result'],
  ['can-tran', 'result'],
  ['can-modif', 'cont-modif'],
  ['compl', 'completion'],
  ['corr', 'change'],
  ['brin-eeig', 'bri'],
  ['brin-ecs', 'bri'],
]);

const FORM_TYPE_OF_ROOT = new Map<string, FormType>([
  ['PriorInformationNotice', 'planning'],
  ['ContractNotice', 'competition'],
  ['ContractAwardNotice', 'result'],
  ['BusinessRegistrationInformationNotice', 'bri'],
]);

/** BT-03, or what the notice type and at last the root element say, when BT-03 is missing or unknown. */
export function formTypeOf(
  published: string | null,
  noticeType: string,
  root: string,
  { remarks }: Reading,
): FormType {
  if (!FORM_TYPE_OF_NOTICE_TYPE.has(noticeType)) unknown('BT-02', noticeType, remarks);
  if (published !== null && isFormType(published)) return published;
  unknown('BT-03', published, remarks);
  return FORM_TYPE_OF_NOTICE_TYPE.get(noticeType) ?? FORM_TYPE_OF_ROOT.get(root) ?? 'competition';
}

function isFormType(code: string): code is FormType {
  return FORM_TYPES.has(code);
}

/** Code lists whose codes drive something further on. Labels and validity dates live with the code lists. */
const LISTS = {
  'BT-23': new Set(['works', 'supplies', 'services', 'combined']),
  'BT-105': new Set([
    'open',
    'restricted',
    'neg-w-call',
    'neg-wo-call',
    'comp-dial',
    'innovation',
    'oth-single',
    'oth-mult',
    'comp-tend',
    'exp-int-rail',
  ]),
  'BT-142': new Set(['selec-w', 'clos-nw', 'open-nw']),
  'BT-5421': new Set(['dec-exa', 'dec-mid', 'ord-imp', 'per-exa', 'per-mid', 'poi-exa', 'poi-mid']),
} as const;

/** An unknown code is kept, because tomorrow's code list may have it, and remarked. */
export function checked(field: keyof typeof LISTS, code: string | null, { remarks }: Reading): string | null {
  if (code !== null && !LISTS[field].has(code)) unknown(field, code, remarks);
  return code;
}

/** `quality-nor-env-…` are Norwegian additions, which EU validators do not know. */
export function checkedCriterionType(code: string | null, { remarks }: Reading): string | null {
  if (code !== null && !/^(?:price|cost|quality(?:-nor-env-[a-z-]+)?)$/.test(code)) {
    unknown('BT-539', code, remarks);
  }
  return code;
}

/** 1–40, national N4, N16 …, E1–E6, T01, T02, X01, X02 and CEI. `99` is what converters write for "none". */
export function checkedSubtype(code: string | null, { remarks }: Reading): string | null {
  if (code === null || !/^(?:N?(?:[1-9]|[1-3]\d|40)|E[1-6]|T0[12]|X0[12]|CEI)$/.test(code)) {
    unknown('OPP-070', code, remarks);
  }
  return code;
}

const SIZES = new Set(['micro', 'small', 'medium', 'sme', 'large']);

/** Unlike other codes an unknown size is left out: everybody who reads sizes compares them. */
export function checkedSize(code: string | null, { remarks }: Reading): string | null {
  if (code === null) return null;
  const size = code.toLowerCase();
  if (SIZES.has(size)) return size;
  remarks.add('CODE_UNKNOWN', 'BT-165', code, {
    nb: 'Koden finnes ikke i kodelisten. Den er utelatt.',
    en: 'The code is not in the code list. It is left out.',
  });
  return null;
}

function unknown(field: string, raw: string | null, remarks: Reading['remarks']): void {
  remarks.add(
    'CODE_UNKNOWN',
    field,
    raw,
    raw === null
      ? { nb: 'Koden mangler.', en: 'The code is missing.' }
      : {
          nb: 'Koden finnes ikke i kodelisten. Den er beholdt som publisert.',
          en: 'The code is not in the code list. It is kept as published.',
        },
  );
}
