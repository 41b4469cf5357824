import type { Chance } from './chance.ts';
import type { Known } from './known.ts';

/** Something that a front end asks again and again, each time with values of its own. */
export interface Question {
  /** What it is called in the table. */
  readonly name: string;
  /** How much slower it may be with a hundred times as many tenders; null where it is only told. */
  readonly mayGrow: number | null;
  readonly query: string;
  variables(own: Chance, known: Known): Record<string, unknown>;
}

const NODES =
  'nodes { id title status publishedAt deadline cpv buyer { name } } pageInfo { hasNextPage endCursor }';
const LIST = `query ($filter: TenderFilter, $orderBy: TenderOrder! = PUBLISHED_DESC, $after: String) {
  tenders(filter: $filter, orderBy: $orderBy, first: 20, after: $after) { ${NODES} } }`;
const COUNT = `query ($filter: TenderFilter, $upTo: Int) { tenders(filter: $filter, first: 1) { totalCount(upTo: $upTo) } }`;
const DAY = 86_400_000;

const list = (name: string, mayGrow: number | null, variables: Question['variables']): Question => ({
  name,
  mayGrow,
  query: LIST,
  variables,
});
const filtered = (name: string, filter: Question['variables'], orderBy = 'PUBLISHED_DESC'): Question =>
  list(name, 1.5, (own, known) => ({ filter: filter(own, known), orderBy }));

export const questions: readonly Question[] = [
  list('page, the newest', 1.5, () => ({})),
  ...['PUBLISHED_ASC', 'DEADLINE_ASC', 'DEADLINE_DESC', 'VALUE_DESC', 'VALUE_ASC', 'TITLE_ASC'].map(
    (orderBy) => list(`page, ${orderBy}`, 1.5, () => ({ orderBy })),
  ),
  list('page, half way through', 1.5, (_, { halfWay }) => ({ after: halfWay })),
  filtered('filter, open now', () => ({ status: ['ACTIVE'] })),
  filtered('filter, open now, the next deadline first', () => ({ status: ['ACTIVE'] }), 'DEADLINE_ASC'),
  filtered('filter, status', (own) => ({ status: [own.pick(['AWARDED', 'CONTRACTED', 'UNSUCCESSFUL'])] })),
  filtered('filter, CPV division', (own, { cpv }) => ({ cpv: own.pick(cpv).slice(0, 2) })),
  filtered('filter, CPV code', (own, { cpv }) => ({ cpv: own.pick(cpv) })),
  filtered('filter, region (NUTS)', (own, { nuts }) => ({ nuts: own.pick(nuts) })),
  filtered('filter, municipality', (own, { municipalities }) => ({ municipality: own.pick(municipalities) })),
  filtered('filter, buyer', (own, { buyers }) => ({ buyer: own.pick(buyers) })),
  filtered(
    'filter, deadline in a week of the past',
    (own, { now }) => {
      const from = now.getTime() - own.below(3000) * DAY;
      return {
        deadlineAfter: new Date(from).toISOString(),
        deadlineBefore: new Date(from + 7 * DAY).toISOString(),
      };
    },
    'DEADLINE_ASC',
  ),
  list('text search', 3, (own, { words }) => ({ filter: { text: own.pick(words) } })),
  {
    name: 'one tender, with its lots and awards',
    mayGrow: 1.5,
    query:
      'query ($id: ID!) { tender(id: $id) { title description status buyer { name } lots { title } awards { decidedOn } } }',
    variables: (own, { ids }) => ({ id: own.pick(ids) }),
  },
  {
    name: 'twenty tenders by their keys',
    mayGrow: 1.5,
    query:
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Tender { title status buyer { name } } } }',
    variables: (own, { ids }) => ({
      of: Array.from({ length: 20 }, () => ({ __typename: 'Tender', id: own.pick(ids) })),
    }),
  },
  {
    name: 'count of a CPV division, up to 1 000',
    mayGrow: null,
    query: COUNT,
    variables: (own, { cpv }) => ({ filter: { cpv: own.pick(cpv).slice(0, 2) }, upTo: 1000 }),
  },
  {
    name: 'count of a municipality, exactly',
    mayGrow: null,
    query: COUNT,
    variables: (own, { municipalities }) => ({ filter: { municipality: own.pick(municipalities) } }),
  },
  {
    name: 'count of a CPV division, exactly',
    mayGrow: null,
    query: COUNT,
    variables: (own, { cpv }) => ({ filter: { cpv: own.pick(cpv).slice(0, 2) } }),
  },
  { name: 'count of all, exactly', mayGrow: null, query: COUNT, variables: () => ({}) },
];
