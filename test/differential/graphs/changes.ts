import { type Graph, graphOf, refusal } from './graph.js';

/** Changes in series over two services, each of which sees what the ones before have done. */

interface Step {
  readonly id: string;
  readonly said: string;
}

/** What was done in one request; each request begins anew, so that the order within it is all that can differ. */
const done = new WeakMap<object, string[]>();
const doneIn = (context: object): string[] => {
  const steps = done.get(context) ?? [];
  done.set(context, steps);
  return steps;
};

const change =
  (name: string, fails: (text: string) => boolean) =>
  (_: unknown, { input }: { input: { text: string; tags?: string[] } }, context: object): Step => {
    const steps = doneIn(context);
    steps.push(`${name}: ${input.text}${input.tags ? ` ${input.tags}` : ''}`);
    if (fails(input.text)) throw refusal(`Ikke «${input.text}»`);
    return { id: `${name}-${steps.length}`, said: steps.join(' / ') };
  };

export function changes(): Graph {
  return graphOf({
    one: {
      typeDefs: /* GraphQL */ `
        type Query { one: String }
        type Mutation { first(input: Change!): Step  surely(input: Change!): Step! }
        type Step @key(fields: "id") { id: ID!  said: String! }
        input Change { text: String!  tags: [Tag!]  deep: Change }
        enum Tag { RED BLUE }
      `,
      resolvers: {
        Query: { one: () => 'en' },
        Mutation: {
          first: change('first', (text) => text === 'x'),
          surely: change('surely', (text) => text === 'y'),
        },
        Step: { __resolveReference: (key: object) => key },
      },
    },
    other: {
      typeDefs: /* GraphQL */ `
        type Query { two: String }
        type Mutation { second(input: Change!): Step }
        type Step @key(fields: "id") { id: ID!  length: Int!  next: Step }
        input Change { text: String!  tags: [Tag!]  deep: Change }
        enum Tag { RED BLUE }
      `,
      resolvers: {
        Query: { two: () => 'to' },
        Mutation: { second: change('second', (text) => text === 'z') },
        Step: {
          __resolveReference: (key: object) => key,
          length: ({ id }: Step) => id.length,
          next: ({ id }: Step) => (id.length > 9 ? null : { id: `${id}+` }),
        },
      },
    },
  });
}
