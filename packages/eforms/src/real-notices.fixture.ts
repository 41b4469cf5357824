import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCsv } from './csv.fixture.js';

/** Real notices lie beside the repository, not in it. */
export const dataFolder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** One file of the index: what a hand-made reader found in it, as published. */
export type IndexRow = Record<string, string> & { set: string; file: string };

/** The index of all files; empty when the folder is missing. */
export function indexed(): IndexRow[] {
  const index = join(dataFolder, 'eforms-index.csv');
  return existsSync(index) ? (parseCsv(readFileSync(index, 'utf8')) as IndexRow[]) : [];
}

export const bytesOf = ({ set, file }: IndexRow): Buffer => readFileSync(join(dataFolder, set, file));

/** The index has no notice id where the notice has none: exactly those files cannot be understood. */
export const isUnderstandable = ({ noticeId }: IndexRow): boolean => noticeId !== '';

/** A column that holds a list. */
export function listed(text: string | undefined, separator: string): string[] {
  return (text ?? '').split(separator).filter((part) => part !== '');
}

export const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();

/** A column with a date is as published: a day, and the offset of its sender. No day where it is a template's. */
export function publishedDay(text: string | undefined): { day?: string; zone?: string } {
  const [, day, zone] = /^(\d{4}-\d{2}-\d{2})(.*)$/.exec(text ?? '') ?? [];
  return { day, zone };
}

/** The day at a moment, where the offset is `zone`. */
export function dayAt(moment: string | null, zone = 'Z'): string | undefined {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  return moment === null ? undefined : new Date(Date.parse(moment) + offset).toISOString().slice(0, 10);
}

/** The index counts groups of lots as lots. */
export function groupsOfLots(row: IndexRow): number {
  const groups = /<cac:ProcurementProjectLot>(?:\s|<!--.*?-->)*<cbc:ID schemeName="LotsGroup">/gs;
  return bytesOf(row).toString('utf8').match(groups)?.length ?? 0;
}
