import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../support/hostings.js';
import { competition, fileOf, importInto, organisation } from '../../support/notices.js';
import { everyNode } from '../../support/pages.js';

const kroner = (amount: number) => ({ amount: amount * 100, currency: 'NOK' });
/** Nobody else in the data buys under this number, so what others have stored is out of the way. */
const buyer = organisation(200_001, 'Innkjøpssamarbeidet for prøver');
const askim = organisation(200_002, 'Askim kommune', 'Askim');
const lot = (title: string, about = {}) => ({ id: 'LOT-0001', title, description: title, ...about });

/** Few dates and values, so that many are equal and some are missing: there pages lose and repeat things. */
const many = Array.from({ length: 23 }, (_, i) => {
  const title = `Oppdrag ${i % 5}`;
  return competition({
    title,
    buyer,
    dispatchedAt: new Date(`2023-0${1 + (i % 4)}-10T08:00:00.123Z`),
    estimatedValue: i % 3 === 0 ? undefined : kroner(1_000 * (1 + (i % 6))),
    lots: [lot(title, { deadline: i % 4 === 0 ? undefined : new Date(`2080-0${1 + (i % 5)}-01T10:00:00Z`) })],
  });
});

/** One of each, for the filters to tell apart. */
const told = organisation(200_003, 'Filterprøven');
const distinct = {
  kindergarten: competition({
    title: 'Ny barnehage på tunet',
    description: 'Seks avdelinger i massivtre',
    buyer: told,
    nature: 'works',
    cpv: '45214100',
    nuts: 'NO083',
    procedureType: 'restricted',
    dispatchedAt: new Date('2024-01-10T08:00:00Z'),
    estimatedValue: kroner(95_000_000),
    lots: [lot('Totalentreprise', { deadline: new Date('2080-02-01T11:00:00Z') })],
  }),
  roads: competition({
    title: 'Asfaltering av veier',
    buyer: told,
    nature: 'works',
    cpv: '45233222',
    nuts: 'NO082',
    procedureType: 'open',
    dispatchedAt: new Date('2024-02-10T08:00:00Z'),
    estimatedValue: kroner(4_000_000),
    lots: [lot('Dekke', { deadline: new Date('2024-03-20T11:00:00Z') })],
  }),
  cleaning: competition({
    title: 'Renhold av rådhuset',
    description: 'Daglig renhold, egnet for små bedrifter',
    buyer: told,
    cpv: '90911200',
    nuts: 'NO020',
    procedureType: 'oth-single',
    dispatchedAt: new Date('2024-03-10T08:00:00Z'),
    lots: [lot('Renhold')],
  }),
  school: competition({
    title: 'Skolebygg i Askim',
    buyer: askim,
    nature: 'works',
    cpv: '45214200',
    dispatchedAt: new Date('2018-03-10T08:00:00Z'),
    estimatedValue: kroner(60_000_000),
    lots: [lot('Skole', { deadline: new Date('2018-04-20T11:00:00Z') })],
  }),
};
type Distinct = keyof typeof distinct;

/** In the order of the Norwegian alphabet, where case does not count. The last is longer than an entry of an index. */
const alphabet = organisation(200_004, 'Alfabetprøven');
const ALPHABETICAL = [
  'asfalt',
  'Bro',
  'zoologisk hage',
  'Æresport',
  'økologisk kost',
  'Åpen plan',
  'å'.repeat(4_000),
];
const lettered = [...ALPHABETICAL]
  .reverse()
  .map((title) => competition({ title, buyer: alphabet, lots: [lot('Alt')] }));

interface Row {
  id: string;
  title: string;
  publishedAt: string;
  deadline: string | null;
  estimatedValue: { amount: number } | null;
}

const ORDERS: Record<string, (row: Row) => string | number | null> = {
  PUBLISHED_DESC: (row: Row) => row.publishedAt,
  PUBLISHED_ASC: (row: Row) => row.publishedAt,
  DEADLINE_ASC: (row: Row) => row.deadline,
  DEADLINE_DESC: (row: Row) => row.deadline,
  VALUE_DESC: (row: Row) => row.estimatedValue?.amount ?? null,
  VALUE_ASC: (row: Row) => row.estimatedValue?.amount ?? null,
  TITLE_ASC: (row: Row) => row.title,
};

/** Whether each comes before or with the next, and those without a value after all others. */
function inOrder(values: (string | number | null)[], ascending: boolean): boolean {
  return values.every((value, at) => {
    const next = values[at + 1];
    if (at === values.length - 1 || next === null) return true;
    if (value === null || value === undefined || next === undefined) return false;
    return ascending ? value <= next : value >= next;
  });
}

const OTHER_LISTS = [
  ...['PUBLISHED_DESC', 'PUBLISHED_ASC'].map((order) => ['notices', order]),
  ['buyers', null],
  ['municipalities', null],
  ...['NAME_ASC', 'NAME_DESC'].map((order) => ['suppliers', order]),
  ...['ANNOUNCED_DESC', 'ANNOUNCED_ASC', 'CLOSES_ASC', 'CLOSES_DESC'].map((order) => [
    'marketDialogues',
    order,
  ]),
  ...['PUBLISHED_DESC', 'PUBLISHED_ASC'].map((order) => ['needs', order]),
  ...['STARTS_DESC', 'STARTS_ASC'].map((order) => ['events', order]),
] as [string, string | null][];

export function givesListsPageByPage(graph: () => Graph): void {
  describe('lists', () => {
    beforeAll(async () => {
      const imported = await importInto(
        graph(),
        [...many, ...Object.values(distinct), ...lettered].map(fileOf),
      );
      expect(imported.map(({ outcome }) => outcome)).toEqual(imported.map(() => 'IMPORTED'));
    });

    describe.each(Object.entries(ORDERS))('of tenders by %s', (order, valueIn) => {
      const list = `tenders(filter: { buyer: "${buyer.organisationNumber}" }, orderBy: ${order})`;
      const nodes = 'id title publishedAt deadline estimatedValue';

      test('give each exactly once, in order, from either end', async () => {
        const whole = await everyNode<Row>(graph(), { list, nodes });
        expect(whole).toMatchObject({ totalCount: many.length, pages: 1 });
        expect(new Set(whole.nodes.map(({ id }) => id)).size).toBe(many.length);
        expect(inOrder(whole.nodes.map(valueIn), order.endsWith('_ASC'))).toBe(true);
        for (const from of ['start', 'end'] as const) {
          const paged = await everyNode<Row>(graph(), { list, nodes, from, pageSize: 5 });
          expect(paged).toEqual({ ...whole, pages: 5 });
        }
      });
    });

    test.each(OTHER_LISTS)('of %s by %s give each exactly once, from either end', async (field, order) => {
      const list = order ? `${field}(orderBy: ${order})` : field;
      const whole = await everyNode<{ id: string }>(graph(), { list, nodes: 'id', pageSize: 200 });
      expect(whole.nodes.length).toBe(whole.totalCount);
      expect(new Set(whole.nodes.map(({ id }) => id)).size).toBe(whole.totalCount);
      expect(whole.totalCount).toBeGreaterThan(0);
      const pageSize = Math.max(2, Math.ceil(whole.totalCount / 4));
      for (const from of ['start', 'end'] as const) {
        const paged = await everyNode<{ id: string }>(graph(), { list, nodes: 'id', from, pageSize });
        expect(paged.nodes).toEqual(whole.nodes);
      }
    });

    test('by title follow the Norwegian alphabet', async () => {
      const list = `tenders(filter: { buyer: "${alphabet.organisationNumber}" }, orderBy: TITLE_ASC)`;
      const { nodes } = await everyNode<Row>(graph(), { list, nodes: 'id title', pageSize: 2 });
      const beginning = (title: string) => title.slice(0, 20);
      expect(nodes.map(({ title }) => beginning(title))).toEqual(ALPHABETICAL.map(beginning));
    });

    test('between two cursors say that there is more on both sides', async () => {
      const list = `tenders(filter: { buyer: "${buyer.organisationNumber}" }`;
      const all = await graph().query(`{ ${list}) { edges { cursor } } }`);
      const [after, before] = [1, 5].map((at) => all.data.tenders.edges[at].cursor);
      for (const size of ['first', 'last']) {
        const { data } = await graph().query(
          `{ ${list}, ${size}: 10, after: "${after}", before: "${before}") { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`,
        );
        expect(data.tenders.nodes).toHaveLength(3);
        expect(data.tenders.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true });
      }
    });

    test('inside another are given page by page as well', async () => {
      const pages = `query ($after: String) {
        buyer(organisationNumber: "${buyer.organisationNumber}") {
          tenders(first: 10, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
        }
      }`;
      const ids: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const { data } = await graph().query(pages, { after });
        const { nodes, pageInfo, totalCount } = data.buyer.tenders;
        expect(totalCount).toBe(many.length);
        ids.push(...nodes.map(({ id }: { id: string }) => id));
        ({ endCursor: after, hasNextPage: more } = pageInfo);
      }
      expect(ids).toHaveLength(many.length);
      expect(new Set(ids).size).toBe(many.length);
    });

    describe('page arguments that make no sense are refused', () => {
      test.each([
        ['a cursor of another order', 'orderBy: TITLE_ASC, after: $cursor'],
        ['a cursor that nobody gave out', 'after: "bm9uc2Vuc2U"'],
        ['a cursor with a date that is none', `after: "${forged('PUBLISHED_DESC', 'yesterday')}"`],
        ['a cursor with a number for a date', `after: "${forged('PUBLISHED_DESC', 1)}"`],
        ['a cursor with text for an amount', `orderBy: VALUE_ASC, after: "${forged('VALUE_ASC', 'much')}"`],
        ['a cursor with a day that is none', `after: "${forged('PUBLISHED_DESC', '2024-19-39T29:59:59Z')}"`],
        ['a cursor without a value where all have one', `after: "${forged('PUBLISHED_DESC', null)}"`],
        ['an empty cursor', 'after: ""'],
        ['an empty cursor of the end', 'before: ""'],
        ['a negative first', 'first: -1'],
        ['a negative last', 'last: -1'],
        ['a page that is too large', 'first: 201'],
        ['a last page that is too large', 'last: 201'],
        ['both ends', 'first: 1, last: 1'],
      ])('%s', async (_, args) => {
        const { data: page } = await graph().query('{ tenders(first: 1) { pageInfo { endCursor } } }');
        const cursor: string = page.tenders.pageInfo.endCursor;
        const { data, errors } = await graph().query(
          `query ($cursor: String) { tenders(${args}) { nodes { id } } unused: tenders(after: $cursor) { totalCount } }`,
          { cursor },
        );
        expect(data.tenders).toBeNull();
        expect(errors).toHaveLength(1);
        expect(errors?.[0]).toMatchObject({ path: ['tenders'], extensions: { code: 'BAD_USER_INPUT' } });
      });
    });

    test('an empty page is a page', async () => {
      const { data, errors } = await graph().query(
        '{ tenders(first: 0) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }',
      );
      expect(errors).toBeUndefined();
      expect(data.tenders).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true, endCursor: null } });
      expect(data.tenders.totalCount).toBeGreaterThan(0);
    });

    describe('of tenders are filtered', () => {
      const both = { in: [told.organisationNumber, askim.organisationNumber] };
      async function matching(filter: object): Promise<Distinct[]> {
        const found: string[] = [];
        for (const number of both.in) {
          const { nodes } = await everyNode<{ title: string }>(graph(), {
            list: 'tenders(filter: $filter)',
            nodes: 'title',
            declare: '$filter: TenderFilter',
            variables: { filter: { buyer: number, ...filter } },
          });
          found.push(...nodes.map(({ title }) => title));
        }
        return (Object.keys(distinct) as Distinct[]).filter((each) => found.includes(distinct[each].title));
      }

      test.each<[string, object, Distinct[]]>([
        ['nothing', {}, ['kindergarten', 'roads', 'cleaning', 'school']],
        ['no words', { text: '' }, ['kindergarten', 'roads', 'cleaning', 'school']],
        ['text, in another inflection', { text: 'barnehager' }, ['kindergarten']],
        ['text, in the definite', { text: 'asfalteringen' }, ['roads']],
        ['text of the description', { text: 'massivtre' }, ['kindergarten']],
        ['words that must all be there', { text: 'renhold bedrift' }, ['cleaning']],
        ['a word that must not be there', { text: 'renhold -rådhuset' }, []],
        ['text that is no query', { text: '"!&|:*(' }, []],
        ['status ACTIVE', { status: ['ACTIVE'] }, ['kindergarten', 'cleaning']],
        ['status CLOSED, which the clock tells', { status: ['CLOSED'] }, ['roads', 'school']],
        ['one of several', { status: ['CLOSED', 'ACTIVE'] }, ['kindergarten', 'roads', 'cleaning', 'school']],
        ['a status that none has', { status: ['CANCELLED'] }, []],
        ['none of no statuses', { status: [] }, []],
        ['a division of CPV', { cpv: '45' }, ['kindergarten', 'roads', 'school']],
        ['a division with its zeros', { cpv: '45000000' }, ['kindergarten', 'roads', 'school']],
        ['a class of CPV', { cpv: '4521' }, ['kindergarten', 'school']],
        ['a CPV code', { cpv: '45214100' }, ['kindergarten']],
        ['a CPV code with its check digit', { cpv: '45214100-1' }, ['kindergarten']],
        ['a municipality', { municipality: '0124' }, ['school']],
        ['a municipality that it became part of', { municipality: '3118' }, ['school']],
        ['the same under its number in between', { municipality: '3014' }, ['school']],
        ['another municipality', { municipality: '3101' }, []],
        ['a region', { nuts: 'NO083' }, ['kindergarten']],
        ['a larger region', { nuts: 'NO08' }, ['kindergarten', 'roads']],
        ['a procedure', { procedure: ['OPEN'] }, ['roads', 'school']],
        ['procedures', { procedure: ['RESTRICTED', 'OTHER_SINGLE_STAGE'] }, ['kindergarten', 'cleaning']],
        ['a deadline from its very moment', { deadlineAfter: '2080-02-01T11:00:00Z' }, ['kindergarten']],
        ['a deadline just after it', { deadlineAfter: '2080-02-01T11:00:01Z' }, []],
        ['a deadline before', { deadlineBefore: '2024-03-20T11:00:01Z' }, ['roads', 'school']],
        ['a deadline before its very moment', { deadlineBefore: '2024-03-20T11:00:00Z' }, ['school']],
        ['publication from', { publishedAfter: '2024-02-10T08:00:00Z' }, ['roads', 'cleaning']],
        ['publication before', { publishedBefore: '2024-02-10T08:00:00Z' }, ['kindergarten', 'school']],
        ['at least a value', { valueMin: kroner(60_000_000) }, ['kindergarten', 'school']],
        ['at most a value', { valueMax: { amount: 400_000_000 } }, ['roads']],
        ['a value between, in øre', { valueMin: 400_000_001, valueMax: 9_499_999_999 }, ['school']],
        ['a value in another currency', { valueMin: { amount: 1, currency: 'EUR' } }, []],
        ['two things at once', { cpv: '45', procedure: ['OPEN'], nuts: 'NO082' }, ['roads']],
      ])('by %s', async (_, filter, expected) => {
        expect(await matching(filter)).toEqual(expected);
      });

      test('and counted as they are filtered', async () => {
        const { data } = await graph().query(
          `{ tenders(filter: { buyer: "${told.organisationNumber}", cpv: "45" }, first: 1) { totalCount } }`,
        );
        expect(data.tenders.totalCount).toBe(2);
      });

      test.each([
        ['a status that is none', '{ tenders(filter: { status: [OPENISH] }) { totalCount } }'],
        ['a filter that is none', '{ tenders(filter: { colour: "red" }) { totalCount } }'],
        ['an argument that is none', '{ tenders(skip: 3) { totalCount } }'],
        ['an order that is none', '{ tenders(orderBy: RANDOM) { totalCount } }'],
        ['a CPV code that is empty', '{ tenders(filter: { cpv: "" }) { totalCount } }'],
        [
          'more words than anybody searches for',
          `{ tenders(filter: { text: "${'a'.repeat(1_001)}" }) { totalCount } }`,
        ],
        ['a character that no text holds', '{ tenders(filter: { text: "a\\u0000" }) { totalCount } }'],
        [
          'a day that is none',
          '{ tenders(filter: { deadlineAfter: "2024-02-30T00:00:00Z" }) { totalCount } }',
        ],
        ['a CPV code with letters', '{ tenders(filter: { cpv: "bygg" }) { totalCount } }'],
        [
          'an organisation number that cannot be',
          '{ tenders(filter: { buyer: "920123898" }) { totalCount } }',
        ],
        [
          'a municipality number that cannot be',
          '{ tenders(filter: { municipality: "12" }) { totalCount } }',
        ],
        ['a point in time that is none', '{ tenders(filter: { deadlineAfter: "soon" }) { totalCount } }'],
        ['a negative amount of text', '{ tenders(filter: { valueMin: "much" }) { totalCount } }'],
      ])('but not by %s', async (_, query) => {
        const { data, errors } = await graph().query(query);
        expect(data?.tenders ?? null).toBeNull();
        expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(['BAD_USER_INPUT']);
      });
    });

    test.each([
      ['nb', '«first» må være fra 0 til 200; be om flere sider for å få mer.'],
      ['nn-NO, nb;q=0.5', '«first» må vere frå 0 til 200; be om fleire sider for å få meir.'],
      ['en-GB,en;q=0.9', '"first" must be from 0 to 200; ask for more pages to get more.'],
      ['de', '«first» må være fra 0 til 200; be om flere sider for å få mer.'],
    ])('say what is wrong in the language of the reader: %s', async (language, message) => {
      const { errors } = await graph().query(
        '{ tenders(first: 201) { totalCount } }',
        {},
        {
          'accept-language': language,
        },
      );
      expect(errors?.[0]?.message).toBe(message);
    });
  });
}

/** A cursor that looks like ours. */
function forged(order: string, value: unknown): string {
  return Buffer.from(JSON.stringify([order, value, 'x'])).toString('base64url');
}
