import type { DataQualityCode, DataQualityRemark } from './notice.js';

/** A remark shows what it is about; the whole text of a notice is kept as XML anyway. */
const MOST_OF_RAW = 500;

/** Collects remarks in the order of reading; the same remark twice is one remark. */
export class Remarks {
  readonly #remarks = new Map<string, DataQualityRemark>();

  add(code: DataQualityCode, field: string, raw: string | null, message: { nb: string; en: string }): void {
    const shown = raw === null ? null : raw.slice(0, MOST_OF_RAW).replace(/[\uD800-\uDBFF]$/, '');
    const key = `${code} ${field} ${shown}`;
    if (!this.#remarks.has(key)) this.#remarks.set(key, { code, field, raw: shown, message });
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
