import type { Remarks } from './remarks.js';

/**
 * Ids are what everything downstream is keyed by, so within a notice they are made unique: a missing one is
 * filled in, a repeated one gets a suffix, and references mean the first that bore it.
 */
export class Ids {
  readonly #taken = new Set<string>();

  constructor(
    private readonly prefix: string,
    private readonly field: string,
    private readonly remarks: Remarks,
  ) {}

  claim(raw: string | null): string {
    const base = raw ?? `${this.prefix}-${String(this.#taken.size + 1).padStart(4, '0')}`;
    let id = base;
    for (let n = this.#taken.size + 1; this.#taken.has(id); n++) id = `${base}-${n}`;
    this.#taken.add(id);
    if (id !== raw) {
      this.remarks.add('IDENTIFIER_MISSING', this.field, raw, {
        nb: `Identifikatoren mangler eller er brukt før i kunngjøringen. Den er lest som ${id}.`,
        en: `The identifier is missing or was used before in the notice. It is read as ${id}.`,
      });
    }
    return id;
  }
}
