import type { RefusedFile } from './batches.js';
import type { ImportedFile } from './target.js';

interface Count {
  imported: number;
  unchanged: number;
}

/** What an import came to, gathered as it goes on. */
export class ImportSummary {
  readonly #byType = new Map<string, Count>();
  readonly #refused: RefusedFile[] = [];
  #remarks = 0;
  readonly #startedAt = performance.now();

  add(files: readonly ImportedFile[], refused: readonly RefusedFile[]): void {
    this.#refused.push(...refused);
    for (const file of files) {
      if (file.refusal) {
        this.#refused.push({ name: file.name, ...file.refusal });
        continue;
      }
      const type = `${file.formType} / ${file.noticeType}`;
      const count = this.#byType.get(type) ?? { imported: 0, unchanged: 0 };
      count[file.outcome === 'IMPORTED' ? 'imported' : 'unchanged']++;
      this.#byType.set(type, count);
      if (file.outcome === 'IMPORTED') this.#remarks += file.remarks;
    }
  }

  /** How many notices are in the region now, whether they came with this import or an earlier one. */
  get storedCount(): number {
    return [...this.#byType.values()].reduce((sum, { imported, unchanged }) => sum + imported + unchanged, 0);
  }

  get refusedCount(): number {
    return this.#refused.length;
  }

  print(): string {
    const rows = [...this.#byType].sort(([a], [b]) => (a < b ? -1 : 1));
    const width = Math.max(24, ...rows.map(([type]) => type.length));
    const total = rows.reduce(
      (sum, [, count]) => ({
        imported: sum.imported + count.imported,
        unchanged: sum.unchanged + count.unchanged,
      }),
      { imported: 0, unchanged: 0 },
    );
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const files = total.imported + total.unchanged + this.#refused.length;
    const line = (name: string, imported: number | string, unchanged: number | string) =>
      `  ${name.padEnd(width)}  ${String(imported).padStart(8)}  ${String(unchanged).padStart(9)}`;
    return [
      line('Form / type of notice', 'imported', 'unchanged'),
      ...rows.map(([type, count]) => line(type, count.imported, count.unchanged)),
      line('Total', total.imported, total.unchanged),
      '',
      `${files} files in ${seconds.toFixed(1)} s (${Math.round(files / seconds)} a second), ${this.#remarks} remarks on data quality, ${this.#refused.length} refused.`,
      ...this.#refused.map(refusalLine),
    ].join('\n');
  }
}

function refusalLine({ name, line, rule, code, message }: RefusedFile): string {
  return `  refused ${name}${line ? `:${line}` : ''}  ${rule ? `${rule} ` : ''}${code}  ${message}`;
}
