import type { DataQualityCode, DataQualityRemark } from './notice.js';

/** Collects remarks in the order of reading; the same remark twice is one remark. */
export class Remarks {
  readonly #remarks = new Map<string, DataQualityRemark>();

  add(code: DataQualityCode, field: string, raw: string | null, message: { nb: string; en: string }): void {
    const key = `${code} ${field} ${raw}`;
    if (!this.#remarks.has(key)) this.#remarks.set(key, { code, field, raw, message });
  }

  list(): DataQualityRemark[] {
    return [...this.#remarks.values()];
  }
}

/** What every reader needs to know about the notice as a whole. */
export interface Reading {
  remarks: Remarks;
  /** BT-702, the language of texts that do not say theirs. */
  language: string | null;
  /** The day of dispatch, for code lists with dates. */
  date: string;
}
