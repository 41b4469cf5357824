import { decodeXml } from '@samspill/eforms';
import { normaliseOrganisationNumber, parseCpv } from '@samspill/values';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  bytesOf,
  dayAt,
  groupsOfLots,
  type IndexRow,
  indexed,
  isUnderstandable,
  listed,
  publishedDay,
  unique,
} from '../../../packages/eforms/src/real-notices.fixture.js';
import type { Graph } from '../../support/hostings.js';
import { type ImportedFile, importInto } from '../../support/notices.js';
import { everyNode } from '../../support/pages.js';
import { eventually } from '../../support/programs.js';
import { withoutSharedData } from '../../support/shared-data.js';

/** The national form's tests share their numbers, and number and version name one notice only. */
const rows = indexed().filter(({ set }) => set !== 'eforms-no-sdk-nor');
const understandable = rows.filter(isUnderstandable);
const idOf = ({ noticeId, version }: IndexRow) => `${noticeId}-${version}`;
const nameOf = ({ set, file }: IndexRow) => `${set}/${file}`;

/** Each breaks the one rule without which a notice cannot be told from another: it has no number. */
const REFUSED: Record<string, string> = {
  'INVALID_can_24_empty.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_can_24_stage-1.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_cn_24_empty.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_cn_24_stage-1.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_pin-buyer_24_stage-1.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_pin-only_24_empty.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_pin-only_24_minimal.xml': 'NOTICE_ID_MISSING BT-701',
  'INVALID_pin-only_24_stage-1.xml': 'NOTICE_ID_MISSING BT-701',
};

/** Requests to participate, expressions of interest, answers: also deadlines, and the index does not list them. */
const OTHER_DEADLINES = /<(cac:ParticipationRequest|efac:InterestExpression|efac:Answer)ReceptionPeriod>/;

/** What occurs in real notices: code, the value as published, notice, field. */
const DIRTY: [code: string, raw: string | null, id: string, field: string][] = [
  ['IDENTIFIER_NORMALISED', '883 658 752', 'eb49096c-83fe-4bbe-97e0-ec45d380b44b-01', 'BT-501'],
  ['IDENTIFIER_INVALID', '64983472', '74f8c72a-5dcd-4a77-afda-6573ca30c8df-01', 'BT-501'],
  ['IDENTIFIER_MISSING', 'Buyer Org', 'a03fdc6d-9924-4e99-93cf-39b925bb4826-01', 'BT-501'],
  ['NAME_CONTAINS_IDENTIFIER', 'Larvik kommune 918082956', '2023-665410-01', 'BT-500'],
  ['DUPLICATE_BUYER', 'Sandnes kommnune', '20cc3b73-3085-489d-9556-5d35b231445e-01', 'OPT-300'],
  ['TEST_ORGANISATION', '[Test][Cloudia]TestOrg6', 'defc83ce-b8a2-48a0-a1be-33262308c9fd-01', 'BT-500'],
  ['TEXT_REPAIRED', 'SYKEHUSINNKJÃ˜P HF', '03223b9a-002c-45e8-be6b-9d4aad21950e-01', 'BT-500'],
  ['DATE_PLACEHOLDER', '2099-01-01 11:59:59', '2023-653367-01', 'BT-131'],
  ['PROCEDURE_TYPE_MISSING', null, '2023-618728-01', 'BT-105'],
  ['CODE_UNKNOWN', '99', '2023-618728-01', 'OPP-070'],
  ['NO_LOTS', null, '2023-618728-01', 'BT-137'],
  ['REGION_UNKNOWN', 'NO082', '9a4b7099-142a-412a-af35-3e8feaf15ec7-01', 'BT-5071'],
];

const NOTICE = `
  id noticeId version procedureId publicationId formType noticeType subtype language title description publishedAt isCorrection
  cpv procedureType deadline changes
  buyers { id name organisationNumber }
  lots { number title cpv deadline }
  results { lotNumber status winners { supplierId name } }
  contact { name email telephone }
  dataQuality { code field raw message }
  tender { id title lots { number } awards { supplier { id } suppliers { id name } } }
  procurement { id dialogues {
    noticeId kind title description cpv announcedAt language contact { name email telephone } buyer { id }
  } }`;

interface Organisation {
  id: string;
  name: string;
}
interface Dialogue {
  noticeId: string | null;
}
interface Remark {
  code: string;
  field: string;
  raw: string | null;
  message: string;
}
// biome-ignore lint/suspicious/noExplicitAny: the answer to the query above
type Notice = any;

async function noticesOf(graph: Graph): Promise<Map<string, Notice>> {
  const notices = new Map<string, Notice>();
  const ids = understandable.map(idOf);
  for (let at = 0; at < ids.length; at += 20) {
    const some = ids.slice(at, at + 20);
    const { data, errors } = await graph.query(
      `{ ${some.map((id, i) => `n${i}: notice(id: "${id}") { ${NOTICE} }`).join('\n')} }`,
    );
    expect(errors).toBeUndefined();
    for (const notice of Object.values(data) as Notice[]) if (notice) notices.set(notice.id, notice);
  }
  return notices;
}

/** A dialogue shows what the newest version of its notice says. */
const isNewest = ({ noticeId, version }: Notice): boolean =>
  !understandable.some((row) => row.noticeId === noticeId && (row.version as string) > version);

const dialogueOf = ({ id, procurement }: Notice) =>
  procurement.dialogues.find(({ noticeId }: Dialogue) => noticeId === id);

const COUNTS = `{
  notices { totalCount } tenders { totalCount } buyers { totalCount } suppliers { totalCount } marketDialogues { totalCount }
}`;

/** Every file of ../shared/data through the graph, compared with the index that was made of them by hand. */
export function importsRealNotices(graph: () => Graph): void {
  describe.skipIf(rows.length === 0)(`importing real notices${withoutSharedData}`, () => {
    const files = rows.map((row) => ({ name: nameOf(row), xml: decodeXml(bytesOf(row)) }));
    let imported: ImportedFile[];
    let notices: Map<string, Notice>;
    const outcome = (file: string) => imported.find(({ name }) => name.endsWith(`/${file}`)) as ImportedFile;

    beforeAll(async () => {
      imported = await importInto(graph(), files);
      await eventually(() => everybodyKnows(graph()), { what: 'suppliers and dialogues to hear of it' });
      notices = await noticesOf(graph());
    });

    /** Other services hear of winners and invitations a moment later. */
    async function everybodyKnows(asked: Graph): Promise<boolean> {
      const found = [...(await noticesOf(asked)).values()];
      const invitations = found.filter(({ formType }) => ['planning', 'consultation'].includes(formType));
      const winners = found.flatMap(({ results }) =>
        results.flatMap((result: { winners: { supplierId: string }[] }) => result.winners),
      );
      const { nodes: suppliers } = await everyNode<Organisation>(asked, { list: 'suppliers', nodes: 'id' });
      const known = new Set(suppliers.map(({ id }) => id));
      return (
        winners.every(({ supplierId }) => known.has(supplierId)) &&
        invitations.every((notice) => !isNewest(notice) || dialogueOf(notice) !== undefined)
      );
    }

    test('every notice that can be understood is stored', () => {
      const stored = understandable.map((row) => [nameOf(row), outcome(row.file).outcome]);
      expect(stored).toEqual(understandable.map((row) => [nameOf(row), 'IMPORTED']));
      expect([...notices.keys()].sort()).toEqual(understandable.map(idOf).sort());
    });

    test('every other is refused, with the rule that it breaks', () => {
      const refused = imported.filter((file) => file.outcome === 'REFUSED');
      const reasons = refused.map(({ name, refusal }) => [
        name.split('/').at(-1),
        `${refusal?.code} ${refusal?.rule}`,
      ]);
      expect(Object.fromEntries(reasons)).toEqual(REFUSED);
    });

    test('what is marked invalid, but can be understood, is stored', () => {
      const file = 'INVALID_change-cn_24_FRA_comments.xml';
      expect(outcome(file)).toMatchObject({ outcome: 'IMPORTED', refusal: null });
    });

    describe.each(understandable.map((row) => [nameOf(row), row] as const))('%s', (_, row) => {
      let notice: Notice;
      let remarks: Remark[];
      beforeAll(() => {
        notice = notices.get(idOf(row));
        remarks = notice.dataQuality;
      });
      const xml = () => decodeXml(bytesOf(row));

      test('is what the index says', () => {
        const { noticeId, version, procedureId, formType, noticeType, subtype, language } = notice;
        expect({ noticeId, version, procedureId, formType, noticeType, subtype, language }).toEqual({
          noticeId: row.noticeId,
          version: row.version,
          procedureId: row.folder || null,
          formType: row.formType,
          noticeType: row.noticeType,
          subtype: row.subtype,
          language: row.lang,
        });
        expect(notice.procedureType ?? '').toBe(row.proc);
        expect(notice.cpv ?? '').toBe(row.cpv ? (parseCpv(row.cpv)?.code ?? '') : '');
      });

      // Rule: the index shows the first language and raw mojibake. A business registration has no title there.
      test('title', () => {
        const repaired = remarks.filter(({ code, field }) => code === 'TEXT_REPAIRED' && field === 'BT-21');
        const spellings = [notice.title, ...repaired.map(({ raw }) => raw)];
        if (row.formType === 'bri') expect([row.title, notice.title]).toEqual(['', 'ABC Grouping']);
        else if (!spellings.includes(row.title as string)) {
          // Another language of the same title, then.
          expect(namesIn(xml())).toEqual(expect.arrayContaining([row.title, notice.title]));
        }
      });

      // Rule: who is named twice buys once, and has one name in the graph, that of the newest notice.
      test('buyers', () => {
        const expected = unique(listed(row.buyers, '; ').map((buyer) => numberOf(buyer) ?? buyer));
        expect(notice.buyers).toHaveLength(expected.length);
        const buyers: { name: string; organisationNumber: string | null }[] = notice.buyers;
        const numbers = buyers.flatMap(({ organisationNumber }) => organisationNumber ?? []);
        expect(unique(numbers)).toEqual(expected.filter((each) => /^\d{9}$/.test(each)));
        for (const { name, organisationNumber } of buyers) {
          const names = organisationNumber ? namesOf.get(organisationNumber) : namesIn(xml());
          expect(names).toContain(name);
        }
      });

      // Rule: the index shows the day as published, in the offset of its sender; a template's is no date.
      test('dispatch', () => {
        const { day, zone } = publishedDay(row.issue);
        if (day === undefined) {
          expect(remarks).toContainEqual(expect.objectContaining({ code: 'DATE_INVALID', field: 'BT-05' }));
        } else expect(dayAt(notice.publishedAt, zone)).toBe(day);
      });

      // Rule: the index knows BT-131 only, as published, and the first lot's; 2099 is a placeholder.
      test('deadline', () => {
        const { day, zone } = publishedDay(row.deadline);
        const deadlines: (string | null)[] = notice.lots.map(
          (lot: { deadline: string | null }) => lot.deadline,
        );
        if (day === '2099-01-01') {
          expect(notice.deadline).toBeNull();
          expect(remarks.map(({ code }) => code)).toContain('DATE_PLACEHOLDER');
        } else if (day !== undefined) {
          expect(deadlines.map((deadline) => dayAt(deadline, zone))).toContain(day);
          expect(notice.deadline).toBe(deadlines.filter((each) => each !== null).sort()[0]);
        } else if (!OTHER_DEADLINES.test(xml())) {
          expect(notice.deadline).toBeNull();
        }
      });

      // Rule: the index counts groups of lots.
      test('lots', () => {
        expect(notice.lots.length + groupsOfLots(row)).toBe(Number(row.lots));
      });

      // Rule: a modification publishes no results, and they are implied; the index cuts the list at 120 characters.
      test('results and winners', () => {
        if (row.formType !== 'cont-modif') expect(notice.results).toHaveLength(Number(row.lotResults));
        const winners: string[] = notice.results.flatMap((result: { winners: Organisation[] }) =>
          result.winners.map(({ name }) => name),
        );
        const names = listed(row.winners, '; ');
        if ((row.winners ?? '').length < 120) expect(unique(winners)).toEqual(unique(names));
        else expect(winners).toEqual(expect.arrayContaining(names.slice(0, -1)));
      });

      if (row.winners !== '')
        test('its winners are suppliers, and the awards lead to them', () => {
          const winners: { supplierId: string }[] = notice.results.flatMap(
            (result: { winners: { supplierId: string }[] }) => result.winners,
          );
          const awarded: Organisation[] = notice.tender.awards.flatMap(
            (award: { suppliers: Organisation[] }) => award.suppliers,
          );
          expect(awarded.map(({ id }) => id)).toEqual(
            expect.arrayContaining(unique(winners.map(({ supplierId }) => supplierId))),
          );
          for (const { name } of awarded) expect(name).not.toBe('');
        });

      if (['planning', 'consultation'].includes(row.formType as string))
        test('opens a market dialogue', () => {
          const dialogue = dialogueOf(notice);
          if (!isNewest(notice)) return expect(dialogue).toBeUndefined();
          const { title, description, cpv, publishedAt, language, contact, buyers, formType } = notice;
          expect(dialogue).toMatchObject({
            title,
            cpv,
            language,
            contact,
            kind: formType.toUpperCase(),
            buyer: buyers[0] ? { id: buyers[0].id } : null,
          });
          expect(Date.parse(dialogue.announcedAt)).toBeLessThanOrEqual(Date.parse(publishedAt));
          if (description) expect(dialogue.description).toBe(description);
        });
    });

    test.each(DIRTY)('dirty input is read, kept and remarked on: %s, %s in %s', (code, raw, id, field) => {
      const remark = notices
        .get(id)
        .dataQuality.find((each: Remark) => each.code === code && each.raw === raw);
      expect(remark).toMatchObject({ field, message: expect.stringMatching(/\w/) });
    });

    /** Its text had been garbled. The region had read it right, so to its readers nothing changed. */
    test('a correction is a second notice of the same tender', () => {
      const first = notices.get('03223b9a-002c-45e8-be6b-9d4aad21950e-01');
      const correction = notices.get('9282de2c-8ca6-4b88-84ce-dd8734449a83-01');
      expect(correction.tender.id).toBe(first.tender.id);
      expect([first.isCorrection, correction.isCorrection]).toEqual([false, true]);
      expect([first.title, first.description]).toEqual([correction.title, correction.description]);
      expect([first.changes, correction.changes]).toEqual([[], []]);
      expect(correction.tender.title).toBe(correction.title);
    });

    test('a correction says what it changed, in the words of the buyer and by comparison', () => {
      const correction = notices.get('e887ac08-8b2a-47ee-8ba2-b3564418d241-01');
      expect(correction.changes).toEqual([
        'Various changes that are invalid.',
        'CPV-kode: 77310000 → 77320000',
      ]);
    });

    /**
     * Kulturtanken's competition and its award name different procedures, and the award refers to a number
     * of TED that the competition does not give. Nothing in them says that they belong together.
     */
    test('what no reference joins stays apart', () => {
      const competition = notices.get('2023-371675-01');
      const award = notices.get('2023-684186-01');
      expect(competition.title).toBe(award.title);
      expect(competition.tender.id).not.toBe(award.tender.id);
    });

    test('a second import changes nothing', async () => {
      const before = await graph().query(COUNTS);
      const again = await importInto(graph(), files);
      expect(new Set(again.map(({ outcome: each }) => each))).toEqual(new Set(['UNCHANGED', 'REFUSED']));
      expect(again.map(({ noticeId }) => noticeId)).toEqual(imported.map(({ noticeId }) => noticeId));
      expect(await graph().query(COUNTS)).toEqual(before);
      expect(await noticesOf(graph())).toEqual(notices);
    });
  });
}

/** The index writes a buyer as `name (identifier)`. */
function numberOf(buyer: string): string | null {
  const result = normaliseOrganisationNumber(/\(([^()]*)\)$/.exec(buyer)?.[1] ?? '');
  return result.ok ? result.value : null;
}

/** Every name that the notices give an organisation number. */
const namesOf = Map.groupBy(
  understandable.flatMap((row) => listed(row.buyers, '; ')),
  (buyer) => numberOf(buyer) ?? '',
);
for (const [number, buyers] of namesOf) {
  namesOf.set(
    number,
    buyers.map((buyer) => buyer.replace(/ \([^()]*\)$/, '')),
  );
}

/** Every name and title in a notice, in all its languages. */
function namesIn(xml: string): string[] {
  return [...xml.matchAll(/<cbc:Name\b[^>]*>\s*([^<]*?)\s*<\/cbc:Name>/g)].map(([, text]) =>
    (text as string).replaceAll('&amp;', '&').replaceAll('&lt;', '<'),
  );
}
