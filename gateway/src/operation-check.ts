import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { RequestScope } from './request-scope.js';

/**
 * Refuses a request whose `operationName` names none of its operations. Left to the gateway's executor it
 * would be an exception, and a 500 for what is the client's mistake.
 */
export function useOperationCheck(): ApolloServerPlugin<RequestScope> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, request }) {
          if (operation) return;
          const messages = request.operationName
            ? {
                nb: `Dokumentet har ingen operasjon som heter «${request.operationName}».`,
                nn: `Dokumentet har ingen operasjon som heiter «${request.operationName}».`,
                en: `The document has no operation named "${request.operationName}".`,
              }
            : {
                nb: 'Dokumentet har flere operasjoner. Si hvilken med `operationName`.',
                nn: 'Dokumentet har fleire operasjonar. Sei kva for ein med `operationName`.',
                en: 'The document has several operations. Say which with `operationName`.',
              };
          throw new GraphQLError(messages.en, {
            extensions: { code: 'OPERATION_RESOLUTION_FAILURE', messages, http: { status: 400 } },
          });
        },
      };
    },
  };
}
