import { randomUUID } from 'node:crypto';
import { type DraftOrganisation, type NoticeDraft, writeNotice } from '@samspill/eforms';
import { organisationNumberCheckDigit } from '@samspill/values';
import { expect } from 'vitest';
import type { Graph } from './hostings.js';

export interface NamedXml {
  name: string;
  xml: string;
}

/** An organisation with a number that belongs to nobody: real ones begin with 8 or 9. `number` is below 700 000. */
export function organisation(number: number, name: string, city = 'Halden'): DraftOrganisation {
  // Some numbers have no check digit; another with the same beginning has.
  for (let at = number * 10; ; at++) {
    const first8 = `2${String(at).padStart(7, '0')}`;
    const digit = organisationNumberCheckDigit(first8);
    if (digit !== null) return { name, organisationNumber: `${first8}${digit}`, city, postCode: '1767' };
  }
}

/** A small competition; a test says what it is about. */
export function competition(about: Partial<NoticeDraft> = {}): NoticeDraft {
  const { title = 'Renhold av skoler', description = title } = about;
  return {
    noticeId: randomUUID(),
    procedureId: randomUUID(),
    formType: 'competition',
    noticeType: 'cn-standard',
    subtype: '16',
    dispatchedAt: new Date('2024-03-01T09:00:00Z'),
    title,
    description,
    nature: 'services',
    cpv: '90911200',
    procedureType: 'open',
    buyer: organisation(100_001, 'Halden kommune'),
    lots: [{ id: 'LOT-0001', title, description }],
    ...about,
  };
}

export const fileOf = (draft: NoticeDraft): NamedXml => ({
  name: `${draft.noticeId}-${draft.version ?? '01'}.xml`,
  xml: writeNotice(draft),
});

export interface ImportedFile {
  name: string;
  outcome: 'IMPORTED' | 'UNCHANGED' | 'REFUSED';
  noticeId: string | null;
  remarks: number;
  refusal: { code: string; rule: string | null; line: number | null } | null;
}

const BATCH = 50;

/** Imports through the graph, in batches, as the command does. */
export async function importInto(
  graph: Pick<Graph, 'query'>,
  files: readonly NamedXml[],
): Promise<ImportedFile[]> {
  const imported: ImportedFile[] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const { data, errors } = await graph.query(
      `mutation ($input: ImportNoticesInput!) {
        importNotices(input: $input) { files { name outcome noticeId remarks refusal { code rule line } } }
      }`,
      { input: { files: files.slice(at, at + BATCH) } },
      {},
      'importer',
    );
    expect(errors).toBeUndefined();
    imported.push(...data.importNotices.files);
  }
  return imported;
}
