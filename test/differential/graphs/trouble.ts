import { GraphQLScalarType } from 'graphql';
import { type Graph, graphOf, refusal, silence } from './graph.js';

/** Services that fail in every way: errors anywhere, nulls where none may be, values of other types, silence. */

/** What one service promises less of than the supergraph does, so that it can break the promise. */
const anything = new GraphQLScalarType({ name: 'Anything' });
const IDS = ['1', '2', '3', '4', '5', '6'];
const things = () => IDS.map((id) => ({ id }));

export function trouble(): Graph {
  return graphOf({
    first: {
      typeDefs: /* GraphQL */ `
        type Query {
          things: [Thing]
          sureThings: [Thing!]
          surest: [Thing!]!
          thing(id: ID!): Thing
          refused: String
          refusedSurely: String!
          nothing: Thing
          elsewhere: Thing
          count: Int!
          pairs: [Pair!]
        }
        type Thing @key(fields: "id") { id: ID!  title: String!  parent: Thing  tags: [String!]  kind: Kind }
        type Pair { left: Thing!  right: Thing }
        enum Kind { GOOD BAD @inaccessible }
      `,
      resolvers: {
        Query: {
          things: () => [...things(), null],
          sureThings: things,
          surest: () => things().slice(0, 3),
          thing: (_: unknown, { id }: { id: string }) => ({ id }),
          refused: () => {
            throw refusal('Nei');
          },
          refusedSurely: () => {
            throw refusal('Absolutt nei');
          },
          nothing: () => null,
          elsewhere: () => ({ id: '9' }),
          count: () => 3,
          pairs: () => [
            { left: { id: '1' }, right: { id: '1' } },
            { left: { id: '4' }, right: null },
          ],
        },
        Thing: {
          __resolveReference: ({ id }: { id: string }) => (id === '9' ? null : { id }),
          title: ({ id }: { id: string }) => {
            if (id === '5') throw refusal('Uten tittel');
            return `Ting ${id}`;
          },
          parent: ({ id }: { id: string }) => (Number(id) > 2 ? { id: String(Number(id) - 2) } : null),
          tags: ({ id }: { id: string }) => (id === '3' ? ['a', null] : ['a', 'b']),
          kind: ({ id }: { id: string }) => (id === '2' ? 'BAD' : 'GOOD'),
        },
      },
    },
    second: {
      typeDefs: /* GraphQL */ `
        type Query { down: String  alsoDown: Thing }
        type Thing @key(fields: "id") {
          id: ID!
          size: Int!
          colour: String
          friend: Thing
          friends: [Thing!]
          surely: Detail!
          perhaps: Detail
        }
        type Detail { text: String!  more: [Detail!]  owner: Thing! }
      `,
      resolvers: {
        Query: { down: () => 'oppe', alsoDown: () => ({ id: '1' }) },
        Thing: {
          __resolveReference: ({ id }: { id: string }) => {
            if (id === '2') return Promise.reject(refusal('Finnes ikke'));
            return id === '3' ? null : { id };
          },
          size: ({ id }: { id: string }) => (id === '4' ? null : Number(id)),
          colour: ({ id }: { id: string }) => {
            if (id === '1') throw refusal('Fargeblind');
            return 'rød';
          },
          friend: ({ id }: { id: string }) => ({ id: String(7 - Number(id)) }),
          friends: ({ id }: { id: string }) => (id === '6' ? [] : [{ id: '2' }, { id }, { id }]),
          surely: ({ id }: { id: string }) => (id === '5' ? null : { id }),
          perhaps: ({ id }: { id: string }) => ({ id }),
        },
        Detail: {
          text: ({ id }: { id: string }) => {
            if (id === '6') throw refusal('Uleselig');
            return `Tekst ${id}`;
          },
          more: ({ id }: { id: string }) => (id === '1' ? [{ id: '6' }, { id: '2' }] : null),
          owner: ({ id }: { id: string }) => ({ id }),
        },
      },
    },
    third: {
      typeDefs: /* GraphQL */ `
        type Query { third: String }
        scalar Anything
        type Thing @key(fields: "id") { id: ID!  size: Int! @external  weight: Float @requires(fields: "size")  any: Anything }
      `,
      resolvers: {
        Anything: anything as never,
        Query: { third: () => 'tredje' },
        Thing: {
          __resolveReference: (key: { id: string }) => {
            // Thrown before anything is promised: then the whole call has no data.
            if (key.id === '6') throw refusal('Hele kallet');
            return key;
          },
          weight: ({ size }: { size?: number }) => (size === undefined ? null : size * 1.5),
          any: ({ id }: { id: string }) => (id === '1' ? { a: [1, null] } : id === '2' ? null : id),
        },
      },
    },
  });
}

/** The same with values that no service with a schema would give, and services that do not answer. */
export function broken(): Graph {
  const whole = trouble();
  return {
    supergraphSdl: whole.supergraphSdl,
    dataSource: (name) => {
      const source = whole.dataSource(name);
      return {
        async process(call) {
          // One that never answers, and one that answers only about what others have found.
          const isAboutEntities = call.request.query?.includes('_entities');
          if (name === 'third' || (name === 'second' && !isAboutEntities)) throw silence(name);
          const answer = await source.process(call);
          return name === 'first' ? { ...answer, data: spoilt(answer.data ?? null) } : answer;
        },
      };
    },
  };
}

/** Leaves out what was promised, and gives other types of value than were. */
function spoilt(data: Record<string, unknown> | null): Record<string, unknown> | null {
  return JSON.parse(JSON.stringify(data), function (this: Record<string, unknown>, key, value) {
    if (this.id === '1' && key === 'title') return null;
    if (this.id === '3' && key === 'title') return 17;
    if (this.id === '4' && key === 'kind') return 'UGLY';
    if (key === 'count') return 'tre';
    return value;
  });
}
