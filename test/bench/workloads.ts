export interface Workload {
  readonly name: string;
  readonly query: string;
  /** What the gateway must answer. */
  readonly data: unknown;
}

const needs = [
  { id: 'need-1', title: 'Trygghetsalarmer' },
  { id: 'need-2', title: 'Vintervedlikehold av veier' },
];

export const small: Workload = {
  name: 'small',
  query: '{ municipality(number: "3118") { name } }',
  data: { municipality: { name: 'Indre Østfold' } },
};

export const twoServices: Workload = {
  name: 'two services',
  query: '{ municipality(number: "3118") { name needs(first: 2) { nodes { id title } } } }',
  data: { municipality: { name: 'Indre Østfold', needs: { nodes: needs } } },
};

/** The calls that the gateway makes for them, by a word that no call further down has, and the services' answers. */
export const calls: readonly { readonly has: string; readonly data: unknown }[] = [
  { has: '_entities', data: { _entities: [{ needs: { nodes: needs } }] } },
  {
    has: 'numbers',
    data: {
      municipality: {
        __typename: 'Municipality',
        name: 'Indre Østfold',
        number: '3118',
        numbers: ['3014', '3118'],
      },
    },
  },
  { has: 'municipality', data: { municipality: { name: 'Indre Østfold' } } },
];
