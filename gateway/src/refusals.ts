import { type Messages, presentError } from '@samspill/subgraph';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { requestScope } from './request-scope.js';

const TOO_LARGE: Messages = {
  nb: 'Forespørselen er for stor; grensen er 16 MB. Del den opp.',
  nn: 'Førespurnaden er for stor; grensa er 16 MB. Del han opp.',
  en: 'The request is too large; the limit is 16 MB. Split it.',
};

const NOT_JSON: Messages = {
  nb: 'Send spørringen som JSON, med `content-type: application/json`.',
  nn: 'Send spørjinga som JSON, med `content-type: application/json`.',
  en: 'Send the query as JSON, with `content-type: application/json`.',
};

const UNREADABLE: Messages = {
  nb: 'Forespørselen lar seg ikke lese. Send et JSON-objekt med `query` og eventuelt `variables`.',
  nn: 'Førespurnaden lèt seg ikkje lese. Send eit JSON-objekt med `query` og eventuelt `variables`.',
  en: 'The request cannot be read. Send a JSON object with `query` and, if needed, `variables`.',
};

const NOTHING_HERE: Messages = {
  nb: 'Her er det ingenting. GraphQL svarer på /graphql.',
  nn: 'Her er det ingenting. GraphQL svarar på /graphql.',
  en: 'There is nothing here. GraphQL answers at /graphql.',
};

/** What is refused before it reaches GraphQL is refused in GraphQL's manner, so that a client needs one kind of error. */
export function useRefusals(app: FastifyInstance, log: Logger): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, error: GraphQLError) => {
    const presented = presentError(error, {
      ...requestScope(request.headers as Record<string, string>, request.id),
      onInternalError: (err, requestId) => log.error({ err, requestId }, 'A request failed'),
    });
    const { messages: _, ...extensions } = presented.extensions ?? {};
    return reply
      .code(status)
      .type(contentTypeFor(request.headers.accept))
      .send(JSON.stringify({ errors: [{ message: presented.message, extensions }] }));
  };
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) return refuse(request, reply, 500, new GraphQLError('', { originalError: error }));
    const messages = status === 413 ? TOO_LARGE : status === 415 ? NOT_JSON : UNREADABLE;
    return refuse(request, reply, status, refusal('BAD_USER_INPUT', messages, error.code));
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, 404, refusal('NOT_FOUND', NOTHING_HERE)));
}

function refusal(code: string, messages: Messages, reason?: string): GraphQLError {
  return new GraphQLError(messages.en, { extensions: { code, messages, ...(reason && { reason }) } });
}

/** https://graphql.github.io/graphql-over-http/draft/#sec-Accept */
function contentTypeFor(accept = ''): string {
  const onlyGraphQL =
    accept.includes('application/graphql-response+json') && !accept.includes('application/json');
  return `application/${onlyGraphQL ? 'graphql-response+json' : 'json'}; charset=utf-8`;
}
