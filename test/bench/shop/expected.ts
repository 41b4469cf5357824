import { Supergraph } from '@apollo/federation-internals';
import { defaultFieldResolver, type GraphQLFieldResolver, graphqlSync } from 'graphql';
import type { Question } from './questions.ts';
import { resolvers } from './resolvers.ts';
import { shopSupergraph } from './schemas.ts';

/** What any gateway must answer, worked out without one: the same resolvers, in one schema. */
export function expectedData({ query, variables }: Question): Readonly<Record<string, unknown>> {
  const schema = Supergraph.build(shopSupergraph('http://nowhere.invalid')).apiSchema().toGraphQLJSSchema();
  const all: Readonly<Record<string, Readonly<Record<string, unknown>>>> = resolvers;
  const { data, errors } = graphqlSync({
    schema,
    source: query,
    variableValues: variables,
    fieldResolver: (source, args, context, info) => {
      const own = all[info.parentType.name]?.[info.fieldName];
      const resolve = (own as GraphQLFieldResolver<unknown, unknown> | undefined) ?? defaultFieldResolver;
      return resolve(source, args, context, info);
    },
  });
  if (errors || !data) throw new AggregateError(errors ?? [], 'The shop has no answer');
  return data;
}
