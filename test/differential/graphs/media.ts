import { type Graph, graphOf, refusal } from './graph.js';

/** Interfaces, unions and objects that stand for interfaces, each of them seen differently by the services. */

const WORKS = [
  { __typename: 'Book', id: 'b1', title: 'Bok en', pages: 100, isbn: 'x1', genre: 'NOVEL', by: ['a1'] },
  { __typename: 'Film', id: 'f1', title: 'Film en', minutes: 90, genre: 'CRIME', by: ['a1', 'a2'] },
  { __typename: 'Song', id: 's1', title: null, seconds: 200, genre: null, by: [] },
  {
    __typename: 'Book',
    id: 'b2',
    title: 'Bok to',
    pages: null,
    isbn: 'x2',
    genre: 'SECRET',
    by: ['a2', 'a9'],
  },
];
type Work = (typeof WORKS)[number];
const work = (id: string) => WORKS.find((each) => each.id === id) ?? null;
const ofType = { __resolveReference: ({ id }: { id: string }) => work(id) };
const makers = {
  makers: ({ by }: Work) => by.map((id) => ({ __typename: id === 'a2' ? 'Band' : 'Author', id })),
};

export function media(): Graph {
  return graphOf({
    works: {
      typeDefs: /* GraphQL */ `
        type Query {
          works(genre: Genre): [Work!]!
          work(id: ID!): Work
          node(id: ID!): Node
          found(text: String): [Found]
          shelf: Shelf!
        }
        interface Node { id: ID! }
        interface Work implements Node @key(fields: "id") { id: ID!  title: String  genre: Genre  makers: [Maker!] }
        type Book implements Work & Node @key(fields: "id") @key(fields: "isbn") {
          id: ID!  isbn: String!  title: String  genre: Genre  makers: [Maker!]  pages: Int
        }
        type Film implements Work & Node @key(fields: "id") {
          id: ID!  title: String  genre: Genre  makers: [Maker!]  minutes: Int!
        }
        type Song implements Work & Node @key(fields: "id") {
          id: ID!  title: String  genre: Genre  makers: [Maker!]  seconds: Int
        }
        enum Genre { NOVEL CRIME SECRET @inaccessible }
        interface Maker { id: ID! }
        type Author implements Maker @key(fields: "id") { id: ID! }
        type Band implements Maker @key(fields: "id") { id: ID! }
        union Found = Book | Film | Author | Band
        type Shelf { favourite: Found  rows: [[Found!]!]  best: Work! }
      `,
      resolvers: {
        Query: {
          works: (_: unknown, { genre }: { genre?: string }) =>
            WORKS.filter((each) => !genre || each.genre === genre),
          work: (_: unknown, { id }: { id: string }) => work(id),
          node: (_: unknown, { id }: { id: string }) => work(id),
          found: () => [
            WORKS[0],
            null,
            { __typename: 'Band', id: 'a2' },
            WORKS[1],
            { __typename: 'Author', id: 'a1' },
          ],
          shelf: () => ({}),
        },
        Work: ofType,
        Book: {
          ...ofType,
          __resolveReference: (key: Partial<Work>) =>
            WORKS.find((each) => each.id === key.id || (key.isbn && each.isbn === key.isbn)) ?? null,
          ...makers,
        },
        Film: { ...ofType, ...makers },
        Song: { ...ofType, ...makers },
        Author: { __resolveReference: (key: object) => key },
        Band: { __resolveReference: (key: object) => key },
        Shelf: {
          favourite: () => WORKS[3],
          rows: () => [[WORKS[0], WORKS[1]], [], [{ __typename: 'Author', id: 'a9' }]],
          best: () => WORKS[1],
        },
      },
    },
    people: {
      typeDefs: /* GraphQL */ `
        type Query { makers: [Maker]  someone: Person }
        interface Maker { id: ID!  name: String! }
        type Author implements Maker @key(fields: "id") { id: ID!  name: String!  born: Int  books: [Book] }
        type Band implements Maker @key(fields: "id") { id: ID!  name: String!  members: [Author!]! }
        union Person = Author | Band
        type Book @key(fields: "isbn") { isbn: String!  foreword: Author  dedication: Person }
      `,
      resolvers: {
        Query: {
          makers: () => [{ __typename: 'Author', id: 'a1' }, { __typename: 'Band', id: 'a2' }, null],
          someone: () => ({ __typename: 'Band', id: 'a2' }),
        },
        Author: {
          __resolveReference: (key: { id: string }) => (key.id === 'a9' ? null : key),
          name: ({ id }: { id: string }) => `Navn ${id}`,
          born: ({ id }: { id: string }) => {
            if (id === 'a3') throw refusal('Alderen er hemmelig');
            return 1900;
          },
          books: () => [{ isbn: 'x1' }, { isbn: 'x2' }, null],
        },
        Band: {
          __resolveReference: (key: object) => key,
          name: () => 'Bandet',
          members: () => [{ id: 'a1' }, { id: 'a3' }],
        },
        Book: {
          __resolveReference: (key: object) => key,
          foreword: ({ isbn }: { isbn: string }) => (isbn === 'x1' ? { id: 'a3' } : null),
          dedication: ({ isbn }: { isbn: string }) =>
            isbn === 'x1' ? null : { __typename: 'Band', id: 'a2' },
        },
      },
    },
    likes: {
      typeDefs: /* GraphQL */ `
        type Query { popular: [Work!]!  liked(id: ID!): Work }
        type Work @interfaceObject @key(fields: "id") {
          id: ID!
          title: String @external
          likes: Int!
          headline(loud: Boolean): String @requires(fields: "title")
          next: Work
        }
      `,
      resolvers: {
        Query: {
          popular: () => [{ id: 'f1' }, { id: 'b2' }, { id: 's1' }],
          liked: (_: unknown, { id }: { id: string }) => ({ id }),
        },
        Work: {
          __resolveReference: (key: object) => key,
          likes: ({ id }: { id: string }) => {
            if (id === 's1') throw refusal('Ingen liker den');
            return id.length;
          },
          headline: ({ title }: { title: string | null }, { loud }: { loud?: boolean }) =>
            loud ? title?.toUpperCase() : title,
          next: ({ id }: { id: string }) => (id === 'b1' ? { id: 'f1' } : null),
        },
      },
    },
  });
}
