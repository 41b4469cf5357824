import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NoticeRefused, type ParsedNotice, parseNotice } from './index.js';
import {
  bytesOf,
  dataFolder,
  dayAt,
  groupsOfLots,
  type IndexRow,
  indexed,
  isUnderstandable,
  listed,
  publishedDay,
  unique,
} from './real-notices.fixture.js';

const FOLDERS = ['eforms-eu-sdk-examples', 'eforms-no-doffin', 'eforms-no-sdk-nor', 'eforms-ted-real'];
const rows = indexed();
const present = rows.length > 0;
const receivedAt = new Date('2026-01-01T00:00:00Z');

const read = (row: IndexRow) => parseNotice(bytesOf(row), { receivedAt });

const understandable = rows.filter(isUnderstandable);
const incomprehensible = rows.filter((row) => !isUnderstandable(row));

const unreadable = expect.objectContaining({ code: 'DATE_INVALID', field: 'BT-05' });

const nameOf = (notice: ParsedNotice, id: string) => notice.organisations.find((o) => o.technicalId === id);

/** Every spelling that a text may have in the index: each language, and as published before repair. */
function spellings(notice: ParsedNotice, field: string, texts: Record<string, string>): string[] {
  const repaired = notice.remarks.filter((r) => r.field === field && r.code === 'TEXT_REPAIRED');
  return [...Object.values(texts), ...repaired.map(({ raw }) => raw ?? '')];
}

describe.skipIf(!present)('the real notices of ../shared/data (skipped when that folder is missing)', () => {
  test('the index and the folders hold the same files', () => {
    const files = FOLDERS.flatMap((folder) =>
      readdirSync(join(dataFolder, folder)).map((file) => `${folder}/${file}`),
    );
    expect(unique(rows.map(({ set, file }) => `${set}/${file}`))).toEqual(files.sort());
  });

  test.each(incomprehensible.map((row): [string, IndexRow] => [row.file ?? '', row]))(
    'refuses %s',
    (file, row) => {
      const code = file.includes('__unit__') ? 'NOT_A_NOTICE' : 'NOTICE_ID_MISSING';
      expect(() => read(row)).toThrow(expect.objectContaining({ code }));
      expect(() => read(row)).toThrow(NoticeRefused);
    },
  );

  describe.each(understandable.map((row): [string, IndexRow] => [`${row.set}/${row.file}`, row]))(
    '%s',
    (_, row) => {
      const notice = present ? read(row) : null;
      if (!notice) return;

      test('header', () => {
        expect({
          noticeId: notice.noticeId,
          version: notice.version,
          folder: notice.procedureId ?? '',
          noticeType: notice.noticeType,
          formType: notice.formType,
          subtype: notice.subtype,
          custom: notice.customizationId,
          lang: notice.language,
          legal: notice.legalBasis ?? '',
          cpv: notice.cpv ?? '',
          proc: notice.procedureType ?? '',
        }).toEqual(
          Object.fromEntries(
            'noticeId version folder noticeType formType subtype custom lang legal cpv proc'
              .split(' ')
              .map((name) => [name, row[name]]),
          ),
        );
      });

      // Rule: the index shows the first language and raw mojibake. A business registration has no title there;
      // two titles in one language are one of them.
      test('title', () => {
        if (notice.formType === 'bri') expect([row.title, notice.title.value]).toEqual(['', 'ABC Grouping']);
        else expect(spellings(notice, 'BT-21', notice.title.all)).toContain(row.title);
      });

      // Rule: the index shows the first language of a name, and we may have taken another.
      test('buyers', () => {
        const multilingual = Object.keys(notice.title.all).length > 1;
        const buyers = notice.buyers.map((id) => nameOf(notice, id));
        const identifiers = buyers.map((buyer) => `(${buyer?.rawIdentifier ?? ''})`);
        const expected = listed(row.buyers, '; ');
        expect(expected).toHaveLength(buyers.length);
        expected.forEach((text, i) => {
          expect(text).toContain(identifiers[i]);
          const raw = notice.remarks.find((r) => r.code === 'TEXT_REPAIRED' && text.startsWith(r.raw ?? '?'));
          if (!multilingual && !raw) expect(text).toBe(`${buyers[i]?.name} ${identifiers[i]}`);
        });
      });

      // Rule: the index shows the day as published, in the offset of its sender; a template's
      // placeholder is not a date, and the time of receipt stands in.
      test('dispatch', () => {
        const { day, zone } = publishedDay(row.issue);
        if (day === undefined) expect(notice.remarks).toContainEqual(unreadable);
        else expect(dayAt(notice.dispatchedAt, zone)).toBe(day);
      });

      // Rule: the index knows BT-131 only, as published, and the first lot's; 2099 is a placeholder.
      test('deadline', () => {
        const { day, zone } = publishedDay(row.deadline);
        const tenders = notice.lots.filter(({ deadlineKind }) => deadlineKind === 'tenders');
        if (day === undefined) expect(tenders).toEqual([]);
        else if (day === '2099-01-01') {
          expect(notice.deadline).toBeNull();
          expect(notice.remarks.map(({ code }) => code)).toContain('DATE_PLACEHOLDER');
        } else expect(tenders.map(({ deadline }) => dayAt(deadline, zone))).toContain(day);
      });

      // Rule: the index counts groups of lots and their criteria.
      test('lots', () => {
        const groups = groupsOfLots(row);
        expect(notice.lots.length + groups).toBe(Number(row.lots));
      });

      // Rule: the index lists only criteria with a type, and any of the three numbers as the weight.
      test('award criteria', () => {
        const criteria = notice.lots.flatMap((lot) =>
          lot.criteria
            .filter(({ kind, type }) => kind === 'award' && type !== null)
            .map(({ type, weight, fixed, threshold }) => {
              const number = weight ?? fixed ?? threshold;
              return number === null ? type : `${type}=${number}`;
            }),
        );
        const expected = listed(row.criteria, '|');
        if (groupsOfLots(row) > 0) expect(expected).toEqual(expect.arrayContaining(criteria));
        else expect(criteria).toEqual(expected);
      });

      // Rule: an implied result is not published; the index cuts the list of winners at 120 characters.
      test('results', () => {
        expect(notice.results.filter(({ implied }) => !implied)).toHaveLength(Number(row.lotResults));
        const winners = unique(
          notice.results.flatMap((result) =>
            result.winners.flatMap(({ tenderers }) => tenderers.map((id) => nameOf(notice, id)?.name ?? '')),
          ),
        );
        const names = listed(row.winners, '; ');
        if ((row.winners ?? '').length < 120) expect(winners).toEqual(unique(names));
        else expect(winners).toEqual(expect.arrayContaining(names.slice(0, -1)));
      });

      // Rule: the index counts both corrections and contract modifications as changes.
      test('changes', () => {
        if (row.changes === '1') expect(notice.change ?? notice.modification).not.toBeNull();
        else expect(notice.change).toBeNull();
      });

      test('strategic procurement', () => {
        for (const kind of [
          'strategic-procurement',
          'innovative-acquisition',
          'social-objective',
          'environmental-impact',
          'gpp-criteria',
        ]) {
          const codes = notice.lots.flatMap(({ strategic }) => strategic.filter((s) => s.kind === kind));
          expect(unique(codes.map(({ code }) => code))).toEqual(unique(listed(row[kind], '|')));
        }
      });

      // Rule: the index lists the regions of organisations too, and does not list "anywhere".
      test('regions', () => {
        const ours = notice.nuts.filter((code) => !code.startsWith('anyw'));
        expect(listed(row.nuts, '|')).toEqual(expect.arrayContaining(ours));
      });

      // Rule: the index shows fillers, and numbers that belong to the preceding notice.
      test('publication', () => {
        const dropped =
          row.pub === 'n.a.' || notice.previousPlanning.some(({ noticeId }) => noticeId === row.pub);
        expect(notice.publicationId).toBe(row.pub === '' || dropped ? null : row.pub);
      });

      test('every reference leads somewhere', () => {
        const ids = new Set(notice.organisations.map(({ technicalId }) => technicalId));
        const winners = notice.results.flatMap((result) => result.winners);
        const references = [
          ...notice.buyers,
          ...winners.flatMap((w) => [...w.tenderers, ...w.subcontractors]),
        ];
        expect(references.filter((id) => !ids.has(id))).toEqual([]);
        expect(JSON.parse(JSON.stringify(notice))).toEqual(notice);
      });
    },
  );
});
