import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestScope } from './request-scope.js';

/**
 * When a service leaves out what the schema promises, @apollo/gateway nulls the parent, as it must, but
 * says so in `extensions.valueCompletion` only: an answer with a hole and no error. A client that trusts
 * `errors`, as the specification tells it to, would take the hole for the truth.
 */
export function useNullErrors(
  format: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          if (response.body.kind !== 'single') return;
          const result = response.body.singleResult;
          const { valueCompletion, ...extensions } = result.extensions ?? {};
          if (!Array.isArray(valueCompletion)) return;
          result.extensions = Object.keys(extensions).length ? extensions : undefined;
          result.errors = valueCompletion.map((hole: GraphQLError) =>
            format(
              { message: hole.message, path: hole.path },
              new GraphQLError(hole.message, { path: hole.path, originalError: hole }),
            ),
          );
        },
      };
    },
  };
}
